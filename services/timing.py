"""What is true at a moment: a service's status, whether a unit is open, and when that changes next.

Pure: a record holds dates and never a present state, and everything here is read from those
dates at a moment that the caller passes in. Moments are aware; intervals hold their first
moment and not their last. Days and clock times are the city's (``City.timezone``).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from services.record import Alert, City, Entry, Form, Secretariat, Service, Unit
from services.record.city import ElectionPeriod, Holiday
from services.record.form import FormVersion
from services.record.service import Season, Suspension
from services.record.unit import HoursException, Visit, Weekday

WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DEFAULT_TIMEZONE = "America/Bahia"

# How far an opening is looked for: a repair of a building may last for months.
_HORIZON_DAYS = 400
# A unit that stays open this long has no closing worth telling.
_ALWAYS_OPEN_DAYS = 15


@dataclass(frozen=True)
class DayHours:
    """When a unit opens and closes on a day, in order; ``reason`` and ``note`` as of ``OpenState``."""

    day: date
    times: list[tuple[time, time]]
    reason: Literal["hours", "exception", "holiday", "optional"] = "hours"
    note: str = ""


class Given(Protocol):
    """What says when a service is given: its record, or as much of it."""

    @property
    def suspensions(self) -> list[Suspension]:
        """Times in which it is not given."""

    @property
    def seasons(self) -> list[Season]:
        """If there are any: the only times in which it is given."""


@dataclass(frozen=True)
class Status:
    """A service's status, since and until when (``None``: not known or for ever), and what the city says of it."""

    name: Literal["normal", "suspended", "out_of_season"]
    since: datetime | None = None
    until: datetime | None = None
    message: str = ""


@dataclass(frozen=True)
class OpenState:
    """Whether a unit attends: until when if it does, from when again if it does not.

    ``reason`` says what decides: its weekly hours, an exception, a holiday, a ponto facultativo,
    a visit of an itinerant unit; ``unknown`` if no hours are given. ``note`` is the holiday's name
    or the exception's message.
    """

    open: bool
    until: datetime | None = None
    next_opening: datetime | None = None
    reason: Literal["hours", "exception", "holiday", "optional", "visit", "unknown"] = "hours"
    note: str = ""


def timezone_of(city: City | None) -> ZoneInfo:
    """The city's time zone; the default one while no city is published."""
    return ZoneInfo(city.timezone if city else DEFAULT_TIMEZONE)


def status(record: Given, at: datetime) -> Status:
    """Whether a service is given: a suspension counts before a season.

    Suspensions that overlap or follow one another at once are told as one.
    """
    spans = [(s.starts, s.ends) for s in record.suspensions]
    span = _span_around(spans, at)
    if span:
        running = [s for s in record.suspensions if _within(s.starts, s.ends, at)]
        message = next((s.message for s in sorted(running, key=lambda s: s.starts, reverse=True) if s.message), "")
        return Status("suspended", span[0], span[1], message)
    if not record.seasons:
        return Status("normal")
    season = _span_around([(s.opens, s.closes) for s in record.seasons], at)
    if season:
        messages = (s.message for s in record.seasons if _within(s.opens, s.closes, at))
        return Status("normal", season[0], season[1], next((m for m in messages if m), ""))
    past = [s.closes for s in record.seasons if s.opens < s.closes <= at]
    coming = sorted((s for s in record.seasons if s.opens > at and s.closes > s.opens), key=lambda s: s.opens)
    return Status(
        "out_of_season",
        max(past) if past else None,
        coming[0].opens if coming else None,
        coming[0].message if coming else "",
    )


def open_now(unit: Unit, city: City | None, at: datetime) -> OpenState:
    """Whether a unit attends at a moment, by its hours, exceptions, visits and the city's calendar."""
    visiting = _span_around([(v.starts, v.ends) for v in unit.visits], at)
    if visiting:
        return OpenState(open=True, until=visiting[1], reason="visit")
    visits = sorted(v.starts for v in unit.visits if v.starts > at and v.ends > v.starts)
    if not unit.hours and not any(e.opens for e in unit.hours_exceptions):
        if unit.visits:
            return OpenState(open=False, next_opening=visits[0] if visits else None, reason="visit")
        return OpenState(open=False, reason="unknown")
    today = at.astimezone(timezone_of(city)).date()
    reason, note = _why(unit, city, today)
    current: tuple[datetime, datetime] | None = None
    for opens, closes in _merged(_openings(unit, city, today - timedelta(days=1))):
        if opens > at:
            first = min([opens, *visits[:1]])
            return OpenState(open=False, next_opening=first, reason=reason, note=note)
        if at < closes:
            current = (opens, closes)
            break
    if current is None:
        return OpenState(open=False, next_opening=visits[0] if visits else None, reason=reason, note=note)
    if reason in ("holiday", "optional"):
        # A night that began before the holiday runs to its end.
        reason, note = "hours", ""
    always = current[1] - current[0] > timedelta(days=_ALWAYS_OPEN_DAYS)
    return OpenState(open=True, until=None if always else current[1], reason=reason, note=note)


