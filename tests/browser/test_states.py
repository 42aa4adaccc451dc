"""Entries in every state on the narrowest screen: nothing stands beside it, nothing is an empty box."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from services.record import Alert, Entry, Information, Procedure
from services.record.form import FormVersion
from services.record.procedure import ProcedureStep
from services.record.unit import Visit
from tests.browser.axe import violations
from tests.offered import axe_path
from tests.records import (
    city,
    complete_service,
    district,
    form,
    put_record,
    ref,
    secretariat,
    service,
    topic,
    unit,
)
from tests.services.portal import entry

pytestmark = pytest.mark.django_db(transaction=True)
#: The longest word of the language's dictionaries, twice: no hyphen, no space.
LONG = "Pneumoultramicroscopicossilicovulcanoconiótico" * 2
#: Boxes without a word, but for those that a script fills while somebody types.
EMPTY = """() => [...document.querySelectorAll("main :is(section, ul, ol, p, nav, table)")]
    .filter(box => !box.textContent.trim() && !box.closest("form")).map(box => box.outerHTML)"""
INDEXES = (
    "/",
    "/servicos/",
    "/visitas/",
    "/unidades/",
    "/formularios/",
    "/perguntas/",
    "/mapa-do-site/",
    "/o-que-mudou/",
)


def long_words() -> list[Entry]:
    """Every kind of page, each text one word."""
    now = timezone.now()
    theme, place = topic(LONG), district(f"Distrito {LONG}")
    body = secretariat(f"Secretaria de {LONG}", contacts=[{"type": "email", "value": f"{'a' * 90}@prefeitura.example"}])
    stop = Visit(district=ref(place), place=LONG, starts=now, ends=now + timedelta(hours=1), note=LONG)
    post = unit(
        f"Unidade {LONG}",
        district=ref(place),
        address={"street": LONG},
        hours=[{"days": ["mon", "wed"], "opens": "08:00", "closes": "12:00", "note": LONG}],
        hours_exceptions=[{"starts": now.date(), "ends": now.date(), "message": LONG}],
        visits=[stop],
        contacts=[{"type": "website", "value": f"https://{'b' * 60}.example/{'c' * 90}"}],
    )
    step = {
        "title": LONG,
        "description": f"<p>{LONG}</p>",
        "documents": {"default": [{"name": LONG, "note": LONG}], "cases": [{"text": LONG, "items": [{"name": LONG}]}]},
        "fees": {"default": [{"name": LONG, "amount": "1234567.89"}]},
        "channels": {"default": [{"type": "web_track", "url": f"https://d.example/{'e' * 200}", "text": LONG}]},
    }
    whole = complete_service(
        LONG,
        summary=LONG,
        popular_names=[LONG],
        secretariat=ref(body),
        topics=[ref(theme)],
        units=[ref(post)],
        steps=[step],
        queue=f"<p>{LONG}</p>",
    )
    return [
        city(calendar=[{"date": now.date() + timedelta(days=1), "name": LONG, "type": "holiday"}]),
        entry(Alert, "alert", LONG, starts=now - timedelta(days=1), level="emergency"),
        theme,
        place,
        body,
        post,
        whole,
        form(LONG, code="F" * 40, versions=[FormVersion(label=LONG, valid_from=date(2026, 1, 1), url="/d/1.pdf")]),
        entry(Procedure, "procedure", LONG, url="/passos/", steps=[ProcedureStep(title=LONG, services=[ref(whole)])]),
        entry(Information, "information", LONG, type="question", url="/pergunta/", body=f"<p>{LONG}</p>"),
    ]


def bare() -> list[Entry]:
    """Every kind of page with nothing but its name; a service that is suspended, a body that is no more."""
    begun = timezone.now() - timedelta(days=1)
    return [
        topic("Tema"),
        district("Distrito"),
        secretariat("Órgão", summary="", acronym=""),
        secretariat("Extinto", valid_until=date(2025, 12, 31)),
        unit("Unidade", summary="", how_to_get_there="", secretariat=None),
        unit("Van parada", itinerant=True),
        service("Serviço", summary="", secretariat=None),
        complete_service("Suspenso", suspensions=[{"starts": begun}], digital_link={"url": "https://x.example/"}),
        form("Formulário"),
        entry(Procedure, "procedure", "Caminho", url="/caminho/"),
        entry(Information, "information", "Pergunta", type="question", url="/vazia/"),
    ]


@pytest.mark.parametrize("state", [long_words, bare, list], ids=["long words", "bare", "empty city"])
def test_each_page_keeps_to_the_screen_and_has_no_empty_box(
    state: Any, live_server: Any, browser: Browser, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    entries = state()
    for record in entries:
        put_record(record)
    page = browser.new_page(viewport={"width": 320, "height": 800}, locale="pt-BR")
    for path in (*INDEXES, *(record.url for record in entries if getattr(record, "url", ""))):
        answer = page.goto(f"{live_server.url}{path}")
        assert answer is not None
        assert answer.status == 200, path
        beside = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beside == 0, path
        assert page.evaluate(EMPTY) == [], path
        assert axe_path() is None or violations(page) == [], path
    page.close()
