"""``GET /api/v1/search``."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from services.models.published import LAST_SEEN
from tests.records import district, put_record, ref, secretariat, service, topic, unit

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/search"


def ask(client: Client, **parameters: str | list[str]) -> dict:
    response = client.get(ADDRESS, parameters)
    assert response.status_code == 200, response.content
    return response.json()


def titles(client: Client, **parameters: str | list[str]) -> list[str]:
    return [result["title"] for result in ask(client, **parameters)["results"]]


def test_the_envelope(client: Client) -> None:
    record = service("Podar árvore", source_id="podar-1", summary="Corte de galhos.")
    put_record(record)
    assert ask(client, q="podr arvore") == {
        "total": 1,
        "next": None,
        "query": "podr arvore",
        "corrected": "podar árvore",
        "degraded": False,
        "results": [
            {
                "id": record.id,
                "source_id": "podar-1",
                "kind": "service",
                "title": "Podar árvore",
                "summary": "Corte de galhos.",
                "url": "/servicos/podar-árvore/",
                "answer": [],
            }
        ],
        "facets": {},
    }


def test_a_result_says_why_it_was_found_what_it_asks_of_one_and_whether_it_is_given(client: Client) -> None:
    yesterday, tomorrow = (timezone.now() + timedelta(days) for days in (-1, 1))
    given = service(
        "Podar árvore",
        summary="Corte de galhos de árvores.",
        free=True,
        suspensions=[{"starts": yesterday, "ends": tomorrow, "message": "Chuva"}],
    )
    put_record(given)
    (result,) = ask(client, q="arvore da galho", extract="true")["results"]
    assert result["extract"] == [
        {"text": "Corte de "},
        {"text": "galhos", "found": True},
        {"text": " de "},
        {"text": "árvores", "found": True},
        {"text": "."},
    ]
    assert result["answer"] == ["grátis"]
    assert (result["status"]["name"], result["status"]["message"]) == ("suspended", "Chuva")
    assert result["status"]["until"] == tomorrow.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_facets_are_counted_and_called_by_their_names(client: Client, django_assert_num_queries) -> None:
    trees, works, north = topic("Árvores"), secretariat("Obras"), district("Norte")
    for entry in (trees, works, north):
        put_record(entry)
    asking = [{"title": "Pedir", "channels": {"default": [{"type": "phone"}]}}]
    put_record(service("Podar", topics=[ref(trees)], secretariat=ref(works), area_served=[ref(north)], free=True))
    put_record(service("Podar cerca", topics=[ref(trees)], steps=asking))
    every = ["kind", "topic", "secretariat", "district", "channel", "free", "rating"]
    counted = ask(client, q="podar", facets=every)["facets"]
    assert {name: [(value["label"], value["count"]) for value in values] for name, values in counted.items()} == {
        "kind": [("Serviços", 2)],
        "topic": [("Árvores", 2)],
        "secretariat": [("Obras", 1)],
        "district": [("Norte", 1), ("Também por telefone ou internet", 1)],
        "channel": [("Por telefone ou WhatsApp", 1)],
        "free": [("Grátis", 1)],
        "rating": [],
    }
    for name, values in counted.items():
        for value in values:
            found = ask(client, q="podar", kind="service", **({} if name == "kind" else {name: value["value"]}))
            assert found["total"] == value["count"], (name, value)
    assert titles(client, q="podar", district=["norte", "remote"]) == ["Podar", "Podar cerca"]
    assert titles(client, q="podar", channel=["online", "phone"], free="true") == []
    LAST_SEEN.forget()
    with django_assert_num_queries(2):
        ask(client, q="podar", topic=["arvores"], district=["norte", "sul"], facets=every)


def test_a_facet_is_called_what_its_entry_is_called_now(client: Client) -> None:
    trees = topic("Árvores")

    def called(**parameters: str) -> list[str]:
        return [value["label"] for value in ask(client, facets="topic", **parameters)["facets"]["topic"]]

    put_record(trees)
    put_record(service("Podar", topics=[ref(trees)]))
    assert called() == ["Árvores"]
    put_record(trees.model_copy(update={"title": "Verde"}))
    assert called() == ["Verde"]
    put_record(service("Podar", topics=[ref(trees)], locale="es"))
    assert called(lang="es") == ["Verde"]
    put_record(trees.model_copy(update={"title": "Zonas verdes", "locale": "es"}))
    assert called(lang="es") == ["Zonas verdes"]


def test_order(client: Client) -> None:
    for title in ("Podar cerca", "Árvore para podar", "Podar"):
        put_record(service(title))
    assert titles(client, q="podar")[0] == "Podar"
    assert titles(client, q="podar", sort="title") == ["Árvore para podar", "Podar", "Podar cerca"]
    assert titles(client, q="podar", sort="updated") == ["Podar", "Árvore para podar", "Podar cerca"]


def test_exactly_what_was_typed(client: Client) -> None:
    put_record(service("Podar árvore"))
    assert titles(client, q="arvre") == ["Podar árvore"]
    asked = ask(client, q="arvre", exact="true")
    assert (asked["total"], asked["corrected"]) == (0, "")


def test_suggestions(client: Client) -> None:
    put_record(service("Emitir a segunda via do IPTU", acronym="IPTU", popular_names=["boleto da casa"]))
    put_record(service("Pedir isenção de IPTU"))
    put_record(topic("Impostos"))

    def suggested(typed: str, **how: str) -> list[tuple[str, str]]:
        response = client.get("/api/v1/suggest", {"q": typed, **how})
        assert response.status_code == 200, response.content
        assert response.json()["query"] == typed
        return [(each["title"], each["name"]) for each in response.json()["results"]]

    assert suggested("iptu") == [("Emitir a segunda via do IPTU", ""), ("Pedir isenção de IPTU", "")]
    assert suggested("IPTU", limit="1") == [("Emitir a segunda via do IPTU", "")]
    assert suggested("boleto") == [("Emitir a segunda via do IPTU", "boleto da casa")]
    assert suggested("isencao de i") == [("Pedir isenção de IPTU", "")]
    assert suggested("imp") == [("Impostos", "")]
    assert suggested("") == suggested("zzz") == suggested("\x00") == []
    for typed in ("segunda", "segunda v", "segunda via", "2 v", "2ª via d"):
        assert suggested(typed) == [("Emitir a segunda via do IPTU", "")], typed
    for wrong in ({"limit": "0"}, {"limit": "21"}, {"lang": "xx"}, {"query": "iptu"}):
        assert client.get("/api/v1/suggest", wrong).status_code == 422


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
    LAST_SEEN.forget()
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
        {"sort": "date"},
        {"facets": "colour"},
        {"free": "maybe"},
        {"channel": "pigeon"},
        {"rating": "6"},
        {"colour": "red"},
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
