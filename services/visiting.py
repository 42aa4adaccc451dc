"""The visits of itinerant units as people ask for them: which week, which district. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from itertools import groupby

from services.record import Ref, Unit
from services.record.unit import Visit

_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_WHOLE_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Stop:
    """A visit and the unit that makes it."""

    unit: Unit
    visit: Visit


@dataclass(frozen=True)
class Day:
    """A day and what stops on it, in order."""

    date: date
    stops: list[Stop]


def stops_of(units: Iterable[Unit], *, district: str = "") -> list[Stop]:
    """Every visit of these units, or those to the district of an id, the earliest first."""
    found = [
        Stop(unit, visit)
        for unit in units
        for visit in unit.visits
        if visit.ends > visit.starts
        and (not district or (visit.district is not None and visit.district.id == district))
    ]
    return sorted(found, key=lambda stop: (stop.visit.starts, stop.visit.ends, stop.unit.title))


def districts_of(stops: Iterable[Stop]) -> list[Ref]:
    """The districts that are visited, by name."""
    found = {stop.visit.district.id: stop.visit.district for stop in stops if stop.visit.district}
    return sorted(found.values(), key=lambda ref: ref.title.casefold())


def week_named(name: str) -> date | None:
    """The Monday of ``2026-W49`` (ISO 8601); ``None`` for what names no week."""
    parts = _WEEK.fullmatch(name)
    if parts is None:
        return None
    try:
        return date.fromisocalendar(int(parts[1]), int(parts[2]), 1)
    except ValueError:
        return None


def name_of_week(monday: date) -> str:
    """``2026-W49``."""
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02d}"


def monday_of(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def in_week(stops: Sequence[Stop], monday: date, zone: tzinfo) -> list[Day]:
    """What stops in a week, by the day on which it begins there."""
    those = [stop for stop in stops if monday <= _day_of(stop, zone) < monday + _WHOLE_WEEK]
    return [Day(day, list(each)) for day, each in groupby(those, key=lambda stop: _day_of(stop, zone))]


def week_before(stops: Sequence[Stop], monday: date, zone: tzinfo) -> date | None:
    """The last week before one in which there are stops."""
    return next((monday_of(day) for stop in reversed(stops) if (day := _day_of(stop, zone)) < monday), None)


def week_after(stops: Sequence[Stop], monday: date, zone: tzinfo) -> date | None:
    """The first week after one in which there are stops."""
    end = monday + _WHOLE_WEEK
    return next((monday_of(day) for stop in stops if (day := _day_of(stop, zone)) >= end), None)


def _day_of(stop: Stop, zone: tzinfo) -> date:
    return stop.visit.starts.astimezone(zone).date()
