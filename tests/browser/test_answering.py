"""The city answers what people bring before it: on a phone, with the keyboard alone, without script."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from feedback.models import BodyRequest, Manifestation
from tests.browser.axe import violations
from tests.browser.voices import (
    PHONE,
    enter,
    inbox_of,
    is_as_wide_as_the_screen,
    press_to,
    unfold,
    without_script,
)
from tests.feedback.inbox.brought import Town, town
from tests.offered import axe_path

pytestmark = pytest.mark.django_db(transaction=True)
INBOX = "/admin/conecta/caixa-de-entrada/"


@pytest.fixture
def city(settings: Any, tmp_path: Any) -> Town:
    """Where somebody complained."""
    settings.DATA_DIR = settings.PRIVATE_ROOT = tmp_path
    return town()


@pytest.fixture(params=["with script", "without script"])
def phone(request: pytest.FixtureRequest, browser: Browser) -> Any:
    """A phone."""
    context = browser.new_context(viewport=PHONE) if request.param == "with script" else without_script(browser)
    yield context
    context.close()


def page_of(context: BrowserContext, base: str, user: Any, settings: Any) -> Page:
    """The inbox, as somebody sees it."""
    enter(context, base, user, settings)
    page = context.new_page()
    page.goto(base + INBOX)
    return page


def test_the_ombudsman_answers_on_a_phone_with_the_keyboard_alone(
    live_server: Any, settings: Any, city: Town, phone: BrowserContext
) -> None:
    late, _comment, _wrong = inbox_of(city)
    page = page_of(phone, live_server.url, city.people["ouvidoria"], settings)
    press_to(page, f"Reclamação: {late.protocol}")
    page.keyboard.press("Enter")
    expect(page).to_have_url(live_server.url + reverse("conecta_inbox:manifestation", args=[late.pk]))
    expect(page.get_by_text("venceu há 3 dias").first).to_be_visible()
    press_to(page, "Resposta para quem se manifestou")
    page.keyboard.type("A vacina chegou ontem.")
    press_to(page, "Responder")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Resposta dada")).to_be_visible()
    found = Manifestation.objects.get(pk=late.pk)
    assert (found.state, found.answer) == ("answered", "A vacina chegou ontem.")


def test_a_body_answers_the_ombudsman_on_a_phone_with_the_keyboard_alone(
    live_server: Any, settings: Any, city: Town, phone: BrowserContext
) -> None:
    late, _comment, _wrong = inbox_of(city)
    Manifestation.objects.filter(pk=late.pk).update(state="in_hand")
    page = page_of(phone, live_server.url, city.people["revisao"], settings)
    press_to(page, f"Reclamação: {late.protocol}")
    page.keyboard.press("Enter")
    expect(page).to_have_url(live_server.url + reverse("conecta_inbox:manifestation", args=[late.pk]))
    press_to(page, "Resposta à Ouvidoria")
    page.keyboard.type("Faltou por dois dias.")
    press_to(page, "Responder à Ouvidoria")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Faltou por dois dias.")).to_be_visible()
    assert BodyRequest.objects.get().answered_at is not None


def test_keys_of_one_letter_move_and_answer_and_can_be_turned_off(
    live_server: Any, settings: Any, city: Town, page: Page
) -> None:
    late, _comment, _wrong = inbox_of(city)
    enter(page.context, live_server.url, city.people["ouvidoria"], settings)
    page.goto(live_server.url + INBOX)
    first = page.locator("[data-inbox-item]").first
    page.keyboard.press("j")
    expect(first).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(first).to_be_focused()
    page.keyboard.press("r")
    expect(page.get_by_label("Resposta para quem se manifestou")).to_be_focused()
    assert reverse("conecta_inbox:manifestation", args=[late.pk]) in page.url
    page.goto(live_server.url + INBOX)
    page.keyboard.press("?")
    page.locator("[data-inbox-keys]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(first).not_to_be_focused()


def screens(city: Town) -> dict[Any, list[str]]:
    """By who opens them: every screen of what people say in the admin, with something on it."""
    late, comment, wrong = inbox_of(city)
    denunciation = Manifestation.objects.get(kind="denunciation")
    return {
        city.people["ouvidoria"]: [
            INBOX,
            f"{INBOX}?state=all&doubtful=on",
            reverse("conecta_inbox:manifestation", args=[late.pk]),
            reverse("conecta_inbox:manifestation", args=[denunciation.pk]),
            reverse("conecta_inbox:comment", args=[comment.pk]),
            reverse("conecta_intake:form"),
            reverse("conecta_rating_links:index"),
        ],
        get_user_model().objects.create_superuser("todos"): [
            reverse("conecta_posters:list"),
            reverse("conecta_posters:body", args=[city.own.id]),
            reverse("conecta_page_errors:list"),
            reverse("conecta_page_errors:one", args=[wrong.pk]),
            reverse("conecta_participation:index"),
        ],
    }


@pytest.mark.skipif(axe_path() is None, reason="no axe-core on this machine")
@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "desktop"])
def test_axe_finds_nothing(live_server: Any, settings: Any, city: Town, browser: Browser, size: Any) -> None:
    """In what is ours of each screen: the frame around it is Wagtail's."""
    for user, addresses in screens(city).items():
        context = browser.new_context(viewport=size, locale="pt-BR")
        enter(context, live_server.url, user, settings)
        page = context.new_page()
        for address in addresses:
            answer = page.goto(live_server.url + address)
            assert answer is not None
            assert answer.status == 200, address
            unfold(page)
            assert violations(page, within="main") == [], address
            assert is_as_wide_as_the_screen(page), address
        context.close()


@pytest.mark.skipif(axe_path() is None, reason="no axe-core on this machine")
def test_what_was_spoken_is_written_down_on_a_phone(
    live_server: Any, settings: Any, city: Town, browser: Browser
) -> None:
    context = browser.new_context(viewport=PHONE, locale="pt-BR")
    enter(context, live_server.url, city.people["ouvidoria"], settings)
    page = context.new_page()
    page.goto(live_server.url + reverse("conecta_intake:form"))
    page.get_by_label("telefone", exact=True).check()
    page.get_by_label("O que foi dito").fill("A rua está sem luz.")
    page.get_by_role("button", name="Registrar e emitir recibo").click()
    expect(page.get_by_text("Para soletrar:")).to_be_visible()
    assert violations(page, within="main") == []
    assert is_as_wide_as_the_screen(page)
    assert Manifestation.objects.get().way == "phone"
    context.close()
