"""Units as a map reads them."""

import json
from typing import Any

import pytest
from django.test import Client

from tests import records

pytestmark = pytest.mark.django_db
ADDRESS = "/unidades.geojson"
NORTH, HEALTH = records.district("Norte"), records.secretariat()


def a_unit(title: str, **given: Any) -> Any:
    at = {"latitude": "-14.8619", "longitude": "-40.8442"}
    return records.unit(title, **({"coordinates": at, "district": records.ref(NORTH)} | given))


@pytest.fixture
def units() -> Any:
    """Two on the map, and one that is nowhere."""
    for record in (NORTH, HEALTH):
        records.put_record(record)
    post = a_unit(
        "Posto <b>Norte</b>",
        type="Posto de saúde",
        address={"street": "Rua A", "number": "10", "postal_code": "45000000"},
        accessibility=["lift", "braille"],
    )
    records.put_record(post)
    records.put_record(a_unit("Coletoria", secretariat=None, district=None))
    records.put_record(a_unit("Sem lugar", coordinates=None))
    return post


def features(client: Client, **query: str) -> list[dict[str, Any]]:
    answer = client.get(ADDRESS, query)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/geo+json; charset=utf-8"
    body = json.loads(answer.content)
    assert body["type"] == "FeatureCollection"
    found: list[dict[str, Any]] = body["features"]
    return found


def test_a_unit_is_a_point_with_what_a_map_shows_of_it(
    client: Client, units: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        told = features(client)
    assert [feature["properties"]["title"] for feature in told] == ["Coletoria", "Posto <b>Norte</b>"]
    assert told[1] == {
        "type": "Feature",
        "id": units.id,
        "geometry": {"type": "Point", "coordinates": [-40.8442, -14.8619]},
        "properties": {
            "id": units.id,
            "title": "Posto <b>Norte</b>",
            "type": "Posto de saúde",
            "address": "Rua A, 10, CEP 45000-000",
            "url": client.get("/").wsgi_request.build_absolute_uri(units.url),
            "secretariat": HEALTH.title,
            "secretariat_id": HEALTH.id,
            "district": "Norte",
            "district_id": NORTH.id,
            "accessibility": ["lift", "braille"],
        },
    }
    assert told[0]["properties"]["district"] is None


def test_of_a_body_or_a_district(client: Client, units: Any) -> None:
    for query in ({"orgao": HEALTH.slug}, {"secretariat": HEALTH.id}, {"distrito": "norte"}, {"district": NORTH.id}):
        assert [feature["id"] for feature in features(client, **query)] == [units.id], query
    for query in ({"orgao": "nada"}, {"distrito": "\x00"}, {"orgao": "x" * 3_000}):
        assert client.get(ADDRESS, query).status_code == 404


def test_any_site_reads_it_and_what_has_not_changed_is_not_sent_again(
    client: Client, units: Any, django_assert_num_queries: Any
) -> None:
    for address in (ADDRESS, "/visitas.ics"):
        answer = client.get(address)
        assert "max-age=300" in answer["Cache-Control"]
        assert not answer.cookies
        with django_assert_num_queries(1):
            again = client.get(address, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again["ETag"]) == (304, answer["ETag"])
        head = client.head(address)
        assert (head.status_code, head.content, head["ETag"]) == (200, b"", answer["ETag"])
        options = client.options(address, headers={"Origin": "https://escola.example"})
        assert (options.status_code, options["Allow"]) == (204, "GET, HEAD, OPTIONS")
        for each in (answer, again, head, options):
            assert each["Access-Control-Allow-Origin"] == "*"
        assert client.post(address).status_code == 405
    records.put_record(records.service("Outro"))
    assert client.get(ADDRESS, headers={"If-None-Match": client.get("/es" + ADDRESS)["ETag"]}).status_code == 200
