"""Each of Wagtail's action classes is known, and what they publish passes the gate."""

import importlib
import pkgutil
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import wagtail.actions
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.base import BaseAction
from wagtail.models import Page

from services import actions
from services.completeness import Incomplete
from services.models import ServicePage, Topic
from tests.services import charter
from tests.services.pressing import admin, bulk, post, submit

pytestmark = pytest.mark.django_db
SENTENCE = "Escreva o resumo: diga em uma ou duas frases o que é."


def classes(base: type) -> set[type]:
    """A class and all that come from it."""
    return {base}.union(*(classes(each) for each in base.__subclasses__()))


def test_every_action_is_wrapped_or_exempt_by_name() -> None:
    # All of the package, and whatever an installed app has added to it.
    for module in pkgutil.walk_packages(wagtail.actions.__path__, "wagtail.actions."):
        importlib.import_module(module.name)
    own = {action for action in classes(BaseAction) if "execute" in vars(action)}
    assert {action.__name__ for action in own - set(actions.WRAPPED)} == set(actions.EXEMPT)
    assert all(hasattr(action.execute, "_conecta") for action in actions.WRAPPED)


def test_every_door_is_there_and_wrapped() -> None:
    assert all(hasattr(getattr(owner, method), "_conecta") for owner, method in actions.DOORS)


def _incomplete() -> ServicePage:
    return charter.draft_page(charter.body(), ServicePage, "Novo", summary="")


def _scheduled() -> Callable[[], Any]:
    return charter.edited(_incomplete(), go_live_at=timezone.now() + timedelta(days=1)).publish


def _copied() -> Callable[[], Any]:
    page = charter.service(charter.body())
    ServicePage.objects.filter(pk=page.pk).update(summary="")
    return lambda: charter.fresh(page).copy(update_attrs={"slug": "copia"})


def _copied_with_its_body() -> Callable[[], Any]:
    body = charter.body()
    page = charter.service(body)
    ServicePage.objects.filter(pk=page.pk).update(summary="")
    return lambda: charter.fresh(body).copy(recursive=True, update_attrs={"slug": "copia"})


def _made_independent() -> Callable[[], Any]:
    page = charter.service(charter.body())
    alias = page.create_alias(update_slug="outro")
    ServicePage.objects.filter(pk=alias.pk).update(summary="")
    return post("wagtailadmin_pages:convert_alias", alias.pk)


def _approved() -> Callable[[], Any]:
    page = _incomplete()
    user = get_user_model().objects.create_superuser("chefe")
    state = page.get_workflow().start(page, user).current_task_state
    return lambda: state.task.specific.on_action(state, user, "approve")


def _snippet() -> Callable[[], Any]:
    topic = charter.topic()
    return charter.edited(topic, title="").publish


REFUSED: dict[str, Callable[[], Callable[[], Any]]] = {
    "revision": lambda: _incomplete().latest_revision.publish,
    "schedule": _scheduled,
    "copy": _copied,
    "copy of a tree": _copied_with_its_body,
    "workflow": _approved,
    "snippet": _snippet,
}


@pytest.mark.parametrize("arrange", REFUSED.values(), ids=REFUSED)
def test_what_is_incomplete_is_refused(arrange: Callable[[], Callable[[], Any]]) -> None:
    act = arrange()
    before = Page.objects.live().count(), Topic.objects.count()
    with pytest.raises(Incomplete) as refusal:
        act()
    assert str(refusal.value) in (SENTENCE, "Escreva o título.")
    assert (Page.objects.live().count(), Topic.objects.count()) == before


def test_a_draft_that_is_copied_need_not_be_complete() -> None:
    copy = _incomplete().copy(update_attrs={"slug": "copia"})
    assert not copy.live


def test_the_form_says_it_at_the_field() -> None:
    page = _incomplete()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = submit(address, action__publish="1")
    assert response.status_code == 200
    assert response.context["form"].errors == {"summary": [SENTENCE]}
    assert submit(address).status_code == 302, "a draft may lack anything"


def test_a_draft_of_a_public_entry_may_lack_anything() -> None:
    page = charter.service(charter.body())
    revision = charter.edited(page, title="Outro", summary="", steps=[], requirements="")
    assert revision.as_object().summary == ""
    found = charter.public(page)
    assert found is not None
    assert found.title == "Marcar consulta"


@pytest.mark.parametrize("press", ["bulk", "alias"])
def test_the_admin_says_it_where_there_is_no_form(press: str) -> None:
    act = _made_independent() if press == "alias" else bulk(_incomplete(), "publish")
    response = act()
    assert response.status_code == 302
    assert response.url == response.request["PATH_INFO"] + ("?" + response.request["QUERY_STRING"]).rstrip("?")
    told = [str(message) for message in response.wsgi_request._messages]
    assert told == [f"Ainda não pode ser publicado: {SENTENCE}"]


def test_a_script_is_answered_in_json() -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={_incomplete().pk}"
    response = admin().post(address, headers={"accept": "application/json"})
    assert response.status_code == 409
    assert response.json()["error_message"] == f"Ainda não pode ser publicado: {SENTENCE}"


def test_one_entry_that_fails_does_not_hold_up_the_schedule(caplog: pytest.LogCaptureFixture) -> None:
    body = charter.body()
    due = timezone.now() - timedelta(minutes=1)
    pages = [
        charter.draft_page(body, ServicePage, name, summary="" if name == "!" else f"Sobre {name}.")
        for name in ("Um", "!", "Dois")
    ]
    for page in pages:
        page.revisions.update(approved_go_live_at=due)
    with pytest.raises(SystemExit):
        call_command("publish_scheduled")
    assert [bool(charter.public(page)) for page in pages] == [True, False, True]
    assert "Incomplete" in caplog.text