def week_of(unit: Unit, city: City | None, at: datetime) -> list[DayHours]:
    """The hours of seven days, from the day of a moment on; none if no hours are known."""
    if not unit.hours and not any(exception.opens for exception in unit.hours_exceptions):
        return []
    today = at.astimezone(timezone_of(city)).date()
    days = (today + timedelta(days=number) for number in range(len(WEEKDAYS)))
    return [DayHours(day, sorted(_clock_times(unit, city, day)), *_why(unit, city, day)) for day in days]


def in_force(alert: Alert, at: datetime) -> bool:
    """Whether an alert holds at a moment."""
    return _within(alert.starts, alert.ends, at)


def election_period(city: City | None, at: datetime) -> ElectionPeriod | None:
    """The election period that holds at a moment, from its first day to its last by the city's clock."""
    period = city.election_period if city else None
    if period is None:
        return None
    today = at.astimezone(timezone_of(city)).date()
    return period if period.starts <= today <= period.ends else None


def shown(alert: Alert, city: City | None, at: datetime) -> bool:
    """Whether an alert is told at a moment: it is in force, and promotes nothing in an election period."""
    return in_force(alert, at) and not (alert.level == "promotion" and election_period(city, at))


def upcoming_visits(unit: Unit, at: datetime) -> list[Visit]:
    """The visits that are not over, the next one first."""
    return sorted((v for v in unit.visits if v.ends > at), key=lambda v: (v.starts, v.ends))


def version_in_force(form: Form, city: City | None, at: datetime) -> FormVersion | None:
    """The version of a form that holds on the day of a moment; the newest first day decides."""
    today = at.astimezone(timezone_of(city)).date()
    return max((v for v in form.versions if v.valid_from <= today), key=lambda v: v.valid_from, default=None)


def changes_at(records: Iterable[Entry], at: datetime) -> datetime | None:
    """The next moment at which anything that is told of these records changes without being published again.

    The city, if it is among the records, gives calendar and time zone. Hours are told with words
    such as "today", so units change at midnight too.
    """
    every = list(records)
    city = next((record for record in every if isinstance(record, City)), None)
    moments = [moment for record in every for moment in _boundaries(record, city, at)]
    return min((moment for moment in moments if moment > at), default=None)


def _boundaries(record: Entry, city: City | None, at: datetime) -> list[datetime]:
    """Moments, past ones among them, at which what is told of a record changes."""
    moments: list[datetime | None] = []
    if isinstance(record, Service):
        moments = [moment for s in record.suspensions for moment in (s.starts, s.ends)]
        moments += [moment for s in record.seasons for moment in (s.opens, s.closes)]
    elif isinstance(record, Alert):
        moments = [record.starts, record.ends]
    elif isinstance(record, Unit):
        moments = _unit_boundaries(record, city, at)
    elif isinstance(record, Form):
        moments = [_midnight(version.valid_from, timezone_of(city)) for version in record.versions]
    elif isinstance(record, City) and record.election_period:
        period = record.election_period
        moments = [_midnight(day, timezone_of(record)) for day in (period.starts, period.ends + timedelta(days=1))]
    elif isinstance(record, Secretariat):
        days = [record.valid_from, record.valid_until and record.valid_until + timedelta(days=1)]
        moments = [_midnight(day, timezone_of(city)) for day in days if day]
    return [moment for moment in moments if moment]


