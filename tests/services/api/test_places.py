"""Where and when people are attended: near a point, open now, and on visits."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from services.api.places import distance
from services.record import Unit
from tests.records import city, district, put_record, ref, service, unit
from tests.services.api.asking import get

pytestmark = pytest.mark.django_db

#: A Monday.
MORNING = datetime.fromisoformat("2026-03-02T10:00:00-03:00")
WEEK = [{"days": ["mon", "tue", "wed", "thu", "fri"], "opens": "08:00", "closes": "17:00"}]


@pytest.fixture(autouse=True)
def _on_a_monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MORNING)


def at(latitude: str, longitude: str, **overrides: Any) -> dict[str, Any]:
    return {"coordinates": {"latitude": latitude, "longitude": longitude}} | overrides


@pytest.fixture
def units() -> list[Unit]:
    """Three places: one near that is closed, one farther that is open, one of which nobody knows where it is."""
    village = district("Inhobim")
    found = [
        unit("Perto", **at("-14.8600", "-40.8400", hours=[{"days": ["sun"], "opens": "08:00", "closes": "12:00"}])),
        unit("Longe", **at("-15.3400", "-40.9300", hours=WEEK, district=ref(village))),
        unit("Sem lugar", hours=WEEK),
    ]
    for record in (city(), village, *found):
        put_record(record)
    return found


@pytest.mark.usefixtures("units")
def test_the_nearest_comes_first_and_says_whether_it_attends(client: Client) -> None:
    answer = get(client, "/nearest-units", latitude=-14.8610, longitude=-40.8400)
    assert [each["unit"]["title"] for each in answer["results"]] == ["Perto", "Longe", "Sem lugar"]
    near, far, nowhere = answer["results"]
    assert near["distance"] == pytest.approx(111, abs=2), "a thousandth of a degree of latitude"
    assert far["distance"] == pytest.approx(54_100, rel=0.02)
    assert "distance" not in nowhere
    assert (near["open"], far["open"]) == (False, True)
    assert near["next_opening"] == "2026-03-08T11:00:00Z"
    assert far["until"] == "2026-03-02T20:00:00Z"


@pytest.mark.usefixtures("units")
def test_only_what_is_open_now(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = get(client, "/nearest-units", open_now="true")
    assert [each["unit"]["title"] for each in answer["results"]] == ["Longe", "Sem lugar"]
    monkeypatch.setattr(timezone, "now", lambda: MORNING.replace(hour=18))
    assert get(client, "/nearest-units", open_now="true")["total"] == 0


def test_a_holiday_of_the_city_closes(client: Client, units: list[Unit]) -> None:
    put_record(city(calendar=[{"date": "2026-03-02", "name": "Aniversário da cidade"}]))
    answer = get(client, "/nearest-units", district=ref(units[1]).id)
    assert answer["total"] == 0, "a unit is no district"
    (far,) = get(client, "/nearest-units", district="inhobim")["results"]
    assert (far["open"], far["reason"], far["note"]) == (False, "holiday", "Aniversário da cidade")


@pytest.mark.usefixtures("units")
def test_a_persons_place_is_in_no_shared_cache(client: Client) -> None:
    there = client.get("/api/v1/nearest-units", {"latitude": "-14.8", "longitude": "-40.8"})
    assert there["Cache-Control"] == "private, no-store"
    nowhere = client.get("/api/v1/nearest-units")
    assert nowhere["Cache-Control"].startswith("public, max-age=0, s-maxage=60")


@pytest.mark.usefixtures("units")
def test_an_answer_lasts_until_somebody_opens_or_closes(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MORNING.replace(hour=16, minute=59, second=50))
    first = client.get("/api/v1/nearest-units")
    assert "s-maxage=10," in first["Cache-Control"]
    assert client.get("/api/v1/nearest-units", headers={"If-None-Match": first["ETag"]}).status_code == 304
    monkeypatch.setattr(timezone, "now", lambda: MORNING.replace(hour=17))
    assert client.get("/api/v1/nearest-units", headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    "parameters",
    [
        {"latitude": 1},
        {"longitude": 1},
        {"latitude": 91, "longitude": 0},
        {"latitude": "nan", "longitude": 0},
        {"latitude": "inf", "longitude": 0},
        {"latitude": "norte", "longitude": 0},
    ],
)
def test_what_is_no_point_is_refused(client: Client, parameters: dict[str, Any]) -> None:
    get(client, "/nearest-units", 422, **parameters)


def test_units_of_a_service_in_pages(client: Client, units: list[Unit]) -> None:
    put_record(service(units=[ref(units[0]), ref(units[1])]))
    first = get(client, "/nearest-units", service="marcar-consulta", size=1, latitude=-14, longitude=-40)
    assert (first["total"], first["results"][0]["unit"]["title"]) == (2, "Perto")
    second = client.get(first["next"]).json()
    assert (second["results"][0]["unit"]["title"], second["next"]) == ("Longe", None)


def test_visits_that_are_not_over_the_next_one_first(client: Client, django_assert_max_num_queries: Any) -> None:
    village, other, dentist = district("Inhobim"), district("Pradoso"), service("Ir ao dentista")
    bus = unit(
        "Ônibus da Saúde",
        itinerant=True,
        visits=[
            visit("2026-03-01", ref(village)),
            visit("2026-03-09", ref(village), place="Praça", services=[ref(dentist)], note="Leve o cartão."),
            visit("2026-03-05", ref(other)),
        ],
    )
    for record in (village, other, dentist, bus):
        put_record(record)
    with django_assert_max_num_queries(1):
        answer = get(client, "/visits")
    assert [each["district"]["title"] for each in answer["results"]] == ["Pradoso", "Inhobim"]
    (there,) = get(client, "/visits", district="inhobim")["results"]
    assert there == {
        "unit": {"kind": "unit", "id": bus.id, "title": bus.title, "url": bus.url},
        "district": {"kind": "district", "id": village.id, "title": "Inhobim", "url": village.url},
        "place": "Praça",
        "starts": "2026-03-09T11:00:00Z",
        "ends": "2026-03-09T15:00:00Z",
        "services": [{"kind": "service", "id": dentist.id, "title": dentist.title, "url": dentist.url}],
        "note": "Leve o cartão.",
    }


def visit(day: str, where: Any, **more: Any) -> dict[str, Any]:
    return {"district": where, "starts": f"{day}T08:00:00-03:00", "ends": f"{day}T12:00:00-03:00", **more}


def test_distance_along_a_great_circle() -> None:
    """A quarter of the way round the earth, and nothing from a place to itself."""
    pole, equator = unit(**at("90", "0")), unit(**at("0", "90"))
    assert distance((0.0, 0.0), pole) == pytest.approx(10_007_557, abs=2)
    assert distance((0.0, 0.0), equator) == pytest.approx(10_007_557, abs=2)
    assert distance((0.0, 90.0), equator) == 0
