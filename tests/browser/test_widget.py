"""The widget on a stranger's page: a strict policy, hostile titles, a portal that does not answer."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hosts import host_of
from tests.browser.test_search import violations
from tests.offered import axe_path
from tests.records import put_record, ref, secretariat, service

pytestmark = pytest.mark.django_db(transaction=True)
HOSTILE = "IPTU <img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
STEPS = [
    {"title": "Juntar <b>tudo</b>", "documents": {"default": [{"name": "Carnê do IPTU"}]}},
    {"title": "Ir ao posto"},
]


@pytest.fixture
def portal(live_server: Any, settings: Any, tmp_path: Path) -> str:
    """A portal with a body, a service like any, a hostile one, and a suspended one."""
    settings.DATA_DIR = tmp_path
    finances = secretariat("Fazenda", slug="fazenda")
    put_record(finances)
    body = ref(finances)
    time = {"type": "up_to", "max": 1, "unit": "working_days"}
    put_record(service("Pedir isenção de IPTU", secretariat=body, steps=STEPS, free=True, time=time))
    put_record(service(HOSTILE, slug="hostil", summary="<svg onload=alert(1)>", secretariat=body))
    stopped = [{"starts": "2026-01-01T00:00Z", "message": "O sistema mudou."}]
    put_record(service("Parcelar dívida", secretariat=body, suspensions=stopped))
    return live_server.url


@pytest.fixture
def console(page: Page) -> Iterator[list[str]]:
    """What the browser complains of: the host's policy would be among it."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said
    # The browser asks every host for its icon.
    assert [text for text in said if "favicon" not in text and "404" not in text] == []


