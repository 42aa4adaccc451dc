"""The results page."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from search.document import KINDS
from search.engines.base import EngineError
from search.kinds import KIND_LABELS, KIND_NAMES
from search.views import SIZE
from services.record import City
from tests.records import district, put_record, ref, secretariat, service, topic, unit
from tests.services.portal import entry

pytestmark = pytest.mark.django_db
PHONE = [{"title": "Pedir", "channels": {"default": [{"type": "phone"}]}}]


def page(client: Client, status: int = 200, **parameters: str | list[str]) -> BeautifulSoup:
    return read(client, f"{reverse('conecta_search:results')}", status, parameters)


def read(client: Client, address: str, status: int = 200, parameters: dict | None = None) -> BeautifulSoup:
    response = client.get(address, parameters)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def titles(html: BeautifulSoup, within: str = ".c-results__list > .c-result-list") -> list[str]:
    return [link.get_text() for link in html.select(f"{within} .c-result__title a")]


def test_results_lead_to_the_entries_and_say_why_they_were_found(client: Client) -> None:
    put_record(service("Podar árvore", summary="Corte de <galhos> e podas.", free=True))
    html = page(client, q="poda de arvores")
    assert titles(html) == ["Podar árvore"]
    assert html.select_one(".c-result__title a")["href"] == "/servicos/podar-árvore/"
    assert html.select_one(".c-result__extract").get_text() == "Corte de <galhos> e podas."
    assert [mark.get_text() for mark in html.select(".c-result mark")] == ["Podar", "árvore", "podas"]
    assert html.select_one(".c-result__answer").get_text() == "Grátis"
    assert html.select_one(".c-total").get_text() == "1 resultado"


def test_the_form_is_a_search_form_that_keeps_the_query_and_nothing_else(client: Client) -> None:
    put_record(service("Podar"))
    html = page(client, q='podar "x" <b>', kind="service")
    forms = html.select("main form[role=search]")
    assert len(forms) == 1
    field = forms[0].select_one("input[name=q]")
    assert field["value"] == 'podar "x" <b>'
    assert field["type"] == "search"
    assert forms[0].select_one(f"label[for={field['id']}]")
    assert forms[0]["method"] == "get"
    assert forms[0]["data-suggest"] == "/api/v1/suggest?lang=pt-br&q="
    assert not forms[0].select("input[type=hidden]")
    assert len(html.select("#busca")) == 1


def test_facets_are_a_form_that_keeps_what_was_asked(client: Client) -> None:
    trees = topic("Árvores")
    put_record(trees)
    put_record(secretariat())
    put_record(service("Podar", topics=[ref(trees)], steps=PHONE))
    put_record(service("Podar cerca"))
    put_record(unit("Onde podar"))
    html = page(client, q="podar", kind=["service", "unit"], sort="title")
    form = html.select_one(".c-facets form")
    kept = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    assert kept == {"q": "podar", "sort": "title"}
    # The body is the same of all, so that it narrows nothing.
    assert {label.get_text(" ", strip=True): label.input.has_attr("checked") for label in form.select("label")} == {
        "Serviços (2)": True,
        "Unidades de atendimento (1)": True,
        "Árvores (1)": False,
        "Por telefone ou WhatsApp (1)": False,
        "Também por telefone ou internet (1)": False,
    }
    tags = {tag.get_text(" ", strip=True): tag["href"] for tag in html.select(".c-chosen a")}
    assert list(tags) == [
        "Tirar o filtro Tipo: Serviços ×",
        "Tirar o filtro Tipo: Unidades de atendimento ×",
        "Tirar todos",
    ]
    assert titles(read(client, tags["Tirar o filtro Tipo: Serviços ×"])) == ["Onde podar"]
    assert len(titles(read(client, tags["Tirar todos"]))) == 3


def test_results_come_in_another_order(client: Client) -> None:
    for title in ("Podar cerca", "Árvore para podar", "Podar"):
        put_record(service(title))
    html = page(client, q="podar")
    assert html.select_one(".c-sorts [aria-current]").get_text() == "Mais úteis"
    orders = {link.get_text(): link["href"] for link in html.select(".c-sorts a")}
    assert titles(read(client, orders["De A a Z"])) == ["Árvore para podar", "Podar", "Podar cerca"]
    assert titles(read(client, orders["Mais recentes"])) == ["Podar", "Árvore para podar", "Podar cerca"]


def test_pages_are_links(client: Client) -> None:
    for number in range(SIZE + 1):
        put_record(service(f"Podar {number}"))
    first = page(client, q="podar", kind="service")
    assert len(titles(first)) == SIZE
    assert not first.select(".c-pager [rel=prev]")
    second = read(client, first.select_one(".c-pager [rel=next]")["href"])
    assert len(titles(second)) == 1
    assert second.select_one(".c-result-list")["start"] == str(SIZE + 1)
    assert not second.select(".c-pager [rel=next]")
    assert titles(page(client, q="podar", page="3")) == []
    assert len(titles(read(client, page(client, q="podar", page="3").select_one(".c-empty a")["href"]))) == SIZE


def test_a_misspelt_query_is_understood_and_may_be_searched_as_it_was_typed(client: Client) -> None:
    put_record(service("Podar árvore"))
    put_record(service("Podar cerca"))
    said = page(client, q="podar avore").select_one(".c-corrected")
    assert "Você quis dizer podar árvore?" in said.get_text()
    assert said.select_one(".c-count").get_text() == "(2)"
    exactly = read(client, said.a["href"])
    assert "exatamente “podar avore”" in exactly.select_one(".c-corrected").get_text()
    assert exactly.select("mark")[-1].get_text() == "Podar"
    assert "Você quis dizer" in read(client, exactly.select_one(".c-corrected a")["href"]).get_text()
    assert not page(client, q="podar").select(".c-corrected")


def test_where_nothing_is_found_as_typed_the_page_says_so(client: Client) -> None:
    put_record(service("Fazer matrícula"))
    html = page(client, q="matricla")
    assert titles(html) == ["Fazer matrícula"]
    said = html.select_one(".c-corrected")
    assert "Nada foi encontrado para “matricla”. Você quis dizer matrícula?" in said.get_text()
    assert page(client, q="matricla", exact="1").select_one(".c-empty")


def test_where_nothing_is_found_the_page_helps(client: Client) -> None:
    for theme in (topic("Saúde", order=1), topic("Educação", keywords=["escola"], order=2)):
        put_record(theme)
    manifestation = {"text": "<p>Fale com a <strong>Ouvidoria</strong></p>", "origin": "city"}
    contacts = [{"type": "phone", "value": "162"}, {"type": "website", "value": "https://prefeitura.example"}]
    put_record(entry(City, "city", "Cidade", contacts=contacts, standards={"manifestation": manifestation}))
    html = page(client, q="escolaridade <i>")
    assert "escolaridade <i>" in html.select_one(".c-empty").get_text()
    assert [link.get_text() for link in html.select(".c-tags a")] == ["Educação"]
    assert [link.get_text() for link in page(client, q="zzz").select(".c-tags a")] == ["Saúde", "Educação"]
    assert html.select_one("main .c-contacts a")["href"] == "tel:162"
    assert html.select_one("main .c-details strong").get_text() == "Ouvidoria"
    put_record(service("Podar"))
    narrowed = page(client, q="podar", free="true").select_one(".c-empty")
    assert titles(read(client, narrowed.a["href"])) == ["Podar"]


def test_a_suspended_service_is_said_to_be(client: Client) -> None:
    yesterday, later = (timezone.now() + timedelta(days) for days in (-1, 9))
    put_record(service("Podar", suspensions=[{"starts": yesterday, "ends": later}]))
    put_record(service("Podar cerca", seasons=[{"opens": yesterday, "closes": later}]))
    put_record(service("Podar mato", suspensions=[{"starts": later}]))
    said = [badge.get_text() for badge in page(client, q="podar").select(".c-badge")]
    until = f"{later - timedelta(hours=3):%d/%m/%Y}"
    assert said == [f"Suspenso até {until}", f"Aberto até {until}"]


def test_beside_what_is_given_in_a_place_stands_what_is_done_from_home(client: Client) -> None:
    north = district("Norte")
    put_record(north)
    put_record(service("Podar aqui", area_served=[ref(north)]))
    put_record(service("Podar por telefone", steps=PHONE))
    put_record(service("Podar no centro"))
    html = page(client, q="podar", district=north.id)
    assert titles(html) == ["Podar aqui"]
    assert titles(html, within=".c-apart") == ["Podar por telefone"]
    assert not page(client, q="podar").select(".c-apart")
    both = page(client, q="podar", district=[north.id, "remote"])
    assert titles(both) == ["Podar aqui", "Podar por telefone"]
    assert not both.select(".c-apart")


def test_a_page_takes_one_query_and_sometimes_the_citys_identity(client: Client, django_assert_max_num_queries) -> None:
    put_record(secretariat())
    put_record(service("Podar"))
    page(client, q="podar")
    with django_assert_max_num_queries(2):
        page(client, q="podar", kind="service")


@pytest.mark.parametrize(
    "parameters",
    [
        {"page": "x"},
        {"page": "-1"},
        {"page": "9" * 50},
        {"page": "²"},
        {"kind": "nada"},
        {"sort": "nada"},
        {"exact": "nada"},
        {"topic": "\x00"},
        {"district": ["não é", "a" * 5000]},
        {"free": "talvez"},
    ],
)
def test_what_an_address_should_not_hold_is_left_out(client: Client, parameters: dict[str, str]) -> None:
    put_record(service("Podar"))
    assert titles(page(client, q="podar", **parameters)) == ["Podar"]


def test_without_an_index_the_page_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args, **_how) -> None:
        raise EngineError("no disk")

    monkeypatch.setattr("search.views.search", fail)
    html = page(client, status=503, q="podar")
    assert html.select_one(".c-empty[role=alert]")
    assert "no disk" not in html.get_text()


def test_every_kind_has_a_name() -> None:
    assert set(KIND_NAMES) == set(KIND_LABELS) == set(KINDS)


@pytest.mark.parametrize("query", ["zzzqqq <i>", "de", "."])
def test_nothing_found_is_said_honestly(client: Client, query: str) -> None:
    put_record(service("Podar"))
    html = page(client, q=query)
    assert query in html.select_one(".c-empty").get_text()
    assert not html.select(".c-result")