def _unit_boundaries(unit: Unit, city: City | None, at: datetime) -> list[datetime | None]:
    if not (unit.hours or unit.hours_exceptions or unit.visits):
        return []
    zone = timezone_of(city)
    state = open_now(unit, city, at)
    tomorrow = at.astimezone(zone).date() + timedelta(days=1)
    visits = [moment for visit in unit.visits for moment in (visit.starts, visit.ends)]
    return [*visits, state.until, state.next_opening, _midnight(tomorrow, zone)]


def _within(starts: datetime, ends: datetime | None, at: datetime) -> bool:
    return starts <= at and (ends is None or at < ends)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def _span_around(
    spans: Iterable[tuple[datetime, datetime | None]], at: datetime
) -> tuple[datetime, datetime | None] | None:
    """The one unbroken time around a moment that spans make together, if one holds it."""
    real = sorted(((start, end) for start, end in spans if end is None or end > start), key=lambda span: span[0])
    joined: list[tuple[datetime, datetime | None]] = []
    for start, end in real:
        if joined and (joined[-1][1] is None or start <= joined[-1][1]):
            before = joined[-1][1]
            joined[-1] = (joined[-1][0], None if before is None or end is None else max(before, end))
        else:
            joined.append((start, end))
    return next((span for span in joined if _within(span[0], span[1], at)), None)


def _exception_on(unit: Unit, day: date) -> HoursException | None:
    """The exception of a day: of several, the one that covers the fewest days."""
    found = [e for e in unit.hours_exceptions if e.starts <= day <= e.ends]
    return min(found, key=lambda e: e.ends - e.starts, default=None)


def holiday_on(city: City | None, unit: Unit, day: date) -> Holiday | None:
    """The holiday or ponto facultativo that holds at a unit on a day, a holiday before the other."""
    found = [
        holiday
        for holiday in (city.calendar if city else [])
        if holiday.date == day and (not holiday.districts or unit.district in holiday.districts)
    ]
    return min(found, key=lambda holiday: holiday.type != "holiday", default=None)


def working_days(city: City | None, starts: date, ends: date) -> int:
    """How many days the city works after the first day, until the last, included: weekends and its holidays apart.

    A holiday of some districts only is a working day of the city hall.
    """
    off = {holiday.date for holiday in (city.calendar if city else []) if not holiday.districts}
    days = (starts + timedelta(days=n) for n in range(1, (ends - starts).days + 1))
    return sum(day.weekday() < 5 and day not in off for day in days)


def _why(unit: Unit, city: City | None, day: date) -> tuple[Literal["hours", "exception", "holiday", "optional"], str]:
    exception = _exception_on(unit, day)
    if exception:
        return "exception", exception.message
    holiday = None if unit.open_on_holidays else holiday_on(city, unit, day)
    return (holiday.type, holiday.name) if holiday else ("hours", "")


def _clock_times(unit: Unit, city: City | None, day: date) -> list[tuple[time, time]]:
    """Opening and closing times of a day; an exception counts before a holiday."""
    exception = _exception_on(unit, day)
    if exception and exception.closed:
        return []
    if exception and exception.opens is not None and exception.closes is not None:
        return [(exception.opens, exception.closes)]
    if not exception and not unit.open_on_holidays and holiday_on(city, unit, day):
        return []
    weekday = WEEKDAYS[day.weekday()]
    return [(hours.opens, hours.closes) for hours in unit.hours if weekday in hours.days]


def _openings(unit: Unit, city: City | None, first: date) -> Iterator[tuple[datetime, datetime]]:
    """Opening times of the days from ``first`` on, in their order; one past midnight belongs to its first day."""
    zone = timezone_of(city)
    for offset in range(_HORIZON_DAYS):
        day = first + timedelta(days=offset)
        for opens, closes in sorted(_clock_times(unit, city, day)):
            last = day + timedelta(days=1) if closes <= opens else day
            yield (
                datetime.combine(day, opens, tzinfo=zone).astimezone(UTC),
                datetime.combine(last, closes, tzinfo=zone).astimezone(UTC),
            )


def _merged(openings: Iterable[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    """Openings, those joined that overlap or meet, each cut where it has lasted long enough to be endless."""
    current: tuple[datetime, datetime] | None = None
    for opens, closes in openings:
        if current is None:
            current = (opens, closes)
        elif opens <= current[1]:
            current = (current[0], max(current[1], closes))
            if current[1] - current[0] > timedelta(days=_ALWAYS_OPEN_DAYS):
                yield current
                return
        else:
            yield current
            current = (opens, closes)
    if current:
        yield current
