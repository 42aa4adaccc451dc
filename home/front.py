"""What the charter gives to the first page, read from published records."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from django.db.models import Count, Q

from home.sought_now import sought_now
from services.models.published import PublishedRecord, RecordLink
from services.neighbours import Listed, listed, readable
from services.record import Alert, City, Unit, from_json
from services.timing import changes_at, shown, timezone_of
from services.visiting import Stop, monday_of, stops_of

HIGHLIGHTS = 8
#: Visits of a week that are told on the first page; the rest are in their calendar.
VISITS = 4
#: Of more than these no list is made to choose from: a page must stay light on a thin connection.
DISTRICTS = 60
_URGENCY = {"emergency": 0, "warning": 1, "info": 2, "promotion": 3}
_WHOLE = ("alert", "city", "unit")


@dataclass(frozen=True)
class Front:
    """Topics and moments of life in the city's order, alerts in force, wanted services, the city, its districts,
    and the itinerant visits of the week, or else the next one."""

    topics: list[Listed]
    life_events: list[Listed]
    alerts: list[Alert]
    services: list[Listed]
    city: City | None
    #: The services are what most people look for; otherwise the city has chosen them.
    sought: bool = False
    districts: list[Listed] = field(default_factory=list)
    visits: list[Stop] = field(default_factory=list)
    #: The visits are of this week.
    this_week: bool = False
    at: datetime | None = None
    zone: tzinfo | None = None
    #: When something that is told here changes without a publication.
    boundary: datetime | None = None


def front(*, language: str, chosen: Sequence[str], at: datetime) -> Front:
    """The first page's content in a language: one query, two while nothing is chosen or sought.

    What most people look for comes first, what the city has chosen fills up.
    """
    sought = sought_now(language)
    wanted = list(dict.fromkeys([*sought, *chosen]))[: max(HIGHLIGHTS, len(chosen))] or _most_linked()
    rows = list(
        readable(language).filter(
            Q(kind__in=("topic", "life_event", "alert", "city", "district"))
            # Stored as canonical JSON.
            | Q(kind="unit", body__contains='"visits":')
            | Q(kind__in=("service", "procedure"), entry_id__in=wanted)
        )
    )
    records = [from_json(row.body) for row in rows if row.kind in _WHOLE]
    city = next((record for record in records if isinstance(record, City)), None)
    alerts = [record for record in records if isinstance(record, Alert) and shown(record, city, at)]
    found = {row.entry_id: listed(row) for row in rows if row.kind in ("service", "procedure")}
    zone = timezone_of(city)
    visits, this_week = _visits([record for record in records if isinstance(record, Unit)], at, zone)
    return Front(
        topics=_ordered(rows, "topic"),
        life_events=_ordered(rows, "life_event"),
        alerts=sorted(alerts, key=lambda alert: (_URGENCY[alert.level], alert.starts)),
        services=[found[entry_id] for entry_id in wanted if entry_id in found],
        city=city,
        sought=bool(sought),
        districts=_districts(rows),
        visits=visits,
        this_week=this_week,
        at=at,
        zone=zone,
        boundary=changes_at(records, at),
    )


def _visits(units: Sequence[Unit], at: datetime, zone: tzinfo) -> tuple[list[Stop], bool]:
    """What is left of the week's visits and whether there is any; the next visit where there is none."""
    coming = [stop for stop in stops_of(units) if stop.visit.ends > at]
    end = monday_of(at.astimezone(zone).date()) + timedelta(days=7)
    week = [stop for stop in coming if stop.visit.starts.astimezone(zone).date() < end]
    return (week[:VISITS], True) if week else (coming[:1], False)


def _districts(rows: Sequence[PublishedRecord]) -> list[Listed]:
    """Districts to choose from by name, without the villages inside them; none where they are too many."""
    those = [row for row in rows if row.kind == "district" and row.url and not json.loads(row.body).get("parent")]
    return sorted(map(listed, those), key=lambda line: line.title.casefold()) if len(those) <= DISTRICTS else []


def _ordered(rows: Sequence[PublishedRecord], kind: str) -> list[Listed]:
    """Entries of a kind, by the order that the city gave them."""
    those = [row for row in rows if row.kind == kind]
    return [listed(row) for row in sorted(those, key=lambda row: (json.loads(row.body).get("order", 0), row.title))]


def _most_linked() -> list[str]:
    """Services that most other entries point to: what to show while the city has chosen none."""
    return list(
        RecordLink.objects.filter(target_kind="service")
        .values_list("target_id", flat=True)
        .annotate(times=Count("id"))
        .order_by("-times", "target_id")[:HIGHLIGHTS]
    )
