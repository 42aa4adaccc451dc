"""The results page."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from search.document import KINDS
from search.engines.base import EngineError
from search.views import KIND_LABELS, KIND_NAMES, SIZE
from tests.records import put_record, service, unit

pytestmark = pytest.mark.django_db


def page(client: Client, status: int = 200, **parameters: str) -> BeautifulSoup:
    response = client.get(reverse("conecta_search:results"), parameters)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def titles(html: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in html.select(".c-result__title a")]


def test_results_lead_to_the_entries(client: Client) -> None:
    put_record(service("Podar árvore", summary="Corte de <galhos>."))
    html = page(client, q="poda de arvores")
    assert titles(html) == ["Podar árvore"]
    assert html.select_one(".c-result__title a")["href"] == "/servicos/podar-árvore/"
    assert html.select_one(".c-result__summary").get_text() == "Corte de <galhos>."
    assert html.select_one(".c-total").get_text() == "1 resultado"


def test_the_form_is_a_search_form_that_keeps_the_query(client: Client) -> None:
    html = page(client, q='poda "x" <b>', kind="service")
    forms = html.select("main form[role=search]")
    assert len(forms) == 1
    field = forms[0].select_one("input[name=q]")
    assert field["value"] == 'poda "x" <b>'
    assert forms[0].select_one(f"label[for={field['id']}]")
    assert forms[0]["method"] == "get"
    assert forms[0].select_one("input[name=kind]")["value"] == "service"
    assert len(html.select("#busca")) == 1


def test_kinds_narrow_and_keep_their_counts(client: Client) -> None:
    put_record(service("Podar"))
    put_record(unit("Onde podar"))
    links = {link.get_text(" ", strip=True): link["href"] for link in page(client, q="podar").select(".c-filters a")}
    assert set(links) == {"Tudo (2)", "Serviços (1)", "Unidades de atendimento (1)"}
    narrowed = BeautifulSoup(client.get(links["Serviços (1)"]).content, "html.parser")
    assert titles(narrowed) == ["Podar"]
    assert {link.get_text(" ", strip=True) for link in narrowed.select(".c-filters a")} == set(links)
    assert narrowed.select_one(".c-filters a[aria-current]").get_text(" ", strip=True) == "Serviços (1)"


def test_pages_are_links(client: Client) -> None:
    for number in range(SIZE + 1):
        put_record(service(f"Podar {number}"))
    first = page(client, q="podar")
    assert len(titles(first)) == SIZE
    assert not first.select(".c-pager [rel=prev]")
    second = BeautifulSoup(client.get(first.select_one(".c-pager [rel=next]")["href"]).content, "html.parser")
    assert len(titles(second)) == 1
    assert second.select_one(".c-result-list")["start"] == str(SIZE + 1)
    assert not second.select(".c-pager [rel=next]")
    assert titles(page(client, q="podar", page="3")) == []
    assert page(client, q="podar", page="3").select_one(".c-empty a")


def test_a_respelt_query_is_said(client: Client) -> None:
    put_record(service("Podar árvore"))
    assert "podar arvore" in page(client, q="podar avore").select_one(".c-corrected").get_text()
    assert not page(client, q="podar").select(".c-corrected")


@pytest.mark.parametrize("query", ["zzzqqq <i>", "de", "."])
def test_nothing_found_is_said_honestly(client: Client, query: str) -> None:
    put_record(service("Podar"))
    html = page(client, q=query)
    assert query in html.select_one(".c-empty").get_text()
    assert not html.select(".c-result")


@pytest.mark.parametrize(
    "parameters", [{"page": "x"}, {"page": "-1"}, {"page": "9" * 50}, {"kind": "nada"}, {"page": "²"}]
)
def test_what_an_address_should_not_hold_is_left_out(client: Client, parameters: dict[str, str]) -> None:
    put_record(service("Podar"))
    page(client, q="podar", **parameters)


def test_without_an_index_the_page_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args, **_how) -> None:
        raise EngineError("no disk")

    monkeypatch.setattr("search.views.search", fail)
    html = page(client, status=503, q="podar")
    assert html.select_one(".c-empty[role=alert]")
    assert "no disk" not in html.get_text()


def test_every_kind_has_a_name() -> None:
    assert set(KIND_NAMES) == set(KIND_LABELS) == set(KINDS)
