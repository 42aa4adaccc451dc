"""Two cities' faces in every look: nothing leaves a phone's screen, however large the text, and axe is content."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from playwright.sync_api import Browser, Page

from home import demo_face
from home.style_page import samples
from services.record import Alert, Procedure
from services.record.procedure import ProcedureStep as Step
from tests.offered import axe_path
from tests.records import STEP, put_record, ref, secretariat, service, topic, unit
from tests.services.portal import entry

pytestmark = pytest.mark.django_db(transaction=True)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: The system's wish, and what the reader chose.
LOOKS: tuple[tuple[dict[str, str], dict[str, str]], ...] = (
    ({"color_scheme": "light"}, {}),
    ({"color_scheme": "dark"}, {}),
    ({"color_scheme": "light"}, {"tema": "escuro"}),
    ({"color_scheme": "light", "contrast": "more"}, {}),
    ({"color_scheme": "light"}, {"contraste": "alto"}),
    ({"forced_colors": "active"}, {}),
)


@pytest.fixture
def pages(settings: Any, tmp_path: Path) -> list[str]:
    """Home, a service, a search, a body, a procedure: with long words, and with parts missing."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = str(tmp_path / "media")
    body = secretariat(f"Secretaria de {samples.LONG}")
    theme = topic("Transparência e participação")
    place = unit("Praça de Atendimento", secretariat=ref(body))
    whole = service(
        samples.LONG_TITLE,
        slug="longo",
        url="/longo/",
        secretariat=ref(body),
        topics=[ref(theme)],
        units=[ref(place)],
        steps=[STEP],
        suspensions=[{"starts": "2026-01-01T00:00Z", "message": samples.LONG}],
    )
    steps = [Step(title=samples.LONG, services=[ref(whole)]), Step(title="Peça")]
    procedure = entry(Procedure, "procedure", "Abrir um negócio", steps=steps, url="/passo-a-passo/abrir/")
    warning = entry(Alert, "alert", "Chuva", level="emergency", starts=timezone.now(), message=f"<p>{samples.LONG}</p>")
    for record in (body, theme, place, whole, procedure, warning):
        put_record(record)
    return ["/", whole.url, "/busca/?q=autorizacao", body.url, procedure.url]


def complaints(page: Page) -> list[str]:
    """What axe finds on a page, where it is on this machine."""
    axe = axe_path()
    if axe is None:
        return []
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate("t => axe.run(document, {runOnly: {type: 'tag', values: t}})", RULES)
    return [f"{each['id']}: {each['nodes'][0]['target']}" for each in found["violations"]]


@pytest.mark.parametrize("face", demo_face.FACES)
def test_a_face_is_sound_in_every_look(face: str, live_server: Any, browser: Browser, pages: list[str]) -> None:
    demo_face.put_on(face)
    assert default_storage.exists("original_images")
    found: dict[tuple[str, str], list[str]] = {}
    for system, chosen in LOOKS:
        context = browser.new_context(viewport={"width": 320, "height": 700}, locale="pt-BR", **system)
        context.add_init_script(f"localStorage.setItem('conecta-aparencia', {json.dumps(json.dumps(chosen))})")
        page = context.new_page()
        for path in pages:
            page.goto(live_server.url + path)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            said = [*complaints(page), *([f"wider than the screen: {wide}"] if wide > 0 else [])]
            if said:
                found[path, f"{system} {chosen}"] = said
        context.close()
    assert found == {}


@pytest.mark.parametrize(("width", "size"), [(320, "maior"), (640, "enorme"), (1280, "enorme")])
def test_larger_letters_push_nothing_off_the_screen(
    width: int, size: str, live_server: Any, browser: Browser, pages: list[str]
) -> None:
    demo_face.put_on("serra-clara")
    context = browser.new_context(viewport={"width": width, "height": 700}, locale="pt-BR")
    context.add_init_script(f"localStorage.setItem('conecta-aparencia', '{json.dumps({'texto': size})}')")
    page = context.new_page()
    wide = {}
    for path in pages:
        page.goto(live_server.url + path)
        wide[path] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert {path: by for path, by in wide.items() if by > 0} == {}
