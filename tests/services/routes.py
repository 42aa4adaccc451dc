"""Every way in which an editor, a schedule or code changes what is public."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils.form_data import querydict_from_html
from wagtail.test.utils.wagtail_tests import WagtailTestUtils

from services.models import (
    Alert,
    City,
    HoursException,
    SecretariatPage,
    ServicePage,
    Suspension,
    Topic,
    Unit,
    Visit,
)
from services.models.fields import StreamField
from tests.services import charter

STREAMS = {
    field.name
    for model in (ServicePage, SecretariatPage, Topic, Unit)
    for field in model._meta.get_fields()
    if isinstance(field, StreamField)
}
DAY = datetime(2026, 5, 4, 12, tzinfo=UTC)


@dataclass
class Case:
    """A charter before a route, the route itself, and what is public after it."""

    act: Callable[[], Any]
    #: Entry → fields of its record afterwards.
    says: Sequence[tuple[Any, dict[str, Any]]] = ()
    #: Entries without a record afterwards.
    gone: Sequence[Any] = ()
    #: How many public records of a kind there are afterwards.
    count: dict[str, int] = field(default_factory=dict)


ROUTES: dict[str, Callable[[], Case]] = {}


def route(arrange: Callable[[], Case]) -> Callable[[], Case]:
    """Enter a route into the table under its function's name."""
    ROUTES[arrange.__name__] = arrange
    return arrange


def admin() -> Client:
    """A browser in which an administrator is logged in."""
    client = Client()
    user, _created = get_user_model().objects.get_or_create(
        username="admin", defaults={"is_superuser": True, "is_staff": True}
    )
    client.force_login(user)
    return client


def post(name: str, *args: Any, data: Any = None, query: str = "") -> Callable[[], Any]:
    """Press a button of the admin."""

    def press() -> Any:
        response = admin().post(reverse(name, args=args) + query, data or {})
        assert response.status_code in (200, 302), response.status_code
        return response

    return press


def submit(address: str, **changes: Any) -> Any:
    """Fill in a form of the admin as it stands, with some fields changed, and send it."""
    client = admin()
    form = WagtailTestUtils.get_soup(client.get(address).content).select_one("form[data-edit-form]")
    data = querydict_from_html(str(form))
    # The editor's script writes how many blocks a stream has.
    data.update({f"{name}-count": "0" for name in STREAMS if name not in data})
    for name, value in changes.items():
        data[name.replace("__", "-")] = value
    return client.post(address, data)


def edit_page(page: Page, **changes: Any) -> Callable[[], Any]:
    """Change a page in the editor and press a button."""

    def press() -> Any:
        response = submit(reverse("wagtailadmin_pages:edit", args=[page.pk]), **changes)
        assert response.status_code == 302, "the form was refused"
        return response

    return press


def edit_snippet(entry: Any, **changes: Any) -> Callable[[], Any]:
    """Change a snippet in the editor and press a button."""

    def press() -> Any:
        response = submit(reverse(snippet_view(entry, "edit"), args=[entry.pk]), **changes)
        assert response.status_code == 302, "the form was refused"
        return response

    return press


def snippet_view(entry: Any, view: str) -> str:
    """The name of a snippet's view."""
    return f"wagtailsnippets_conecta_services_{type(entry)._meta.model_name}:{view}"


def bulk(entry: Any, action: str, *entries: Any) -> Callable[[], Any]:
    """Tick some entries in a list and press a button."""
    meta = Page._meta if isinstance(entry, Page) else type(entry)._meta
    query = "?" + "&".join(f"id={each.pk}" for each in (entry, *entries))
    return post("wagtail_bulk_action", meta.app_label, meta.model_name, action, query=query)


def _service(**fields: Any) -> ServicePage:
    return charter.service(charter.body(), **fields)


@route
def edit_view_publish() -> Case:
    service = _service()
    return Case(edit_page(service, title="Outro", action__publish="1"), says=[(service, {"title": "Outro"})])


