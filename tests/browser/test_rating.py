"""A service is rated where one reads of it, by keyboard, without script, and back again: once each."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from feedback.models import Rating
from tests.browser.axe import violations
from tests.browser.voices import PHONE, is_as_wide_as_the_screen, press_to, without_script
from tests.offered import axe_path
from tests.records import put_record, ref, secretariat, service

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(live_server: Any, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """Of a service's page, on a portal that lets tests tap as fast as they do."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr("feedback.by_programs.TOO_FAST", 0)
    body = secretariat("Saúde", slug="saude")
    put_record(body)
    record = service("Marcar consulta", secretariat=ref(body))
    put_record(record)
    return f"{live_server.url}{record.url}"


def test_in_place_by_keyboard(address: str, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size(PHONE)
    page.goto(address)
    page.get_by_role("link", name="Excelente").focus()
    page.keyboard.press("Enter")
    chosen = page.get_by_role("radio", name="Excelente")
    expect(chosen).to_be_focused()
    expect(chosen).to_be_checked()
    expect(page.get_by_text("O que foi bom?")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("O que precisa melhorar?")).to_be_visible()
    expect(page.get_by_text("O que foi bom?")).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Enviar avaliação").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Obrigado pela avaliação")).to_be_visible()
    assert page.url == address
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert said == []
    assert (Rating.objects.get().stars, Rating.objects.get().reasons) == (2, ["hard"])


def test_without_script_in_two_taps_and_back_again(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("link", name="Boa").click()
    page.get_by_role("button", name="Enviar avaliação").first.click()
    expect(page.get_by_role("heading", name="Obrigado pela avaliação")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Enviar avaliação").first.click()
    expect(page.get_by_role("heading", name="Obrigado pela avaliação")).to_be_visible()
    assert Rating.objects.get().stars == 4
    context.close()


def test_with_the_keyboard_alone_where_no_script_arrives(address: str, browser: Browser) -> None:
    context = without_script(browser)
    page = context.new_page()
    page.goto(address)
    press_to(page, "Mais ou menos")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Mais ou menos")).to_be_checked()
    press_to(page, "Demorou")
    page.keyboard.press("Space")
    press_to(page, "Contar mais")
    page.keyboard.press("Enter")
    press_to(page, "Quer contar mais?")
    page.keyboard.type("Voltei duas vezes.")
    press_to(page, "Enviar avaliação")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Obrigado pela avaliação")).to_be_visible()
    kept = Rating.objects.get()
    assert (kept.stars, kept.reasons, kept.comment) == (3, ["slow"], "Voltei duas vezes.")
    context.close()


@pytest.mark.skipif(axe_path() is None, reason="no axe-core on this machine")
def test_axe_finds_nothing_from_the_stars_to_the_thanks(address: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address)
    page.get_by_role("link", name="Boa").click()
    expect(page.get_by_text("O que foi bom?")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Enviar avaliação").first.click()
    expect(page.get_by_role("heading", name="Obrigado pela avaliação")).to_be_visible()
    assert violations(page) == []
    form = page.url.split("/servicos/")[0] + f"/avaliar/{Rating.objects.get().service_id}/"
    page.goto(form)
    # Without a star it is said what is missing.
    page.get_by_role("button", name="Enviar avaliação").first.click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert violations(page) == []
    assert is_as_wide_as_the_screen(page)
    page.goto(f"{form}obrigado/")
    assert violations(page) == []
