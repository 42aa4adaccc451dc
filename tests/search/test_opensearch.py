"""The search as a browser's own search field takes it."""

import json
from typing import Any

import pytest
from defusedxml import ElementTree
from django.test import Client

from search.engines.base import EngineError
from services.record import City
from tests import records
from tests.services.portal import entry

pytestmark = pytest.mark.django_db
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def described(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer["Content-Type"].startswith("application/opensearchdescription+xml")
    assert "max-age=86400" in answer["Cache-Control"]
    return ElementTree.fromstring(answer.content)


def test_a_browser_finds_the_search_and_its_suggestions_in_the_pages_language(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    city = records.put_record(entry(City, "city", "Vitória <da> Conquista"))
    html = client.get("/es/servicos/").content.decode()
    link = '<link rel="search" type="application/opensearchdescription+xml" title="Carta de Servicios" href="{}">'
    assert link.format("/es/opensearch.xml") in html
    with django_assert_max_num_queries(1):
        root = described(client, "/es/opensearch.xml")
    assert root.tag == f"{OPENSEARCH}OpenSearchDescription"
    assert root.findtext(f"{OPENSEARCH}Language") == "es"
    assert len(root.findtext(f"{OPENSEARCH}ShortName")) <= 16
    assert "Vitória <da> Conquista" in root.findtext(f"{OPENSEARCH}LongName")
    assert len(root.findtext(f"{OPENSEARCH}LongName")) <= 48
    urls = {url.get("type"): url.get("template") for url in root.iter(f"{OPENSEARCH}Url")}
    assert urls == {
        "text/html": "http://testserver/es/busca/?q={searchTerms}",
        "application/x-suggestions+json": "http://testserver/es/sugestoes.json?q={searchTerms}",
        "application/opensearchdescription+xml": "http://testserver/es/opensearch.xml",
    }
    records.remove_record(city)
    records.put_record(entry(City, "city", "Conquista"))
    names = described(client, "/opensearch.xml")
    assert names.findtext(f"{OPENSEARCH}ShortName") == "Conquista"
    assert names.findtext(f"{OPENSEARCH}Language") == "pt-BR"


def test_suggestions_are_the_portals_own(client: Client) -> None:
    iptu = records.service("Emitir a segunda via", acronym="IPTU", popular_names=["boleto da casa"])
    records.put_record(iptu)
    records.put_record(records.service("Podar árvore"))
    answer = client.get("/sugestoes.json", {"q": "boleto  da"})
    assert answer["Content-Type"] == "application/x-suggestions+json"
    address = "http://testserver/servicos/emitir-a-segunda-via/"
    assert json.loads(answer.content) == [
        "boleto da",
        ["Emitir a segunda via"],
        ["Serviço · boleto da casa"],
        [address],
    ]
    assert not answer.cookies
    again = client.get("/sugestoes.json", {"q": "boleto da"}, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    for typed in ("", "\x00", "zzzz", "'\"<>" * 400):
        assert json.loads(client.get("/sugestoes.json", {"q": typed}).content)[1:] == [[], [], []]
    assert client.head("/sugestoes.json", {"q": "boleto"}).status_code == 200
    assert client.post("/sugestoes.json").status_code == 405


def test_while_nothing_can_be_searched_nothing_is_suggested(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: Any, **_values: Any) -> None:
        raise EngineError

    monkeypatch.setattr("search.opensearch.suggest", fails)
    answer = client.get("/sugestoes.json", {"q": "iptu"})
    assert (answer.status_code, json.loads(answer.content)) == (503, ["iptu", [], [], []])