@route
def create_view_publish() -> Case:
    body = charter.body()
    address = reverse("wagtailadmin_pages:add", args=["conecta_services", "servicepage", body.pk])
    data = {"title": "Novo", "slug": "novo", "summary": "Novo.", "action__publish": "1"}
    return Case(lambda: submit(address, **data), count={"service": 1})


@route
def revision_publish() -> Case:
    service = _service()
    revision = charter.edited(service, title="Outro")
    return Case(revision.publish, says=[(service, {"title": "Outro"})])


@route
def first_publication() -> Case:
    draft = charter.draft_page(charter.body(), ServicePage, "Novo")
    return Case(draft.latest_revision.publish, says=[(draft, {"title": "Novo"})])


@route
def page_save() -> Case:
    service = _service()
    service.title = "Outro"
    return Case(service.save, says=[(service, {"title": "Outro"})])


@route
def page_save_of_a_column() -> Case:
    service = _service()
    service.title = "Outro"
    return Case(lambda: service.save(update_fields=["title"]), says=[(service, {"title": "Outro"})])


@route
def base_page_save() -> Case:
    service = _service()
    page = Page.objects.get(pk=service.pk)
    page.title = "Outro"
    return Case(page.save, says=[(service, {"title": "Outro"})])


@route
def scheduled_go_live() -> Case:
    draft = charter.draft_page(charter.body(), ServicePage, "Novo")
    revision = charter.edited(draft, go_live_at=timezone.now() - timedelta(minutes=2))
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    return Case(revision_due, says=[(draft, {"title": "Novo"})])


