"""A citizen answers, ticks, comes back, prints: with a keyboard, on a phone, without script, and looked up offline."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from services.record import City, Procedure, Service
from tests.browser.axe import violations
from tests.offered import axe_path
from tests.records import put_record, secretariat
from tests.services.checklist.cases import AGE, WORK, mixed, without_a_way
from tests.services.checklist.vectors import FILE
from tests.services.portal import entry

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = ["Ver o endereço", "Abrir o CNPJ", "Pedir o alvará"]
CLS = """() => new Promise(resolve => new PerformanceObserver(list => resolve(
  list.getEntries().reduce((sum, each) => sum + (each.hadRecentInput ? 0 : each.value), 0)
)).observe({type: "layout-shift", buffered: true}) || setTimeout(() => resolve(0), 500))"""


@pytest.fixture
def journey(live_server: Any, settings: Any, tmp_path: Path) -> Procedure:
    settings.DATA_DIR = tmp_path
    steps = [{"title": title, "description": "<p>Faça.</p>"} for title in STEPS]
    found = entry(Procedure, "procedure", "Abrir um negócio", url="/abrir-um-negocio/", slug="abrir", steps=steps)
    put_record(found)
    return found


@pytest.fixture
def record(live_server: Any, settings: Any, tmp_path: Path) -> Service:
    settings.DATA_DIR = tmp_path
    found = mixed()
    for each in (found, secretariat(), entry(City, "city", "Cidade", contacts=[{"type": "phone", "value": "162"}])):
        put_record(each)
    return found


def answer_all(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Menor").check()
    page.get_by_label("Sim").check()
    page.get_by_label("Nenhum destes").check()
    page.get_by_role("button", name="Ver a minha lista").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sua lista")


def test_ticks_stay_on_this_device_until_they_are_cleared(
    live_server: Any, record: Service, page: Page, console: list[str]
) -> None:
    answer_all(page, f"{live_server.url}{record.url}vale-para-mim/")
    status = page.locator("[data-ticks-progress]")
    expect(status).to_have_text("0 de 4 itens prontos")
    page.get_by_label("RG", exact=True).check()
    expect(status).to_have_text("1 de 4 itens prontos")
    page.reload()
    expect(page.get_by_label("RG", exact=True)).to_be_checked()
    expect(status).to_have_text("1 de 4 itens prontos")
    assert page.context.cookies() == []

    # Other answers are another list of the same service: what both ask for is ticked in both.
    page.goto(f"{live_server.url}{record.url}vale-para-mim/?{AGE.id}=adulto&{WORK.id}=não&caso=nenhum")
    expect(page.get_by_label("RG", exact=True)).to_be_checked()
    for box in page.locator("[data-tick]").all():
        box.check()
    expect(status).to_have_text("Tudo pronto")

    page.get_by_role("button", name="Desmarcar tudo").click()
    expect(page.locator("[data-tick]:checked")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0


def test_by_keyboard(live_server: Any, record: Service, page: Page, console: list[str]) -> None:
    page.goto(f"{live_server.url}{record.url}vale-para-mim/")
    page.get_by_label("Menor").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Não", exact=True)).to_be_checked()
    for _each in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("Nenhum destes")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sua lista")
    page.get_by_label("RG", exact=True).focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-ticks-progress]")).to_have_text("1 de 4 itens prontos")


def test_without_script(live_server: Any, record: Service, journey: Procedure, browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=False, locale="pt-BR", viewport={"width": 320, "height": 700})
    answer_all(page, f"{live_server.url}{record.url}vale-para-mim/")
    page.get_by_label("RG", exact=True).check()
    for name in ("Desmarcar tudo", "Imprimir"):
        expect(page.get_by_role("button", name=name)).to_be_hidden()
    page.get_by_text("Mudar as respostas").click()
    page.get_by_label("Adulto").check()
    page.get_by_role("button", name="Ver a minha lista").click()
    expect(page.get_by_text("12,50")).to_be_visible()

    page.goto(live_server.url + journey.url)
    expect(page.get_by_role("heading", name="Abrir o CNPJ")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)
    page.close()


def test_steps_of_a_procedure_are_done_one_by_one(
    live_server: Any, journey: Procedure, page: Page, console: list[str]
) -> None:
    page.goto(live_server.url + journey.url)
    expect(page.locator("[data-ticks-progress]")).to_have_text("0 de 3 etapas feitas")
    page.get_by_role("checkbox", name="Feito Abrir o CNPJ").check()
    page.get_by_role("checkbox", name="Feito Ver o endereço").check()
    expect(page.locator("[data-ticks-progress]")).to_have_text("2 de 3 etapas feitas")
    page.reload()
    expect(page.get_by_role("checkbox", name="Feito Abrir o CNPJ")).to_be_checked()
    expect(page.locator("[data-ticks-progress]")).to_have_text("2 de 3 etapas feitas")

    # In another order they are the same steps.
    turned = journey.model_copy(update={"steps": [journey.steps[1], journey.steps[2], journey.steps[0]]})
    put_record(turned)
    other = page.context.new_page()
    other.goto(f"{live_server.url}{journey.url}?de-novo")
    expect(other.get_by_role("checkbox", name="Feito Pedir o alvará")).not_to_be_checked()
    expect(other.get_by_role("checkbox", name="Feito Abrir o CNPJ")).to_be_checked()
    # What is done in one window shows in the other.
    other.get_by_role("checkbox", name="Feito Pedir o alvará").check()
    expect(page.locator("[data-ticks-progress]")).to_have_text("Tudo feito")


def test_a_browser_that_keeps_nothing_ticks_all_the_same(
    live_server: Any, journey: Procedure, page: Page, console: list[str]
) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('não') }})")
    page.goto(live_server.url + journey.url)
    page.get_by_role("checkbox", name="Feito Abrir o CNPJ").check()
    expect(page.locator("[data-ticks-progress]")).to_have_text("1 de 3 etapas feitas")
    page.get_by_role("button", name="Desmarcar tudo").click()
    expect(page.locator("[data-tick]:checked")).to_have_count(0)


def test_on_paper_stands_what_one_takes_along(live_server: Any, record: Service, page: Page) -> None:
    answer_all(page, f"{live_server.url}{record.url}vale-para-mim/")
    page.emulate_media(media="print")
    for hidden in ("Mudar as respostas", "Desmarcar tudo", "Mandar pelo WhatsApp", "Nada disso combina comigo"):
        expect(page.get_by_text(hidden)).to_be_hidden()
    expect(page.get_by_text("Autorização dos pais")).to_be_visible()
    expect(page.locator(".c-ticks__address")).to_be_visible()
    page.emulate_media(media="screen")
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="Imprimir").click()
    assert page.evaluate("window.printed")


def test_the_phone_looks_up_what_the_server_finds(live_server: Any, record: Service, page: Page) -> None:
    page.goto(f"{live_server.url}{record.url}vale-para-mim/")
    vectors = json.loads(FILE.read_text(encoding="utf-8"))["vectors"]
    found = page.evaluate(
        """async (vectors) => {
          const { resolve, itemsOf, answersIn } = await import("/static/conecta_services/checklist.js");
          return vectors.map((vector) => vector.asked.map(({ search }) => {
            const answers = answersIn(vector.table, search);
            const { rows, left, skipped, fits } = resolve(vector.table, answers);
            const items = rows.flatMap((row) => itemsOf(vector, row)).map((item) => item.type || item.name);
            return { search, answers, rows: rows.map((row) => row.slice(0, 3)), items, left, skipped, fits };
          }));
        }""",
        vectors,
    )
    assert found == [vector["asked"] for vector in vectors]
    assert sum(map(len, found)) >= 60


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_jumps_and_nothing_is_cut(
    live_server: Any, record: Service, journey: Procedure, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    whole = f"{record.url}vale-para-mim/?{AGE.id}=adulto&{WORK.id}=não&caso=nenhum"
    for path in (whole, journey.url, f"{record.url}vale-para-mim/"):
        page.goto(live_server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
        assert page.evaluate(CLS) == 0, path
        for box in page.locator("label.c-tick:visible").all():
            assert box.bounding_box()["height"] >= 44


@pytest.mark.skipif(axe_path() is None, reason="no axe-core on this machine")
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(live_server: Any, record: Service, journey: Procedure, page: Page, width: int) -> None:
    put_record(without_a_way())
    page.set_viewport_size({"width": width, "height": 800})
    whole = f"{AGE.id}=adulto&{WORK.id}=não&caso=nenhum"
    for path in (
        f"{record.url}vale-para-mim/",
        f"{record.url}vale-para-mim/?{AGE.id}=menor",
        f"{record.url}vale-para-mim/?{whole}",
        f"{record.url}vale-para-mim/?nada=1",
        f"{without_a_way().url}vale-para-mim/?{WORK.id}=não&caso=nenhum",
        journey.url,
        record.url,
    ):
        page.goto(live_server.url + path)
        for summary in page.locator("main details:not([open]) > summary:visible").all():
            summary.click()
        assert violations(page) == [], path
