"""Reading and hearing in a real browser: aloud, in Libras, on paper; and nobody else is asked anything."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from wagtail.models import Locale

from home.models import GlossaryTerm
from services.record import Service
from services.record.service import Step
from tests.records import put_record, ref, secretariat, service

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 320, "height": 640}

#: No voice is installed where this runs, so one stands in: it says at once what it is given, and keeps it.
VOICE = """
(() => {
  window.heard = [];
  window.waiting = null;
  const voice = {
    getVoices: () => [{ lang: "pt_BR", name: "Voz" }],
    speak: (said) => { heard.push([said.text.trim(), said.lang]); waiting = said; },
    cancel: () => { const cut = waiting; waiting = null; cut?.onerror?.(); },
    addEventListener: () => {},
  };
  Object.defineProperty(window, "speechSynthesis", { value: voice });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  window.finish = () => { const said = waiting; waiting = null; said?.onend?.(); };
})();
"""


@pytest.fixture
def record(settings: Any, tmp_path: Path) -> Service:
    """A service with two sections."""
    settings.DATA_DIR = tmp_path
    body = secretariat("Saúde", slug="saude")
    put_record(body)
    steps = [Step(title="Ligar", description="<p>Ligue para o posto. Diga seu nome.</p>")]
    text = {"summary": "Marca a consulta.", "description": "<p>Leve o NIS.</p>"}
    said = service("Marcar consulta", secretariat=ref(body), steps=steps, **text)
    put_record(said)
    return said


@pytest.fixture
def asked(page: Page) -> Callable[[], list[str]]:
    """Addresses that the page asked for so far; those of others get no answer."""
    seen: list[str] = []

    def note(route: Route) -> None:
        seen.append(route.request.url)
        if "127.0.0.1" in route.request.url or "localhost" in route.request.url:
            route.continue_()
        else:
            route.abort()

    page.route("**/*", note)
    return lambda: seen


def test_aloud_by_keyboard_section_by_section(live_server: Any, page: Page, record: Service) -> None:
    page.add_init_script(VOICE)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}{record.url}")
    play = page.get_by_role("button", name="Ouvir esta página")
    play.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Pausar")).to_be_focused()
    for _ in range(2):
        page.evaluate("finish()")
    heard = page.evaluate("heard")
    texts = [text for text, _lang in heard]
    assert texts[:3] == ["Serviço · Saúde", "Marcar consulta", "Marca a consulta."]
    assert {lang for _text, lang in heard} == {"pt-br"}
    page.get_by_role("button", name="Próxima parte").click()
    assert page.evaluate("heard.at(-1)[0]") == "O que é"
    page.get_by_role("button", name="Próxima parte").click()
    assert page.evaluate("heard.at(-1)[0]") == "Como fazer"
    expect(page.locator(".c-reading-now")).to_have_text("Como fazer")
    page.get_by_role("button", name="Pausar").click()
    page.get_by_role("button", name="Continuar").click()
    assert page.evaluate("heard.slice(-2).map(([text]) => text)") == ["Como fazer", "Como fazer"]
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Ouvir esta página")).to_be_visible()
    expect(page.get_by_role("button", name="Parar")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_all_of_it_is_said_once(live_server: Any, page: Page, record: Service) -> None:
    page.add_init_script(VOICE)
    page.goto(f"{live_server.url}{record.url}")
    page.get_by_role("button", name="Ouvir esta página").click()
    page.evaluate("() => { for (let i = 0; i < 400 && waiting; i++) finish(); }")
    texts = [text for text, _lang in page.evaluate("heard")]
    for said in ("Leve o NIS.", "Ligue para o posto.", "Diga seu nome."):
        assert texts.count(said) == 1, texts
    assert not any("Compartilhar" in text or "Ver em Libras" in text for text in texts)
    expect(page.get_by_role("button", name="Ouvir esta página")).to_be_visible()


def test_without_a_voice_there_is_no_button_and_nothing_moves(live_server: Any, page: Page, record: Service) -> None:
    page.goto(f"{live_server.url}{record.url}")
    expect(page.get_by_role("link", name="Ver em Libras")).to_be_visible()
    assert page.evaluate("speechSynthesis.getVoices().length") == 0
    expect(page.locator(".c-reading__play")).to_be_hidden()
    silent = page.locator(".c-reading").bounding_box()
    page.add_init_script(VOICE)
    page.reload()
    expect(page.get_by_role("button", name="Ouvir esta página")).to_be_visible()
    assert page.locator(".c-reading").bounding_box() == silent


def test_vlibras_is_asked_only_when_the_button_is_pressed(
    live_server: Any, page: Page, record: Service, asked: Callable[[], list[str]]
) -> None:
    page.goto(f"{live_server.url}{record.url}")
    page.get_by_role("link", name="Ver em Libras").click()
    page.wait_for_load_state("networkidle")
    assert page.url.endswith(f"/libras/{record.id}/")
    assert all(url.startswith(live_server.url) for url in asked())
    page.get_by_role("button", name="Ligar o VLibras").click()
    expect(page.locator(".c-libras__status")).to_have_text("O VLibras não abriu. Veja se há internet e tente de novo.")
    of_others = [url for url in asked() if not url.startswith(live_server.url)]
    assert of_others == ["https://vlibras.gov.br/app/vlibras-plugin.js"]
    expect(page.get_by_role("button", name="Ligar o VLibras")).to_be_enabled()


def test_vlibras_begins_on_its_page(live_server: Any, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    plugin = """window.VLibras = { Widget: class { constructor(app) {
      window.onload = () => { document.querySelector('[vw-plugin-wrapper]').textContent = `aberto de ${app}`; };
    } } };"""
    page.route("https://vlibras.gov.br/**", lambda route: route.fulfill(content_type="text/javascript", body=plugin))
    page.goto(f"{live_server.url}/libras/")
    page.get_by_role("button", name="Ligar o VLibras").click()
    expect(page.locator("[vw-plugin-wrapper]")).to_have_text("aberto de https://vlibras.gov.br/app")
    expect(page.locator(".c-libras__status")).to_contain_text("O VLibras está ligado")
    assert said == []


def test_the_code_is_asked_for_by_a_printer_only(
    live_server: Any, page: Page, record: Service, asked: Callable[[], list[str]], tmp_path: Path
) -> None:
    page.goto(f"{live_server.url}{record.url}")
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")
    code = f"{live_server.url}/s/{record.id}.svg"
    assert code not in asked()
    printed = tmp_path / "printed.pdf"
    page.pdf(path=printed)
    assert code in asked()
    assert page.evaluate("document.querySelector('.c-address__code img').complete")
    if reader := shutil.which("pdftotext"):
        text = subprocess.run([reader, printed, "-"], capture_output=True, text=True, check=True).stdout  # noqa: S603
        assert re.search(rf"/s/{record.id}\b", text)
        assert "Ouvir esta página" not in text


def test_a_hard_word_leads_to_what_it_means_without_script(live_server: Any, browser: Browser, record: Service) -> None:
    GlossaryTerm.objects.create(
        term="NIS", meaning="Número de quem está no CadÚnico.", locale=Locale.objects.get(language_code="pt-br")
    )
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{live_server.url}{record.url}")
    word = page.get_by_role("link", name="NIS")
    assert word.get_attribute("title") == "Número de quem está no CadÚnico."
    word.click()
    assert page.url == f"{live_server.url}/glossario/#nis"
    expect(page.get_by_text("Número de quem está no CadÚnico.")).to_be_in_viewport()
    context.close()
