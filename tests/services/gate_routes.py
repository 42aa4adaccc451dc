"""Every way in which a service's own content may go public, each as something to try again and again.

A route is made once, around a charter; then it is tried with fields that lack something, and with complete ones.
"""

import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, Page

from services.importing import Importer, Options
from services.mapping import own_record
from services.models import ServicePage
from services.record import Entry, Ref
from services.record.identity import id_of
from tests.services import charter, law
from tests.services.editing import add_address, edit_address, filled, whole
from tests.services.pressing import admin, bulk, post
from tests.services.stream_forms import sent


@dataclass
class Route:
    """A way to publish: ``attempt`` tries it with fields, raises ``Incomplete`` or returns what the editor was told."""

    attempt: Callable[[dict[str, Any]], str]
    #: How many public services there are when it has succeeded.
    public: int = 1


ROUTES: dict[str, Callable[[], Route]] = {}


def route(make: Callable[[], Route]) -> Callable[[], Route]:
    """Enter a route into the table under its function's name."""
    ROUTES[make.__name__] = make
    return make


def _draft(body: Any = None) -> ServicePage:
    return charter.draft_page(body or charter.body(), ServicePage, "Novo")


def _public(body: Any = None) -> ServicePage:
    return charter.service(body or charter.body())


def _row(page: Page, fields: dict[str, Any]) -> Any:
    """The page's row as a hand in the database would change it, and the page as it is then."""
    ServicePage.objects.filter(pk=page.pk).update(**fields)
    Page.objects.filter(pk=page.pk).update(title=fields["title"])
    return charter.fresh(page)


@route
def revision_of_a_draft() -> Route:
    page = _draft()
    return Route(lambda fields: _quiet(charter.edited(page, **fields).publish))


@route
def revision_of_a_public_page() -> Route:
    page = _public()
    return Route(lambda fields: _quiet(charter.edited(page, **fields).publish))


@route
def live_save() -> Route:
    page = _public()

    def attempt(fields: dict[str, Any]) -> str:
        found = charter.fresh(page)
        for name, value in fields.items():
            setattr(found, name, value)
        return _quiet(lambda: found.save(clean=False))

    return Route(attempt)


@route
def live_save_of_columns() -> Route:
    page = _public()

    def attempt(fields: dict[str, Any]) -> str:
        found = charter.fresh(page)
        for name, value in fields.items():
            setattr(found, name, value)
        return _quiet(lambda: found.save(update_fields=list(fields), clean=False))

    return Route(attempt)


@route
def added_live() -> Route:
    body = charter.body()

    def attempt(fields: dict[str, Any]) -> str:
        page = ServicePage(**fields, slug="nova", live=True)
        # The tree is told of a child before the child is refused.
        return _quiet(lambda: Page.objects.get(pk=body.pk).add_child(instance=page))

    return Route(attempt)


@route
def schedule_is_made() -> Route:
    page = _draft()

    def attempt(fields: dict[str, Any]) -> str:
        later = timezone.now() + timedelta(days=1)
        revision = charter.edited(page, **fields, go_live_at=later)
        revision.publish()
        # Its time comes.
        revision.refresh_from_db()
        revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
        revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
        revision.save()
        call_command("publish_scheduled")
        return ""

    return Route(attempt)


@route
def schedule_is_due() -> Route:
    page = _draft()

    def attempt(fields: dict[str, Any]) -> str:
        revision = charter.edited(page, **fields)
        page.revisions.update(approved_go_live_at=None)
        revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
        revision.save()
        with logged() as lines:
            try:
                call_command("publish_scheduled")
            except SystemExit:
                return "\n".join(lines)
        return ""

    return Route(attempt)


@route
def approval_in_code() -> Route:
    page, user = _draft(), get_user_model().objects.create_superuser("chefe")

    def attempt(fields: dict[str, Any]) -> str:
        charter.edited(page, **fields)
        state = charter.fresh(page).get_workflow().start(charter.fresh(page), user)
        try:
            state.current_task_state.task.specific.on_action(state.current_task_state, user, "approve")
        finally:
            state.refresh_from_db()
            if state.status == state.STATUS_IN_PROGRESS:
                state.cancel(user=user)
        return ""

    return Route(attempt)


@route
def approval_in_the_admin() -> Route:
    page = _draft()
    admin()
    user = get_user_model().objects.get(username="admin")

    def attempt(fields: dict[str, Any]) -> str:
        charter.edited(page, **fields)
        state = charter.fresh(page).get_workflow().start(charter.fresh(page), user)
        response = post("wagtailadmin_pages:workflow_action", page.pk, "approve", state.current_task_state.pk)()
        state.refresh_from_db()
        if state.status == state.STATUS_IN_PROGRESS:
            state.cancel(user=user)
        return _messages(response)

    return Route(attempt)


