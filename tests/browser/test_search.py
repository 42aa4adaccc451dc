"""A citizen looks for something: with a keyboard, on a phone, without script, with a screen reader's eyes."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from services.record import City
from tests.browser.axe import violations
from tests.offered import axe_path
from tests.records import district, put_record, ref, secretariat, service, topic
from tests.services.portal import entry

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 760}
ASKING = [{"title": "Pedir", "channels": {"default": [{"type": "phone"}, {"type": "in_person"}]}}]


@pytest.fixture
def address(live_server: Any, settings: Any, tmp_path: Path) -> str:
    """A portal with a few services."""
    settings.DATA_DIR = tmp_path
    taxes, north = topic("Impostos"), district("Norte")
    for record in (taxes, north, secretariat()):
        put_record(record)
    put_record(
        service(
            "Emitir a segunda via do IPTU",
            acronym="IPTU",
            popular_names=["boleto da casa"],
            topics=[ref(taxes)],
            area_served=[ref(north)],
            free=True,
        )
    )
    put_record(service("Pedir isenção de IPTU", steps=ASKING, suspensions=[{"starts": "2026-01-01T00:00Z"}]))
    put_record(entry(City, "city", "Cidade", contacts=[{"type": "phone", "value": "162"}]))
    return live_server.url


def type_into(page: Page, text: str) -> None:
    box = page.get_by_label("O que você procura?")
    box.press_sequentially(text, delay=20)
    expect(page.get_by_role("listbox")).to_be_visible()


def test_suggestions_by_keyboard(address: str, page: Page, console: list[str]) -> None:
    page.goto(f"{address}/servicos/")
    box = page.get_by_role("combobox", name="O que você procura?")
    expect(box).to_have_attribute("aria-expanded", "false")
    type_into(page, "iptu")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(page.get_by_role("search").get_by_role("status")).to_have_text("2 sugestões; use as setas para escolher")
    assert box.get_attribute("aria-activedescendant") is None

    # Down, round and up again; the text stays as it was typed.
    for key, chosen in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowDown", 0), ("ArrowUp", 1)):
        page.keyboard.press(key)
        option = options.nth(chosen)
        expect(option).to_have_attribute("aria-selected", "true")
        assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    expect(box).to_have_value("iptu")
    expect(box).to_be_focused()

    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/servicos/emitir-a-segunda-via-do-iptu/")


def test_enter_without_a_choice_searches(address: str, page: Page, console: list[str]) -> None:
    page.goto(f"{address}/busca/")
    type_into(page, "boleto")
    expect(page.get_by_role("option")).to_have_text("boleto da casa Emitir a segunda via do IPTU Serviço")
    page.keyboard.press("Enter")
    page.wait_for_url("**/busca/?q=boleto")
    expect(page.get_by_role("link", name="Emitir a segunda via do IPTU")).to_be_visible()


def test_what_has_no_suggestion_is_said_and_leaving_closes(address: str, page: Page, console: list[str]) -> None:
    page.goto(f"{address}/busca/")
    type_into(page, "iptu")
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.get_by_label("O que você procura?").fill("zzz")
    expect(page.get_by_role("search").get_by_role("status")).to_have_text("Nenhuma sugestão")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_finger_on_a_phone(address: str, browser: Browser) -> None:
    page = browser.new_page(viewport=PHONE, has_touch=True, is_mobile=True, locale="pt-BR")
    page.goto(f"{address}/servicos/")
    page.get_by_label("O que você procura?").tap()
    type_into(page, "iptu")
    option = page.get_by_role("option").first
    assert option.bounding_box()["height"] >= 44
    option.tap()
    page.wait_for_url("**/servicos/emitir-a-segunda-via-do-iptu/")

    page.goto(f"{address}/busca/?q=iptu")
    expect(page.get_by_role("button", name="Aplicar filtros")).to_be_hidden()
    page.locator("summary", has_text="Filtrar resultados").tap()
    page.get_by_label("Grátis").check()
    page.get_by_role("button", name="Aplicar filtros").tap()
    expect(page.locator(".c-result")).to_have_count(1)
    page.get_by_role("link", name="Tirar o filtro Custo: Grátis").tap()
    expect(page.locator(".c-result")).to_have_count(2)
    page.close()


def test_without_script_the_form_is_a_form(address: str, browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=False, locale="pt-BR")
    page.goto(f"{address}/servicos/")
    page.get_by_role("searchbox", name="O que você procura?").fill("iptu")
    page.get_by_role("button", name="Buscar").click()
    page.get_by_label("Grátis").check()
    page.get_by_role("button", name="Aplicar filtros").click()
    expect(page.locator(".c-result")).to_have_count(1)
    page.close()


@pytest.mark.skipif(axe_path() is None, reason="no axe-core on this machine")
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(address: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for query in ("q=iptu", "q=iptu&free=true&kind=service", "q=itpu", "q=zzz", "q=iptu&district=remote", ""):
        page.goto(f"{address}/busca/?{query}")
        for summary in page.locator("main details:not([open]) > summary:visible").all():
            summary.click()
        assert violations(page) == [], query
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), query
    for path in ("/servicos/", "/busca/"):
        page.goto(address + path)
        type_into(page, "iptu")
        assert violations(page) == [], path
        page.keyboard.press("ArrowDown")
        assert violations(page) == [], path