def elsewhere(page: Page, portal: str) -> list[str]:
    """Addresses that are asked for from now on and are neither the portal's nor the host's."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith(portal) else None)
    return asked


def test_search_on_a_host_with_a_strict_policy(portal: str, page: Page, console: list[str]) -> None:
    with host_of(portal, "<conecta-servicos><a href='/'>Abra o portal</a></conecta-servicos>") as host:
        asked = elsewhere(page, portal)
        page.goto(host)
        box = page.get_by_role("combobox", name="O que você procura?")
        box.press_sequentially("iptu", delay=20)
        options = page.get_by_role("option")
        expect(options).to_have_count(2)
        expect(page.get_by_role("status")).to_have_text("2 sugestões; use as setas para escolher")
        expect(options.filter(has_text="<img src=x")).to_have_count(1)
        page.keyboard.press("ArrowUp")
        expect(options.nth(1)).to_have_attribute("aria-selected", "true")
        assert box.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox")).to_be_hidden()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text("2 resultados")
        link = page.get_by_role("link", name="Pedir isenção de IPTU")
        expect(link).to_have_attribute("href", f"{portal}/servicos/pedir-isen%C3%A7%C3%A3o-de-iptu/")
        expect(page.get_by_text("<svg onload=alert(1)>")).to_be_visible()
        whole = page.get_by_role("link", name="Ver tudo no portal")
        expect(whole).to_have_attribute("href", f"{portal}/busca/?q=iptu")
        expect(page.get_by_role("link", name="Abra o portal")).to_have_count(0)
        assert page.title() == "Escola"
        assert page.context.cookies() == []
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        # The host's own page and its icon, and nobody else.
        assert {address for address in asked if not address.startswith(host)} == set()

        # A choice leads to the portal.
        box.fill("isenção")
        expect(options).to_have_count(1)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{portal}/servicos/**")


@pytest.mark.skipif(axe_path() is None, reason="no axe-core on this machine")
def test_services_and_a_body_in_three_languages_on_a_phone_and_a_desk(
    portal: str, page: Page, console: list[str]
) -> None:
    shown = (
        '<conecta-servicos servico="pedir-isenção-de-iptu"></conecta-servicos>'
        '<conecta-servicos servico="parcelar-dívida"></conecta-servicos>'
        '<conecta-servicos servico="hostil" lang="en"></conecta-servicos>'
        '<conecta-servicos orgao="fazenda" limite="2" lang="es"></conecta-servicos>'
        '<conecta-servicos servico="nada"></conecta-servicos><conecta-servicos></conecta-servicos>'
    )
    with host_of(portal, shown) as host:
        page.goto(host)
        one, stopped, hostile, body, none, search = page.locator("conecta-servicos").all()
        expect(one).to_contain_text("Pedir isenção de IPTU")
        for told in ("Grátis", "até 1 dia útil", "Carnê do IPTU", "Juntar <b>tudo</b>", "Ir ao posto"):
            expect(one).to_contain_text(told)
        expect(stopped.get_by_text("suspenso")).to_have_text("Este serviço está suspenso no momento. O sistema mudou.")
        expect(hostile.get_by_role("link").first).to_have_text(HOSTILE)
        expect(hostile.get_by_role("link", name="See this service on the portal")).to_be_visible()
        expect(body.get_by_role("status")).to_have_text("3 servicios")
        expect(body.get_by_role("listitem")).to_have_count(2)
        expect(body.get_by_role("link", name="Fazenda", exact=True)).to_have_attribute(
            "href", f"{portal}/orgaos/fazenda/"
        )
        expect(none.get_by_role("status")).to_contain_text("Não encontramos isto no portal.")
        search.get_by_role("combobox").press_sequentially("iptu", delay=20)
        expect(page.get_by_role("option")).to_have_count(2)
        assert page.title() == "Escola"
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

        # An attribute that changes is another question.
        one.evaluate("element => element.setAttribute('servico', 'parcelar-dívida')")
        expect(one).to_contain_text("O sistema mudou.")


def test_a_portal_that_does_not_answer_is_said_and_asked_again(portal: str, page: Page) -> None:
    one_service = '<conecta-servicos servico="pedir-isenção-de-iptu"></conecta-servicos>'
    with host_of(portal, f"{one_service}<conecta-servicos></conecta-servicos>") as host:
        page.route("**/api/v1/**", lambda route: route.abort())
        page.goto(host)
        one, search = page.locator("conecta-servicos").all()
        expect(one.get_by_role("status")).to_contain_text("O portal de serviços não respondeu agora.")
        expect(one.get_by_role("link", name="Serviços da Prefeitura")).to_have_attribute("href", f"{portal}/")
        box = search.get_by_role("combobox")
        box.press_sequentially("ip", delay=20)
        expect(search.get_by_role("status")).to_contain_text("não respondeu agora")
        page.unroute("**/api/v1/**")
        page.route("**/api/v1/**", lambda route: route.fulfill(status=503, body="{}"))
        one.get_by_role("button", name="Tentar de novo").click()
        expect(one.get_by_role("status")).to_contain_text("não respondeu agora")
        page.unroute("**/api/v1/**")
        one.get_by_role("button", name="Tentar de novo").click()
        expect(one).to_contain_text("Grátis")
        box.fill("iptu")
        expect(search.get_by_role("option")).to_have_count(2)

        # Where not even the script comes, the host's own words stand.
        page.route("**/widget.js", lambda route: route.abort())
    with host_of(portal, f'<conecta-servicos><a href="{portal}/">Abra o portal</a></conecta-servicos>') as host:
        page.goto(host)
        expect(page.get_by_role("link", name="Abra o portal")).to_be_visible()


@pytest.mark.skipif(axe_path() is None, reason="no axe-core on this machine")
def test_the_page_for_webmasters_shows_it_at_work(portal: str, page: Page, console: list[str]) -> None:
    page.goto(f"{portal}/servicos/")
    page.get_by_role("link", name="Para outros sites").click()
    page.wait_for_url(f"{portal}/para-sites/")
    search, one, body = page.locator("main conecta-servicos").all()
    expect(search.get_by_role("combobox")).to_be_visible()
    expect(one.get_by_role("link").first).to_be_visible()
    expect(body.get_by_role("listitem")).to_have_count(3)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
