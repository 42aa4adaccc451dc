"""Chosen services, or all that a list's filters leave, as a table."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from services.models import ServicePage
from services.selections.export import as_table
from tests.services import charter, pressing
from tests.services.newsroom.conftest import Newsroom, newsroom  # noqa: F401 - a fixture
from tests.services.newsroom.people import browser, person
from tests.services.test_selections import LIST, address

pytestmark = pytest.mark.django_db


def table(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200
    assert answer.streaming
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def exported(client: Client, *pages: ServicePage) -> list[dict[str, str]]:
    return table(client.post(address("conecta_export", *pages)))


def test_a_row_says_where_a_service_stands() -> None:
    client = pressing.admin()
    user = get_user_model().objects.get(username="admin")
    body = charter.body("Secretaria da Saúde")
    live = charter.service(body, "Tomar vacina", responsible=user, review_due=date(2027, 1, 31))
    charter.edited(live, summary="Ainda não aprovado.")
    draft = charter.draft_page(body, ServicePage, "=Agendar", summary="+55 77 3424-0000", standard_waiting="")
    left = charter.service(body, "Fora da seleção")
    assert "Baixar planilha" in client.get(LIST).content.decode()
    first, second = exported(client, live, draft)
    assert first["Serviço"] == "'=Agendar", "no spreadsheet runs it"
    assert first["Resumo"] == "'+55 77 3424-0000"
    assert (first["Situação"], first["Endereço"], first["Itens exigidos que faltam"]) == ("rascunho", "", "1")
    assert second | {"Última mudança": ""} == {
        "Serviço": "Tomar vacina",
        "Órgão": "Secretaria da Saúde",
        "Situação": "no ar, com mudanças no rascunho",
        "Pessoa responsável": "admin",
        "Revisado em": second["Revisado em"],
        "Revisar até": "2027-01-31",
        "Completude (%)": second["Completude (%)"],
        "Itens exigidos que faltam": "0",
        "Idioma": second["Idioma"],
        "Endereço": live.full_url,
        "Resumo": "Sobre Tomar vacina.",
        "Última mudança": "",
    }
    assert int(second["Completude (%)"]) > 50
    assert left.title not in {row["Serviço"] for row in (first, second)}


def test_all_of_a_filtered_list_is_exported() -> None:
    client, body = pressing.admin(), charter.body()
    for number in range(60):
        charter.draft_page(body, ServicePage, f"Serviço {number:02}")
    charter.service(body, "No ar")
    answer = client.post(f"/admin/bulk/conecta_services/servicepage/conecta_export/?next={LIST}&id=all")
    assert len(table(answer)) == 61
    filtered = f"{LIST}%3Fhas_child_pages%3D%26owner%3D%26site%3D%26q%3DNo+ar"
    answer = client.post(f"/admin/bulk/conecta_services/servicepage/conecta_export/?next={filtered}&id=all")
    assert [row["Serviço"] for row in table(answer)] == ["No ar"]


def test_it_is_a_fixed_number_of_queries(django_assert_max_num_queries: Any) -> None:
    body = charter.body()
    keys = [charter.draft_page(body, ServicePage, f"Serviço {number:02}").pk for number in range(30)]
    list(as_table(keys))
    with django_assert_max_num_queries(4):
        assert len(list(as_table(keys))) == 32


def test_drafts_of_others_are_in_nobodys_table(newsroom: Newsroom) -> None:  # noqa: F811
    other = charter.body("Fazenda", acronym="SEFIN")
    hidden, public = charter.draft_page(other, ServicePage, "Plano secreto"), charter.service(other, "Emitir boleto")
    charter.edited(public, summary="Segredo do rascunho.")
    own = charter.draft_page(newsroom.body, ServicePage, "Marcar consulta")
    rows = exported(browser(newsroom.writer), hidden, public, own)
    assert [row["Serviço"] for row in rows] == ["Emitir boleto", "Marcar consulta"]
    assert "Segredo" not in str(rows)
    rows = exported(browser(person("controla", "controle")), hidden, own)
    assert [row["Serviço"] for row in rows] == ["Marcar consulta", "Plano secreto"]
