"""The roads of the portal: by keyboard alone, and without script."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from home import sought_now
from services.record.unit import Hours, Visit
from tests.records import complete_service, district, put_record, ref, secretariat, topic, unit

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 760}
#: More stops than these on the way to a link would be no way for a keyboard.
MOST_STOPS = 60


@pytest.fixture
def address(live_server: Any, settings: Any, tmp_path: Path) -> Iterator[str]:
    """A portal with a service, given at a post and on a bus that stops in a district this week."""
    settings.DATA_DIR = tmp_path
    sought_now.forget()
    health, igua = topic("Saúde"), district("Iguá")
    post = unit(hours=[Hours(days=["mon", "tue", "wed", "thu", "fri", "sat", "sun"], opens="00:00", closes="00:00")])
    starts = timezone.now() + timedelta(minutes=5)
    stop = Visit(district=ref(igua), place="Praça da igreja", starts=starts, ends=starts + timedelta(hours=2))
    bus = unit("Ônibus da Cidadania", itinerant=True, visits=[stop])
    for record in (health, igua, secretariat(), post, bus):
        put_record(record)
    put_record(complete_service("Vacinar-se", free=True, topics=[ref(health)], units=[ref(post), ref(bus)]))
    yield live_server.url
    sought_now.forget()


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    """A phone that runs no script."""
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="pt-BR")
    yield context.new_page()
    context.close()


def tab_to(page: Page, name: str) -> None:
    """Go on by Tab until what is called so has the focus, which must be seen on each stop."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => {
                const at = document.activeElement;
                const style = getComputedStyle(at);
                const box = at.getBoundingClientRect();
                const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
                    && box.width > 0 && box.height > 0;
                return {name: (at.labels?.[0] ?? at).innerText.trim() || at.value || '', seen, tag: at.tagName};
            }"""
        )
        assert here["tag"] != "BODY", f"{name}: the page ended"
        assert here["seen"], here
        if here["name"].split("\n")[0] == name:
            return
    raise AssertionError(f"{name}: not within {MOST_STOPS} stops of {page.url}")


def follow(page: Page, name: str, heading: str) -> None:
    tab_to(page, name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_home_search_service_unit_by_keyboard(address: str, page: Page) -> None:
    page.goto(address)
    tab_to(page, "O que você procura?")
    page.keyboard.type("vacinar")
    page.keyboard.press("Enter")
    page.wait_for_url("**/busca/?q=vacinar")
    follow(page, "Vacinar-se", "Vacinar-se")
    expect(page.locator(".c-answer__line")).to_contain_text("grátis")
    follow(page, "Posto Central", "Posto Central")
    expect(page.get_by_text("Aberto 24 horas")).to_be_visible()


def test_home_topic_service_by_keyboard(address: str, page: Page) -> None:
    page.goto(address)
    follow(page, "Saúde", "Saúde")
    follow(page, "Vacinar-se", "Vacinar-se")


def test_home_district_visit_by_keyboard(address: str, page: Page) -> None:
    page.goto(address)
    tab_to(page, "Qual é o seu distrito?")
    page.keyboard.type("Ig")
    follow(page, "Ver", "Iguá")
    expect(page.get_by_text("Praça da igreja")).to_be_visible()
    follow(page, "Ônibus da Cidadania", "Ônibus da Cidadania")


def test_the_skip_link_leads_past_the_menu(address: str, page: Page) -> None:
    page.goto(f"{address}/visitas/")
    tab_to(page, "Ir para o conteúdo [1]")
    page.keyboard.press("Enter")
    expect(page.locator("#conteudo")).to_be_focused()
    tab_to(page, "Início")


def test_home_search_service_unit_without_script(address: str, scriptless: Page) -> None:
    scriptless.goto(address)
    scriptless.get_by_label("O que você procura?").fill("vacinar")
    scriptless.get_by_role("button", name="Buscar").click()
    scriptless.get_by_role("link", name="Vacinar-se").click()
    expect(scriptless.locator(".c-answer__line")).to_contain_text("grátis")
    scriptless.get_by_role("link", name="Posto Central").click()
    expect(scriptless.get_by_text("Aberto 24 horas")).to_be_visible()
    scriptless.get_by_text("Esta semana, dia a dia").click()
    expect(scriptless.get_by_role("table")).to_be_visible()


def test_home_topic_service_without_script(address: str, scriptless: Page) -> None:
    scriptless.goto(address)
    scriptless.get_by_role("link", name="Saúde").click()
    scriptless.get_by_role("link", name="Vacinar-se").click()
    expect(scriptless.get_by_role("heading", level=1)).to_have_text("Vacinar-se")


def test_home_district_visits_without_script(address: str, scriptless: Page) -> None:
    scriptless.goto(address)
    scriptless.get_by_label("Qual é o seu distrito?").select_option("Iguá")
    scriptless.get_by_role("button", name="Ver", exact=True).click()
    expect(scriptless.get_by_role("heading", level=1)).to_have_text("Iguá")
    expect(scriptless.get_by_text("Praça da igreja")).to_be_visible()
    scriptless.goto(f"{address}/visitas/")
    scriptless.get_by_label("Distrito ou povoado").select_option("Iguá")
    scriptless.get_by_role("button", name="Ver", exact=True).click()
    expect(scriptless.get_by_role("heading", level=1)).to_have_text("Atendimento itinerante: Iguá")


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_stands_beside_the_screen(address: str, browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, locale="pt-BR")
    for path in (
        "/",
        "/visitas/",
        "/distritos/iguá/",
        "/formularios/",
        "/mapa-do-site/",
        "/nada-aqui/",
        "/acessibilidade/",
    ):
        page.goto(f"{address}{path}")
        beside = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beside == 0, path
    page.close()
