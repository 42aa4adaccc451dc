"""Translations in the admin, as each role: who begins one, who types, who lets it out, and only whole."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page, PageLogEntry
from wagtail_localize.models import StringSegment

from home.letting_out import TRANSLATED
from services.models import PublishedVersion, SecretariatPage, ServicePage, Topic
from services.newsroom.places import act_address
from tests.services import charter
from tests.services.editing import text_of
from tests.services.newsroom.people import browser, person, set_up
from tests.services.newsroom.world import ROLES
from tests.services.spanish import Translator, spanish, spanish_records, told

pytestmark = pytest.mark.django_db
OTHERS = [role for role in ROLES.values() if role not in ("comunicacao", "")]


@pytest.fixture
def body() -> SecretariatPage:
    """A body of a city with its newsroom."""
    set_up()
    return charter.body("PT Saúde", acronym="SMS")


@pytest.fixture(params=[ServicePage, Topic])
def entry(request: Any, body: SecretariatPage) -> Any:
    """A page and a snippet, public in Portuguese."""
    return charter.service(body, "PT Marcar") if request.param is ServicePage else charter.topic("PT Impostos")


@pytest.fixture
def as_role(
    body: SecretariatPage, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]]
) -> Callable[[str], Translator]:
    """A translator of a role; ``""`` is a superuser."""

    def of(role: str) -> Translator:
        user = person(role, role, body=body) if role else person("dono", is_superuser=True)
        return Translator(browser(user), django_capture_on_commit_callbacks)

    return of


def type_each(translator: Translator, entry: Any, *, but: int = 0) -> list[int]:
    """Type each string as the translation's page sends it, all but the first few; the answers' statuses."""
    work = translator.work(entry)
    found = []
    for segment in StringSegment.objects.filter(source=work.source).order_by("order")[but:]:
        word = urlencode({"value": segment.string.data.replace("PT", "ES")})
        place = reverse("wagtail_localize:edit_string_translation", args=[work.pk, segment.pk])
        answer = translator.client.put(place, word, content_type="application/x-www-form-urlencoded")
        found.append(answer.status_code)
    return found


def saved(translator: Translator, entry: Any) -> tuple[Any, ...]:
    """What a refused publication leaves as it was."""
    there = translator.of(entry)
    return there.live, there.latest_revision_id, there.live_revision_id, there.title


@pytest.mark.parametrize("role", ["comunicacao", ""])
def test_who_may_publishes_whole_and_only_whole(role: str, entry: Any, as_role: Callable[[str], Translator]) -> None:
    translator = as_role(role)
    there = translator.submit(entry)
    assert spanish_records() == {}
    shown = translator.client.get(translator.edit_address(entry)).content.decode()
    assert "&quot;canPublish&quot;: true" in shown
    assert set(type_each(translator, entry, but=1)) == {201}
    before = saved(translator, entry)
    assert "Falta traduzir 1 texto" in told(translator.publish(entry))
    assert saved(translator, entry) == before
    assert spanish_records() == {}
    log: Any = PageLogEntry if isinstance(there, Page) else ModelLogEntry
    assert not log.objects.filter(action=TRANSLATED).exists()

    type_each(translator, entry)
    translator.publish(entry)
    assert translator.of(entry).live
    assert spanish(entry).title == entry.title.replace("PT", "ES")
    acts = log.objects.for_instance(there)
    user = acts.get(action=TRANSLATED).user
    assert user.username == (role or "dono")
    assert acts.get(action="wagtail.publish").user == user
    assert PublishedVersion.objects.get(record__locale="es", record__kind=entry.kind).user == user
    if isinstance(there, Page):
        history = translator.client.get(reverse("wagtailadmin_pages:history", args=[there.pk]))
        assert "Tradução publicada, com todos os textos traduzidos." in text_of(history)


@pytest.mark.parametrize("role", OTHERS)
def test_no_other_role_by_any_button(role: str, entry: Any, as_role: Callable[[str], Translator]) -> None:
    maker = as_role("")
    maker.submit(entry)
    maker.type_in(entry, word=lambda text: text.replace("PT", "ES"))
    before = saved(maker, entry)
    other = as_role(role)
    source = maker.work(entry).source
    name = "page" if isinstance(entry, Page) else "snippet"
    of_model = [] if name == "page" else [entry._meta.app_label, entry._meta.model_name]
    begin = reverse(f"wagtail_localize:submit_{name}_translation", args=[*of_model, entry.pk])
    for place, data in (
        (begin, {"locales": [maker.locale.pk]}),
        (maker.edit_address(entry), {"action": "publish"}),
        (maker.edit_address(entry), {"action-publish": "1"}),
        (reverse("wagtail_localize:update_translations", args=[source.pk]), {"publish_translations": "on"}),
    ):
        assert other.client.post(place, data).status_code in (302, 403)
    shown = other.client.get(maker.edit_address(entry)).content.decode()
    assert "&quot;canPublish&quot;: true" not in shown
    assert saved(maker, entry) == before
    assert spanish_records() == {}


def test_a_changed_source_is_told_taken_over_and_published(
    body: SecretariatPage, as_role: Callable[[str], Translator]
) -> None:
    translator = as_role("comunicacao")
    service = charter.service(body, "PT Marcar")
    translator.translate(service, word=lambda text: text.replace("PT", "ES"))
    news = "O original mudou depois que esta tradução começou."
    page = translator.edit_address(service)
    assert news not in text_of(translator.client.get(page))
    charter.edited(service, title="PT Agendar").publish()
    assert news in text_of(translator.client.get(page))
    assert "Falta traduzir 1 texto" in told(translator.take_over_source(service, publish=True))
    assert spanish(service).title == "ES Marcar"
    assert news not in text_of(translator.client.get(page))
    translator.type_in(service, word=lambda text: text.replace("PT", "ES"))
    assert "Publicado em" in told(translator.take_over_source(service, publish=True))
    assert spanish(service).title == "ES Agendar"


def test_one_that_was_stopped_is_held_to_its_strings(
    body: SecretariatPage, as_role: Callable[[str], Translator]
) -> None:
    translator = as_role("")
    service = charter.service(body, "PT Marcar")
    there = translator.submit(service)
    translator.client.post(reverse("wagtail_localize:stop_translation", args=[translator.work(service).pk]))
    draft = there.get_latest_revision_as_object()
    draft.title = "ES Marcar"
    draft.save_revision()
    answer = translator.client.post(
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={there.pk}"
    )
    assert "traduzir" in told(answer)
    assert spanish_records() == {}


def test_its_buttons_lead_to_the_page_that_asks_for_a_reason(
    entry: Any, as_role: Callable[[str], Translator], body: SecretariatPage
) -> None:
    translator = as_role("comunicacao")
    there = translator.translate(entry, word=lambda text: text.replace("PT", "ES"))
    down = act_address("take_down", there)
    if isinstance(there, Page):
        shown = translator.client.get(translator.edit_address(entry)).content.decode()
        assert "&quot;canUnpublish&quot;: true" in shown
        leads_to = translator.client.get(reverse("wagtailadmin_pages:unpublish", args=[there.pk]))
        assert leads_to["Location"] == down
    else:
        listed = reverse(type(there).snippet_viewset.get_url_name("list"))
        assert down in translator.client.get(listed, {"locale": "es"}).content.decode()
        other = browser(person("redacao", "redacao", body=body))
        assert down not in other.get(listed, {"locale": "es"}).content.decode()


def test_the_button_has_a_space_before_the_language(as_role: Callable[[str], Translator]) -> None:
    words = as_role("comunicacao").client.get(reverse("wagtail_localize:javascript_catalog")).content.decode()
    assert '"Publish in ": "Publicar em "' in words
