"""Every template of the portal: axe finds nothing, the Nu HTML checker no error, and no script complains."""

import itertools
import json
import os
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from home.about.statement import FILE
from services.models.published import PublishedRecord
from tests.offered import axe_path, vnu_path

pytestmark = pytest.mark.django_db(transaction=True)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KINDS = (
    "service",
    "procedure",
    "secretariat",
    "unit",
    "form",
    "information",
    "topic",
    "district",
    "audience",
    "life_event",
)
#: Pages that are no entry's, and what is asked of some: an answer, none, an empty question.
OTHERS = (
    "/",
    "/busca/?q=iptu",
    "/busca/?q=zzzxqw",
    "/busca/",
    "/servicos/",
    "/orgaos/",
    "/unidades/",
    "/temas/",
    "/distritos/",
    "/formularios/",
    "/informacoes/",
    "/passo-a-passo/",
    "/momentos/",
    "/publicos/",
    "/visitas/",
    "/perguntas/",
    "/o-que-mudou/",
    "/mapa-do-site/",
    "/acessibilidade/",
    "/privacidade/",
    "/glossario/",
    "/libras/",
    "/guardar/",
    "/sem-internet/",
    "/carta-de-servicos/",
    "/manifestacoes/",
    "/manifestacoes/nova/",
    "/manifestacoes/acompanhar/",
    "/avaliacao/",
    "/observatorio/",
    "/observatorio/dados/",
    "/participar/",
    "/privacidade/direitos/",
    "/api/",
    "/nao-ha/isto/",
)
LANGUAGES = ("", "/es", "/en")
LOOKS: tuple[dict[str, Any], ...] = ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"contrast": "more"})
ROOT = Path(__file__).resolve().parents[2]
WHOLE = bool(os.environ.get("CONECTA_LONG"))


@pytest.fixture
def paths(portal: str) -> list[str]:
    """One page of each template."""
    rows = PublishedRecord.objects.public().filter(locale="pt-br").exclude(url="")
    entries = [rows.filter(kind=kind).order_by("pk").values_list("url", flat=True)[0] for kind in KINDS]
    service = rows.get(kind="service", slug="emitir-a-segunda-via-do-iptu")
    own = [f"{service.url}{end}" for end in ("", "vale-para-mim/", "o-que-mudou/")]
    said = [f"/{place}/{service.entry_id}/" for place in ("avaliar", "esta-pagina/service", "avaliacao/servico")]
    return [*entries, *own, *said, *OTHERS]


def complaints(page: Page) -> Iterator[str]:
    """What axe finds, where it is on this machine."""
    axe = axe_path()
    if axe is None:
        return
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate("t => axe.run(document, {runOnly: {type: 'tag', values: t}})", RULES)
    for each in found["violations"]:
        yield f"axe {each['id']}: {each['nodes'][0]['target']}"


def mistakes(folder: Path) -> list[str]:
    """What the Nu HTML checker finds in the files of a folder, where it is on this machine."""
    checker = vnu_path()
    if checker is None:
        return []
    command = ["java", "-Xss2m", "-jar", str(checker), "--format", "gnu", "--errors-only", "--stdout"]
    files = [str(path) for path in sorted(folder.iterdir())]
    done = subprocess.run([*command, *files], capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.splitlines()


def _state(pages: int, findings: list[str]) -> None:
    """What the portal's own accessibility page tells of this check (``home.about.statement``)."""
    said = {
        "date": date.today().isoformat(),  # noqa: DTZ011 - the day of whoever checks
        "pages": pages,
        "findings": findings,
        "by": "Cada tipo de página foi examinado com o axe-core (WCAG 2.2 A e AA) e com o verificador de HTML do W3C, "
        "em português, espanhol e inglês, em claro, escuro e alto contraste.",
    }
    (ROOT / FILE).write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def test_nothing_keeps_anybody_from_a_page(
    portal: str,
    paths: list[str],
    browser: Browser,
    tmp_path: Path,
) -> None:
    (tmp_path / "html").mkdir()
    found: dict[str, list[str]] = {}
    context = browser.new_context(locale="pt-BR", viewport={"width": 320, "height": 740}, service_workers="block")
    page = context.new_page()
    for number, path in enumerate(paths):
        said: list[str] = []
        page.once("pageerror", lambda error, said=said: said.append(str(error)))
        response = page.goto(portal + path)
        assert response is not None
        expected = 404 if path == "/nao-ha/isto/" else 200
        name = path.strip("/").replace("/", "_").partition("?")[0] or "home"
        (tmp_path / "html" / f"{number:02d}-{name}.html").write_text(response.text(), encoding="utf-8")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        said += [f"status {response.status}"] if response.status != expected else []
        said += [f"{wide} px wider than the screen"] if wide else []
        found[path] = [*said, *complaints(page)]
    errors = mistakes(tmp_path / "html")
    # In each language and look, each of five templates; the rest of the pairs with ``make check-all``.
    five = [paths[0], paths[1], paths[2], "/", "/busca/?q=iptu"]
    tried = list(itertools.product(LANGUAGES, LOOKS, five))
    for language, look, path in tried if WHOLE else tried[:: len(five) - 1]:
        other = browser.new_context(viewport={"width": 320, "height": 740}, service_workers="block", **look)
        page = other.new_page()
        page.goto(f"{portal}{language}{path}")
        found[f"{language}{path} {look}"] = list(complaints(page))
        other.close()
    wrong = {path: said for path, said in found.items() if said}
    if os.environ.get("CONECTA_WRITE_STATEMENT"):
        _state(len(found), [*wrong, *errors])
    assert wrong == {}
    assert errors == []
