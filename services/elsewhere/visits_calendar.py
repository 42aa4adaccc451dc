"""The dated visits of itinerant units as a calendar (RFC 5545, RFC 7986). What is called off is no longer in it.

A visit is known by its unit and the moment at which it begins, for a unit is in one place at a time: whoever
subscribed sees another place or end as the same event, changed, and another beginning as another event.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from services.record import Ref, Unit
from services.record.unit import Visit

# Loaded where it is used: most web processes never write a calendar.
if TYPE_CHECKING:
    from icalendar import Event

#: Visits that are over stay this long, so that a calendar does not lose last week.
KEPT = timedelta(days=30)
#: How often a calendar should ask again.
_REFRESH = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class PublishedUnit:
    """A unit, its place in the log and when it changed."""

    unit: Unit
    sequence: int
    changed_at: datetime


def kept_since(at: datetime) -> date:
    """The first day of which visits are told."""
    return (at.astimezone(UTC) - KEPT).date()


def visits_calendar(
    units: Iterable[PublishedUnit],
    *,
    zone: ZoneInfo,
    since: date,
    district: Ref | None,
    name: str,
    absolute: Callable[[str], str],
) -> bytes:
    """The calendar of these units' visits, or of those to one district. ``absolute`` makes a path an address."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Conecta//Atendimento itinerante//PT")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    # What calendars understood before RFC 7986.
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    for published in units:
        for event in _events(published, zone, since, district, absolute):
            calendar.add_component(event)
    # A visit may have begun before the first day of which is told.
    calendar.add_missing_timezones(first_date=since - timedelta(days=366))
    return bytes(calendar.to_ical())


def _events(
    published: PublishedUnit, zone: ZoneInfo, since: date, district: Ref | None, absolute: Callable[[str], str]
) -> Iterable["Event"]:
    begun: Counter[datetime] = Counter()
    for visit in published.unit.visits:
        begun[visit.starts] += 1
        told = visit.ends > visit.starts and visit.ends.date() >= since and district in (None, visit.district)
        if told:
            yield _event(published, visit, begun[visit.starts], zone, absolute)


def _event(
    published: PublishedUnit, visit: Visit, number: int, zone: ZoneInfo, absolute: Callable[[str], str]
) -> "Event":
    from icalendar import Event

    unit = published.unit
    event = Event()
    again = f"-{number}" if number > 1 else ""
    event.add("uid", f"{unit.id}-{visit.starts:%Y%m%dT%H%M%SZ}{again}@visitas.conecta")
    event.add("dtstamp", published.changed_at)
    event.add("last-modified", published.changed_at)
    # A place in the log only grows, as a revision's number must (RFC 5545, 3.8.7.4).
    event.add("sequence", published.sequence)
    event.add("dtstart", visit.starts.astimezone(zone))
    event.add("dtend", visit.ends.astimezone(zone))
    place = visit.district.title if visit.district else ""
    where = ", ".join(filter(None, (visit.place, place)))
    event.add(
        "summary", _("%(unit)s em %(place)s") % {"unit": unit.title, "place": place or where} if where else unit.title
    )
    if where:
        event.add("location", where)
    given = [service.title for service in visit.services if service.title]
    said = [visit.note, _("Serviços: %s.") % "; ".join(given) if given else ""]
    if any(said):
        event.add("description", "\n\n".join(filter(None, said)))
    event.add("url", absolute(unit.url))
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event
