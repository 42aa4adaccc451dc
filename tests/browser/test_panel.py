"""What people say is read on a phone, with the keyboard alone, without script; axe finds nothing on it."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.voices import PHONE, city_that_is_told, is_as_wide_as_the_screen, press_to, unfold, without_script
from tests.feedback.inbox.brought import Town
from tests.offered import axe_path

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def city(settings: Any, tmp_path: Any) -> Town:
    """Of which enough was said."""
    settings.DATA_DIR = tmp_path
    return city_that_is_told()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_panel_is_read_on_a_phone_with_the_keyboard_alone(
    live_server: Any, city: Town, browser: Browser, script: bool
) -> None:
    context = browser.new_context(viewport=PHONE, locale="pt-BR") if script else without_script(browser)
    page = context.new_page()
    page.goto(f"{live_server.url}/avaliacao/")
    assert is_as_wide_as_the_screen(page)
    press_to(page, "Ver em tabela")
    page.keyboard.press("Enter")
    expect(page.locator("details[open] table").first).to_be_visible()
    press_to(page, "piores notas")
    page.keyboard.press("Enter")
    expect(page.locator("#servicos ~ .c-scroll th[scope=row]").first).to_have_text("Marcar consulta")
    press_to(page, "Tomar vacina")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("O que as pessoas dizem: Tomar vacina")
    expect(page.get_by_text("Fui bem atendida.")).to_be_visible()
    expect(page.get_by_text("O posto abre às sete.")).to_be_visible()
    assert is_as_wide_as_the_screen(page)
    context.close()


@pytest.mark.skipif(axe_path() is None, reason="no axe-core on this machine")
def test_axe_finds_nothing(live_server: Any, city: Town, page: Page) -> None:
    page.set_viewport_size(PHONE)
    service, body = city.service.id, city.own.id
    for path in ("", f"servico/{service}/", f"orgao/{body}/", f"servico/{service}/?embed=1"):
        page.goto(f"{live_server.url}/avaliacao/{path}")
        unfold(page)
        assert violations(page) == [], path
        assert is_as_wide_as_the_screen(page), path
