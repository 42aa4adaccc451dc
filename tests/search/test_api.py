"""``GET /api/v1/search``."""

import re

import pytest
from django.test import Client

from tests.records import district, put_record, ref, secretariat, service, topic, unit

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/search"


def ask(client: Client, **parameters: str) -> dict:
    response = client.get(ADDRESS, parameters)
    assert response.status_code == 200, response.content
    return response.json()


def titles(client: Client, **parameters: str) -> list[str]:
    return [result["title"] for result in ask(client, **parameters)["results"]]


def test_the_envelope(client: Client) -> None:
    record = service("Podar árvore", source_id="podar-1", summary="Corte de galhos.")
    put_record(record)
    assert ask(client, q="podr arvore") == {
        "total": 1,
        "next": None,
        "query": "podr arvore",
        "corrected": "podar arvore",
        "results": [
            {
                "id": record.id,
                "source_id": "podar-1",
                "kind": "service",
                "title": "Podar árvore",
                "summary": "Corte de galhos.",
                "url": "/servicos/podar-árvore/",
            }
        ],
    }


def test_the_engines_time_is_in_a_header(client: Client) -> None:
    put_record(service("Podar"))
    timing = client.get(ADDRESS, {"q": "podar"})["Server-Timing"]
    assert float(re.fullmatch(r"engine;dur=(\d+\.\d+)", timing)[1]) > 0


def test_pages_are_linked_and_keep_what_was_asked(client: Client) -> None:
    for number in range(5):
        put_record(service(f"Podar {number}"))
    seen, address = [], f"{ADDRESS}?q=podar&size=2&kind=service"
    while address:
        answer = client.get(address).json()
        assert answer["total"] == 5
        seen += [result["title"] for result in answer["results"]]
        address = answer["next"]
    assert seen == sorted(set(seen), key=seen.index)
    assert len(seen) == 5


def test_filters_take_ids_and_slugs(client: Client, django_assert_num_queries) -> None:
    # Its slug has the form of an id.
    body, theme, north = secretariat("Obras"), topic("Transporte"), district("Norte")
    for entry in (body, theme, north):
        put_record(entry)
    put_record(service("Podar", secretariat=ref(body), topics=[ref(theme)], area_served=[ref(north)]))
    put_record(service("Outro"))
    put_record(unit("Posto", secretariat=ref(body)))
    for name, entry in (("topic", theme), ("secretariat", body), ("district", north)):
        for value in (entry.id, entry.slug):
            assert titles(client, kind="service", **{name: value}) == ["Podar"], (name, value)
    assert titles(client, topic="desconhecido") == []
    assert titles(client, secretariat="obras", kind="unit") == ["Posto"]
    with django_assert_num_queries(1):
        titles(client, district="abcdefgh23")


@pytest.mark.parametrize("query", ["", "a" * 4000, '"', "🙂", "\x00", "a AND (b", "%", "' OR 1=1 --"])
def test_any_text_is_a_query(client: Client, query: str) -> None:
    put_record(service("Podar"))
    assert ask(client, q=query)["query"] == query


@pytest.mark.parametrize(
    "parameters",
    [
        {"page": "0"},
        {"size": "101"},
        {"size": "x"},
        {"kind": "alert"},
        {"kind": ""},
        {"topic": ""},
        {"topic": "\x00"},
        {"lang": "xx"},
        {"page": "10001"},
    ],
)
def test_a_wrong_parameter_is_a_problem(client: Client, parameters: dict[str, str]) -> None:
    response = client.get(ADDRESS, parameters)
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"


def test_language(client: Client) -> None:
    record = service("Podar árvore")
    put_record(record)
    put_record(service("Podar árbol", key=record.key, locale="es"))
    assert titles(client, q="podar") == ["Podar árvore"]
    assert titles(client, q="podar", lang="es") == ["Podar árbol"]
    assert titles(client, q="podar", lang="pt-BR") == ["Podar árvore"]
