"""Visits by week and district."""

from datetime import UTC, date, datetime, timedelta

import pytest

from services.record.unit import HoursException, Visit
from services.timing import timezone_of, week_of
from services.visiting import (
    districts_of,
    in_week,
    name_of_week,
    stops_of,
    week_after,
    week_before,
    week_named,
)
from tests import records
from tests.services.portal import MONDAY

ZONE = timezone_of(None)
IGUA, PRADOSO = records.district("Iguá"), records.district("Pradoso")


def visit(day: int, district: object = IGUA, *, hour: int = 11) -> Visit:
    starts = datetime(2026, 11, 1, hour, tzinfo=UTC) + timedelta(days=day - 1)
    return Visit(district=records.ref(district), starts=starts, ends=starts + timedelta(hours=4))


# A late visit begins on Sunday by the city's clock and on Monday by Greenwich's.
BUS = records.unit("Ônibus", visits=[visit(10), visit(24, PRADOSO), visit(26), visit(30, hour=1)])


def test_a_week_is_of_the_citys_days() -> None:
    found = in_week(stops_of([BUS]), date(2026, 11, 23), ZONE)
    assert [(day.date.day, [stop.visit.district.title for stop in day.stops]) for day in found] == [
        (24, ["Pradoso"]),
        (26, ["Iguá"]),
        (29, ["Iguá"]),
    ]


def test_weeks_without_visits_are_passed_over() -> None:
    stops = stops_of([BUS])
    assert week_before(stops, date(2026, 11, 23), ZONE) == date(2026, 11, 9)
    assert week_after(stops, date(2026, 11, 9), ZONE) == date(2026, 11, 23)
    assert week_after(stops, date(2026, 11, 23), ZONE) is None
    assert week_before(stops, date(2026, 11, 9), ZONE) is None


def test_of_one_district() -> None:
    assert [ref.title for ref in districts_of(stops_of([BUS]))] == ["Iguá", "Pradoso"]
    assert len(stops_of([BUS], district=PRADOSO.id)) == 1


def test_a_visit_that_ends_before_it_begins_is_none() -> None:
    wrong = Visit(starts=MONDAY, ends=MONDAY - timedelta(hours=1))
    assert stops_of([records.unit(visits=[wrong])]) == []


@pytest.mark.parametrize("name", ["", "2026-W60", "2026-W00", "0000-W01", "48", "2026-11-23", "x" * 900])
def test_what_names_no_week(name: str) -> None:
    assert week_named(name) is None


def test_a_week_has_a_name_and_is_found_by_it() -> None:
    assert name_of_week(date(2026, 11, 23)) == "2026-W48"
    assert week_named("2026-W48") == date(2026, 11, 23)


def test_a_units_week_has_its_exceptions_and_the_citys_holidays() -> None:
    unit = records.unit(
        hours=[{"days": ["mon", "tue", "wed"], "opens": "08:00", "closes": "14:00"}],
        hours_exceptions=[HoursException(starts=date(2026, 11, 24), ends=date(2026, 11, 24), message="Dedetização")],
    )
    city = records.city(calendar=[{"date": "2026-11-25", "name": "Padroeira", "type": "holiday"}])
    days = week_of(unit, city, MONDAY)
    assert [(day.day.day, len(day.times), day.reason, day.note) for day in days[:4]] == [
        (23, 1, "hours", ""),
        (24, 0, "exception", "Dedetização"),
        (25, 0, "holiday", "Padroeira"),
        (26, 0, "hours", ""),
    ]
    assert week_of(records.unit(), city, MONDAY) == []