@route
def scheduled_expiry() -> Case:
    service = _service()
    Page.objects.filter(pk=service.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    return Case(revision_due, gone=[service])


@route
def scheduled_expiry_of_a_snippet() -> Case:
    topic = charter.topic()
    Topic.objects.filter(pk=topic.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    return Case(revision_due, gone=[topic])


def revision_due() -> None:
    """Wagtail's scheduler, by the name under which it is known."""
    call_command("publish_scheduled")


@route
def workflow_approval() -> Case:
    service = _service()
    revision = charter.edited(service, title="Outro")
    admin()
    workflow = service.get_workflow()
    state = workflow.start(charter.fresh(service), get_user_model().objects.get(username="admin"))
    task_state = state.current_task_state
    assert task_state.revision == revision
    return Case(
        post("wagtailadmin_pages:workflow_action", service.pk, "approve", task_state.pk),
        says=[(service, {"title": "Outro"})],
    )


@route
def unpublish_view() -> Case:
    service = _service()
    return Case(post("wagtailadmin_pages:unpublish", service.pk), gone=[service])


@route
def page_unpublish() -> Case:
    service = _service()
    return Case(service.unpublish, gone=[service])


@route
def base_page_unpublish() -> Case:
    service = _service()
    return Case(Page.objects.get(pk=service.pk).unpublish, gone=[service])


@route
def unpublish_with_descendants() -> Case:
    body = charter.body()
    services = [charter.service(body, f"Serviço {number}") for number in range(2)]
    act = post("wagtailadmin_pages:unpublish", body.pk, data={"include_descendants": "on"})
    return Case(act, gone=[body, *services])


@route
def delete_view() -> Case:
    body = charter.body()
    service = charter.service(body)
    return Case(post("wagtailadmin_pages:delete", body.pk), gone=[body, service])


@route
def page_delete() -> Case:
    body = charter.body()
    service = charter.service(body)
    return Case(body.delete, gone=[body, service])


@route
def base_page_delete() -> Case:
    service = _service()
    return Case(Page.objects.get(pk=service.pk).delete, gone=[service])


@route
def queryset_delete() -> Case:
    body = charter.body()
    services = [charter.service(body, f"Serviço {number}") for number in range(2)]
    return Case(ServicePage.objects.child_of(body).delete, gone=services)


@route
def base_queryset_delete() -> Case:
    body = charter.body()
    service = charter.service(body)
    return Case(Page.objects.filter(pk=body.pk).delete, gone=[body, service])


@route
def bulk_delete_of_pages() -> Case:
    body = charter.body()
    one, two = charter.service(body, "Um"), charter.service(body, "Dois")
    return Case(bulk(one, "delete", two), gone=[one, two])


@route
def bulk_publish_of_pages() -> Case:
    body = charter.body()
    one, two = (charter.draft_page(body, ServicePage, name) for name in ("Um", "Dois"))
    return Case(bulk(one, "publish", two), says=[(one, {"title": "Um"}), (two, {"title": "Dois"})])


@route
def bulk_unpublish_of_pages() -> Case:
    body = charter.body()
    one, two = charter.service(body, "Um"), charter.service(body, "Dois")
    return Case(bulk(one, "unpublish", two), gone=[one, two])


@route
def snippet_edit_view_publish() -> Case:
    topic = charter.topic()
    service = _service(topics=[topic])
    says = [(topic, {"title": "Outro"}), (service, {"topics": [{"title": "Outro"}]})]
    return Case(edit_snippet(topic, title="Outro", action__publish="1"), says=says)


@route
def snippet_unpublish_view() -> Case:
    topic = charter.topic()
    service = _service(topics=[topic])
    act = post(snippet_view(topic, "unpublish"), topic.pk)
    return Case(act, gone=[topic], says=[(service, {"topics": []})])


@route
def snippet_delete_view() -> Case:
    topic = charter.topic()
    service = _service(topics=[topic])
    act = post(snippet_view(topic, "delete"), topic.pk)
    return Case(act, gone=[topic], says=[(service, {"topics": []})])


@route
def snippet_bulk_delete() -> Case:
    one, two = charter.topic("Um"), charter.topic("Dois")
    return Case(bulk(one, "delete", two), gone=[one, two])


@route
def snippet_queryset_delete() -> Case:
    unit = charter.unit()
    Visit(unit=unit, starts=DAY, ends=DAY + timedelta(hours=3), place="Praça").save()
    service = _service(units=[unit])
    return Case(Unit.objects.all().delete, gone=[unit], says=[(service, {"units": []})])


@route
def snippet_draft_of_a_live_one() -> Case:
    topic = charter.topic()
    topic.title, topic.live = "Rascunho", False
    return Case(topic.save, gone=[topic])


@route
def move_view() -> Case:
    one, two = charter.body("Saude"), charter.body("Fazenda")
    service = charter.service(one, "Vacina")
    says = [(service, {"url": "/fazenda/vacina/", "secretariat": {"title": "Fazenda"}})]
    return Case(post("wagtailadmin_pages:move_confirm", service.pk, two.pk), says=says)


@route
def move_in_code() -> Case:
    one, two = charter.body("Saude"), charter.body("Fazenda")
    service = charter.service(one, "Vacina")
    says = [(service, {"url": "/fazenda/vacina/", "secretariat": {"title": "Fazenda"}})]
    return Case(lambda: service.move(two, pos="last-child"), says=says)


@route
def move_of_a_body() -> Case:
    above = charter.body("Governo")
    body = charter.body("Saude", parent=above)
    service = charter.service(body, "Vacina")
    says = [(body, {"url": "/saude/"}), (service, {"url": "/saude/vacina/"})]
    return Case(lambda: Page.objects.get(pk=body.pk).move(charter.home(), pos="last-child"), says=says)


@route
def move_below_a_restriction() -> Case:
    one, two = charter.body("Saude"), charter.body("Fazenda")
    service = charter.service(one, "Vacina")
    PageViewRestriction(page=Page.objects.get(pk=two.pk), restriction_type="login").save()
    return Case(lambda: service.move(two, pos="last-child"), gone=[service])


@route
def new_slug() -> Case:
    service = charter.service(charter.body("Saude"), "Vacina")
    revision = charter.edited(service, slug="vacinas")
    return Case(revision.publish, says=[(service, {"url": "/saude/vacinas/"})])


@route
def new_slug_of_a_body() -> Case:
    body = charter.body("Saude")
    service = charter.service(body, "Vacina")
    revision = charter.edited(body, slug="sms")
    says = [(service, {"url": "/sms/vacina/", "secretariat": {"url": "/sms/"}})]
    return Case(revision.publish, says=says)


@route
def new_slug_of_a_body_that_is_no_longer_public() -> Case:
    body = charter.body("Saude")
    service = charter.service(body, "Vacina")
    body.unpublish()
    body = charter.fresh(body)
    body.slug = "sms"
    return Case(body.save, says=[(service, {"url": "/sms/vacina/"})])


@route
def new_slug_of_a_page_that_is_no_entry() -> Case:
    section = charter.home().add_child(instance=Page(title="Orgaos", slug="orgaos"))
    service = charter.service(charter.body("Saude", parent=section), "Vacina")
    section = Page.objects.get(pk=section.pk)
    section.slug = "secretarias"
    return Case(section.save, says=[(service, {"url": "/secretarias/saude/vacina/"})])


@route
def new_name_of_a_body() -> Case:
    body = charter.body("Saude")
    service = charter.service(body)
    revision = charter.edited(body, title="Saúde e Bem-Estar")
    return Case(revision.publish, says=[(service, {"secretariat": {"title": "Saúde e Bem-Estar"}})])


@route
def new_commitment_of_a_body() -> Case:
    body = charter.body()
    service = charter.service(body)
    revision = charter.edited(body, standard_waiting="<p>Até 30 minutos.</p>")
    says = [(service, {"standards": {"waiting": {"origin": "secretariat"}}})]
    return Case(revision.publish, says=says)


@route
def new_name_of_a_unit() -> Case:
    unit = charter.unit()
    service = _service(units=[unit])
    revision = charter.edited(unit, title="Posto Novo")
    return Case(revision.publish, says=[(service, {"units": [{"title": "Posto Novo"}]})])


@route
def unpublished_body() -> Case:
    body = charter.body()
    service = charter.service(body)
    return Case(body.unpublish, gone=[body], says=[(service, {"secretariat": None})])


@route
def deleted_body_of_a_unit() -> Case:
    body = charter.body()
    unit = charter.unit(secretariat=body)
    return Case(body.delete, gone=[body], says=[(unit, {"secretariat": None})])


@route
def restrict_view() -> Case:
    body = charter.body()
    service = charter.service(body)
    act = post("wagtailadmin_pages:set_privacy", body.pk, data={"restriction_type": "login"})
    return Case(act, gone=[body, service])


@route
def open_view() -> Case:
    body = charter.body()
    service = charter.service(body)
    PageViewRestriction(page=Page.objects.get(pk=body.pk), restriction_type="login").save()
    act = post("wagtailadmin_pages:set_privacy", body.pk, data={"restriction_type": "none"})
    return Case(act, says=[(body, {"title": body.title}), (service, {"title": service.title})])


@route
def restriction_of_the_home_page() -> Case:
    service = _service()
    restriction = PageViewRestriction(page=Page.objects.get(pk=charter.home().pk), restriction_type="login")
    return Case(restriction.save, gone=[service])


@route
def restriction_deleted_by_queryset() -> Case:
    service = _service()
    PageViewRestriction(page=Page.objects.get(pk=service.pk), restriction_type="login").save()
    return Case(PageViewRestriction.objects.all().delete, says=[(service, {"title": service.title})])


@route
def alias_made_independent() -> Case:
    body = charter.body()
    alias = charter.service(body).create_alias(parent=body, update_slug="outro")
    alias = ServicePage.objects.get(pk=alias.pk)
    return Case(post("wagtailadmin_pages:convert_alias", alias.pk), says=[(alias, {"slug": "outro"})])


@route
def copy_view() -> Case:
    body = charter.body()
    service = charter.service(body)
    data = {"new_title": "Cópia", "new_slug": "copia", "new_parent_page": body.pk, "publish_copies": "on"}
    return Case(post("wagtailadmin_pages:copy", service.pk, data=data), count={"service": 2})


@route
def copy_in_code() -> Case:
    service = _service(source="federal-v3", source_id="12")
    return Case(lambda: service.copy(update_attrs={"slug": "copia"}), count={"service": 2})


@route
def copy_of_a_tree() -> Case:
    body = charter.body()
    charter.service(body)
    charter.draft_page(body, ServicePage, "Rascunho")
    body = charter.fresh(body)
    return Case(
        lambda: body.copy(recursive=True, update_attrs={"slug": "copia"}), count={"service": 2, "secretariat": 2}
    )


@route
def added_live() -> Case:
    body = charter.body()
    page = ServicePage(title="Novo", summary="Novo.", live=True)
    return Case(lambda: body.add_child(instance=page), says=[(page, {"title": "Novo"})])


@route
def suspension_saved() -> Case:
    service = _service()
    suspension = Suspension(service=service, starts=DAY, message="Sistema parado.")
    return Case(suspension.save, says=[(service, {"suspensions": [{"message": "Sistema parado."}]})])


@route
def suspension_given_to_another_service() -> Case:
    body = charter.body()
    one, two = charter.service(body, "Um"), charter.service(body, "Dois")
    Suspension(service=one, starts=DAY, message="Parado.").save()
    suspension = Suspension.objects.get()
    suspension.service = two
    return Case(suspension.save, says=[(one, {"suspensions": []}), (two, {"suspensions": [{"message": "Parado."}]})])


@route
def suspension_deleted() -> Case:
    service = _service()
    Suspension(service=service, starts=DAY).save()
    return Case(Suspension.objects.get().delete, says=[(service, {"suspensions": []})])


@route
def suspensions_deleted_in_bulk() -> Case:
    service = _service()
    Suspension(service=service, starts=DAY).save()
    return Case(bulk(Suspension.objects.get(), "delete"), says=[(service, {"suspensions": []})])


@route
def visit_saved() -> Case:
    unit = charter.unit()
    visit = Visit(unit=unit, starts=DAY, ends=DAY + timedelta(hours=3), place="Praça")
    return Case(visit.save, says=[(unit, {"visits": [{"place": "Praça"}]})])


@route
def visits_deleted_by_queryset() -> Case:
    unit = charter.unit()
    Visit(unit=unit, starts=DAY, ends=DAY + timedelta(hours=3)).save()
    return Case(Visit.objects.all().delete, says=[(unit, {"visits": []})])


@route
def hours_exception_saved() -> Case:
    unit = charter.unit()
    exception = HoursException(unit=unit, starts=DAY.date(), ends=DAY.date(), message="Recesso")
    return Case(exception.save, says=[(unit, {"hours_exceptions": [{"message": "Recesso"}]})])


@route
def alert_saved() -> Case:
    alert = Alert(title="Falta de água", starts=DAY)
    return Case(alert.save, says=[(alert, {"title": "Falta de água"})])


@route
def alerts_deleted_by_queryset() -> Case:
    alert = Alert(title="Falta de água", starts=DAY)
    alert.save()
    return Case(Alert.objects.all().delete, gone=[alert])


@route
def city_saved() -> Case:
    body = charter.body()
    service = charter.service(body)
    city = City(title="Cidade", standard_waiting="<p>Até uma hora.</p>")
    inherited = {"standards": {"waiting": {"origin": "city"}}}
    return Case(city.save, says=[(city, {"title": "Cidade"}), (body, inherited), (service, inherited)])


@route
def city_deleted() -> Case:
    city = City(title="Cidade", standard_waiting="<p>Até uma hora.</p>")
    city.save()
    service = charter.service(SecretariatPage.objects.first() or charter.body())
    return Case(city.delete, gone=[city], says=[(service, {"standards": {"waiting": None}})])
