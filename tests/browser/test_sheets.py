"""An editor sends a spreadsheet in the real admin, on a desktop and on a phone: no page is wider than its screen."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from home import demonstration
from services.models import ServicePage
from tests.services import charter
from tests.services.sheets.files import changed, xlsx

pytestmark = pytest.mark.django_db(transaction=True)


def look(page: Page, name: str) -> None:
    """At both widths; kept as pictures where a folder is named for them."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
        assert wide <= 0, (name, width, wide)
        if folder := os.environ.get("CONECTA_SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def test_a_spreadsheet_is_sent_seen_and_kept(live_server: Any, page: Page, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    body = charter.body("Secretaria Municipal de Finanças", acronym="SEFIN")
    service = charter.service(body, "Emitir boleto do IPTU")
    demonstration.accounts()
    page.set_default_timeout(60_000)
    page.goto(f"{live_server.url}/admin/")
    page.locator("[name=username]").fill("redacao")
    page.locator("[name=password]").fill(demonstration.PASSWORD)
    page.locator("button[type=submit]").click()
    page.goto(f"{live_server.url}/admin/conecta/planilha/")
    look(page, "planilha")

    with page.expect_download() as coming:
        page.get_by_role("button", name="para mudar").click()
    data = Path(coming.value.path()).read_bytes()
    data = changed(
        data,
        {
            "Serviços": {
                2: {"Resumo": "Pegue de novo o boleto do IPTU e pague em qualquer banco ou pelo celular."},
                3: {"Órgão": "SEFIN", "Nome": "Parcelar dívida de imposto", "Prazo": "Na hora"},
                4: {"Órgão": "SMS", "Nome": "Marcar consulta"},
                5: {"Órgão": "SEFIN", "Nome": "Emitir nota", "Prazo": "Até 3 dias", "Grátis": "talvez"},
            },
            "Documentos": {2: {"Observação": "original e cópia"}},
        },
    )
    sent = tmp_path / "servicos-sefin.xlsx"
    sent.write_bytes(xlsx({"Serviços": [["Nome"], ["Sem as colunas"]]}))
    page.locator("input[type=file]").set_input_files(sent)
    page.get_by_role("button", name="Ver o que vai mudar").click()
    expect(page.get_by_text("faltam colunas na primeira linha: Órgão")).to_be_visible()
    look(page, "planilha-recusada")

    sent.write_bytes(data)
    page.locator("input[type=file]").set_input_files(sent)
    page.get_by_role("button", name="Ver o que vai mudar").click()
    expect(page.get_by_text("1 serviço novo")).to_be_visible()
    look(page, "planilha-conferir")
    assert charter.fresh(service).latest_revision_id == service.latest_revision_id

    page.get_by_role("button", name="Gravar 2 rascunhos").click()
    expect(page.get_by_role("heading", name="2 rascunhos gravados")).to_be_visible()
    look(page, "planilha-gravada")
    assert not ServicePage.objects.get(title="Parcelar dívida de imposto").live