@route
def edit_form() -> Route:
    page, client = _public(), admin()
    data = filled(client, edit_address(page), action__publish="1")

    def attempt(fields: dict[str, Any]) -> str:
        return _errors(client.post(edit_address(page), _sent(data, fields)))

    return Route(attempt)


@route
def create_form() -> Route:
    client, address = admin(), add_address(ServicePage, charter.body())
    data = filled(client, address, slug="novo", action__publish="1", **whole(ServicePage))
    return Route(lambda fields: _errors(client.post(address, _sent(data, fields))))


@route
def bulk_publish() -> Route:
    page = _draft()

    def attempt(fields: dict[str, Any]) -> str:
        charter.edited(page, **fields)
        return _messages(bulk(page, "publish")())

    return Route(attempt)


@route
def alias_made_independent() -> Route:
    source = _public()
    alias = source.create_alias(update_slug="outro")

    def attempt(fields: dict[str, Any]) -> str:
        _row(alias, fields)
        return _messages(post("wagtailadmin_pages:convert_alias", alias.pk)())

    return Route(attempt, public=2)


@route
def copy_in_code() -> Route:
    page = _public()
    return Route(lambda fields: _quiet(lambda: _row(page, fields).copy(update_attrs={"slug": "copia"})), public=2)


@route
def copy_of_its_body() -> Route:
    body = charter.body()
    page = _public(body)

    def attempt(fields: dict[str, Any]) -> str:
        _row(page, fields)
        return _quiet(lambda: charter.fresh(body).copy(recursive=True, update_attrs={"slug": "copia"}))

    return Route(attempt, public=2)


@route
def copy_in_the_admin() -> Route:
    page = _public()

    def attempt(fields: dict[str, Any]) -> str:
        _row(page, fields)
        parent = page.get_parent().pk
        data = {"new_title": "Cópia", "new_slug": "copia", "new_parent_page": parent, "publish_copies": "on"}
        return _messages(post("wagtailadmin_pages:copy", page.pk, data=data)())

    return Route(attempt, public=2)


@route
def import_of_a_new_service() -> Route:
    body = charter.body()
    return Route(lambda fields: _imported(_record(body, fields)))


@route
def import_over_a_public_service() -> Route:
    body = charter.body()
    _imported(_record(body, law.fields() | {"summary": "Como era antes."}))
    return Route(lambda fields: _imported(_record(body, fields)))


def _record(body: Any, fields: dict[str, Any]) -> Entry:
    """The record from which an import would write these fields."""
    key = uuid.uuid5(uuid.NAMESPACE_URL, "https://conecta.example/poda")
    page = ServicePage(**fields, slug="poda", translation_key=key, record_id=id_of(key), locale=Locale.get_default())
    return own_record(page).model_copy(update={"secretariat": Ref(kind="secretariat", id=body.record_id)})


def _imported(record: Entry) -> str:
    summary = Importer(Options()).run([record])
    return "\n".join(item.reason for item in (*summary.incomplete, *summary.refused))


def _quiet(act: Callable[[], object]) -> str:
    act()
    return ""


def _messages(response: Any) -> str:
    told = "\n".join(f"{message.tags}: {message}" for message in response.wsgi_request._messages)
    return told if "error" in told else ""


def _errors(response: Any) -> str:
    if response.status_code == 302:
        return ""
    found = response.context["form"].errors
    return "\n".join(f"{name}: {error}" for name, errors in found.items() for error in errors)


def _sent(data: Any, fields: dict[str, Any]) -> Any:
    """A form's data with these fields as the editor's script sends them."""
    data = data.copy()
    form = ServicePage.get_edit_handler().get_form_class()(instance=ServicePage(**fields), for_user=None)
    for name, value in fields.items():
        if name == "steps":
            for each in [each for each in data if each.startswith("steps-")]:
                del data[each]
            for each, held in sent(form.fields[name].block, value, name):
                data.appendlist(each, held)
        else:
            field = form.fields[name]
            shown = field.widget.format_value(field.prepare_value(form[name].value())) or ""
            # One choice is a list of one.
            data[name] = shown[0] if isinstance(shown, list) else shown
    return data


@contextmanager
def logged() -> Iterator[list[str]]:
    """What the schedule writes into its log."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(logging.Formatter().format(record))  # type: ignore[method-assign]
    logger = logging.getLogger("services.scheduling")
    logger.addHandler(handler)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)
