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
from django.db.models import Count
from playwright.sync_api import Browser, Page

from home.about.statement import BY_ALL_TEMPLATES, FILE
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
#: Those whose every language is tried in every look, by what ``templates`` calls them.
FIVE = ("service", "procedure", "secretariat", "/", "/busca/?q=iptu")
LANGUAGES = {"pt-br": "", "es": "/es", "en": "/en"}
LOOKS: tuple[dict[str, Any], ...] = ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"contrast": "more"})
ROOT = Path(__file__).resolve().parents[2]
WHOLE = bool(os.environ.get("CONECTA_LONG"))


@pytest.fixture
def templates(portal_in_three_languages: str) -> dict[str, dict[str, str]]:
    """One page of each template: its path in each language that it is in, by the language."""
    rows = PublishedRecord.objects.public().exclude(url="")
    # Of each kind an entry that is in all languages, if there is one.
    most = rows.values("kind", "entry_id").annotate(times=Count("pk")).order_by("-times", "entry_id")
    found = {}
    for kind in KINDS:
        entry_id = most.filter(kind=kind)[0]["entry_id"]
        found[kind] = dict(rows.filter(kind=kind, entry_id=entry_id).values_list("locale", "url"))
    service = rows.get(kind="service", slug="emitir-a-segunda-via-do-iptu", locale="pt-br").entry_id
    found["service"] = dict(rows.filter(kind="service", entry_id=service).values_list("locale", "url"))
    for below in ("vale-para-mim/", "o-que-mudou/"):
        found[below] = {locale: f"{path}{below}" for locale, path in found["service"].items()}
    said = (f"/{place}/{service}/" for place in ("avaliar", "esta-pagina/service", "avaliacao/servico"))
    for path in (*said, *OTHERS):
        found[path] = {locale: f"{prefix}{path}" for locale, prefix in LANGUAGES.items()}
    return found


def tried(templates: dict[str, dict[str, str]], *, whole: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Paths with looks: five templates in each language and look, the others in each language and in each look once."""
    for number, (name, paths) in enumerate(templates.items()):
        pairs = list(itertools.product(LANGUAGES, LOOKS))
        if name not in FIVE:
            pairs = [(locale, LOOKS[(number + place) % 3]) for place, locale in enumerate(LANGUAGES)] if whole else []
        elif not whole:
            pairs = pairs[number % 2 :: 4]
        yield from ((paths[locale], look) for locale, look in pairs if locale in paths)


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
        "by": BY_ALL_TEMPLATES,
    }
    (ROOT / FILE).write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def test_nothing_keeps_anybody_from_a_page(
    portal_in_three_languages: str,
    templates: dict[str, dict[str, str]],
    browser: Browser,
    tmp_path: Path,
) -> None:
    portal = portal_in_three_languages
    (tmp_path / "html").mkdir()
    found: dict[str, list[str]] = {}
    context = browser.new_context(locale="pt-BR", viewport={"width": 320, "height": 740}, service_workers="block")
    page = context.new_page()
    for number, path in enumerate(each["pt-br"] for each in templates.values()):
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
    for path, look in tried(templates, whole=WHOLE):
        other = browser.new_context(viewport={"width": 320, "height": 740}, service_workers="block", **look)
        page = other.new_page()
        response = page.goto(portal + path)
        assert response is not None
        assert response.status == (404 if "/nao-ha/" in path else 200), path
        found[f"{path} {look}"] = list(complaints(page))
        (tmp_path / "html" / f"again-{len(found)}.html").write_text(response.text(), encoding="utf-8")
        other.close()
    errors = mistakes(tmp_path / "html")
    wrong = {path: said for path, said in found.items() if said}
    # Of what was not looked at with both, and in each language and look, nothing may be stated.
    if os.environ.get("CONECTA_WRITE_STATEMENT") and WHOLE and axe_path() and vnu_path():
        _state(len(found), [*wrong, *errors])
    assert wrong == {}
    assert errors == []
