"""All that a page shows beside its own record, in one query."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Q

from services.languages import source_locale
from services.models.published import LAST_SEEN, PublishedRecord, RecordLink
from services.page_sources import SECONDS
from services.querysets import Records, is_readable_in, readable_in
from services.record import Alert, City, Entry, Kind, Record, Service, Unit, from_json
from services.timing import shown

#: Kinds whose page lists whatever is filed under them.
FILING: frozenset[Kind] = frozenset({"topic", "audience", "life_event", "district"})
#: Kinds whose page lists what links to it.
LISTING: frozenset[Kind] = FILING | {"secretariat", "unit", "form"}
_WHOLE = frozenset({"alert", "city"})


@dataclass(frozen=True)
class Listed:
    """A line of a list: what is shown of an entry that is not the page's own."""

    kind: str
    id: str
    title: str
    url: str
    summary: str = ""
    icon: str = ""
    percent: int | None = None


@dataclass(frozen=True)
class Neighbours:
    """What surrounds a record: city, all alerts, linked units, entries that link to it, its pages in all languages."""

    city: City | None = None
    alerts: list[Alert] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    linking: list[Listed] = field(default_factory=list)
    changed_at: datetime | None = None
    #: Paths of the entry's own public pages, by database language.
    in_languages: Mapping[str, str] = field(default_factory=dict)

    def every(self) -> list[Entry]:
        """The whole records among them, for ``timing.changes_at``."""
        return [*([self.city] if self.city else []), *self.alerts, *self.units]

    def ids(self) -> set[str]:
        """Ids of the entries among them: a page changes with each. Of the city and of alerts every page knows."""
        return {unit.id for unit in self.units} | {entry.id for entry in self.linking}

    def of_kind(self, kind: Kind) -> list[Listed]:
        """Those that link to the record, of one kind, by title."""
        return sorted((entry for entry in self.linking if entry.kind == kind), key=lambda entry: entry.title.casefold())

    def completeness(self) -> int | None:
        """Mean score of the services that link to the record, in per cent; ``None`` if there is none."""
        scores = [entry.percent for entry in self.linking if entry.kind == "service" and entry.percent is not None]
        return sum(scores) // len(scores) if scores else None

    def alerts_for(self, record: Record, at: datetime) -> list[Alert]:
        """The alerts in force that concern a record: those that name it or its area, and emergencies."""
        return [alert for alert in self.alerts if shown(alert, self.city, at) and _concerns(alert, record)]


def readable(language: str) -> Records:
    """What a reader of a language may be shown: of each entry that row, or else the source's."""
    return readable_in(PublishedRecord.objects.public(), language.lower(), source=source_locale())


def listed(row: PublishedRecord) -> Listed:
    """A row as a line of a list, without validating its whole body."""
    body = json.loads(row.body)
    return Listed(
        row.kind,
        row.entry_id,
        row.title,
        row.url,
        body.get("summary", ""),
        body.get("icon", ""),
        row.percent,
    )


def around(record: Record, *, language: str, own: Sequence[PublishedRecord] | None = None) -> Neighbours:
    """What surrounds a record, saved or not: one query, or none if nothing is left to be asked.

    ``own``: its public rows in all languages, if they were read.
    """
    place = _place()
    known = _everywhere.get(language)
    if known is not None and known.place != place:
        known = None
    wanted = Q() if known else Q(kind__in=_WHOLE)
    units = _units_of(record)
    if units:
        wanted |= Q(kind="unit", entry_id__in=units)
    if record.kind in LISTING:
        links = RecordLink.objects.filter(target_kind=record.kind, target_id=record.id)
        wanted |= Q(pk__in=links.values("record_id"))
    if record.kind == "district":
        wanted |= _given_in(record.id)
    itself = Q() if own is not None else Q(kind=record.kind, entry_id=record.id)
    rows = list(own or ())
    if wanted | itself:
        # Joined so, databases find either by an index; two questions joined by "or" made one read every row.
        rows += PublishedRecord.objects.public().filter(
            wanted | itself, is_readable_in(language.lower(), source=source_locale()) | itself
        )
    if known is None:
        known = _Everywhere(place, *_read([row for row in rows if row.kind in _WHOLE]))
        if place is not None:
            _everywhere[language] = known
    return _sorted_out(rows, known, of=record, whole_units=set(units), every_unit=record.kind == "district")


@dataclass(frozen=True)
class _Everywhere:
    """What stands around every page, as it was at a place of the log."""

    place: tuple[str, int] | None
    records: list[Record]
    changed: list[datetime]


#: By language. Reading a city's calendar took a tenth of a page's time.
_everywhere: dict[str, _Everywhere] = {}


def _place() -> tuple[str, int] | None:
    """The log's place if that is known; within a transaction, which may not come to be, nothing is."""
    return None if connection.in_atomic_block else LAST_SEEN.recent(SECONDS)


def _read(rows: list[PublishedRecord]) -> tuple[list[Record], list[datetime]]:
    return [from_json(row.body) for row in rows], [row.changed_at for row in rows]


def _given_in(district: str) -> Q:
    """What is given at a unit that stands in a district or visits it."""
    there = RecordLink.objects.filter(
        target_kind="district", target_id=district, record__kind="unit", record__deleted=False
    )
    given = RecordLink.objects.filter(
        relation="unit", target_kind="unit", target_id__in=there.values("record__entry_id"), record__kind="service"
    )
    return Q(pk__in=given.values("record_id"))


def _sorted_out(
    rows: Iterable[PublishedRecord], known: _Everywhere, *, of: Record, whole_units: set[str], every_unit: bool
) -> Neighbours:
    whole = [record for record in known.records if (record.kind, record.id) != (of.kind, of.id)]
    linking: list[Listed] = []
    changed = list(known.changed)
    in_languages: dict[str, str] = {}
    for row in rows:
        changed.append(row.changed_at)
        if row.kind in _WHOLE and row.entry_id != of.id:
            continue
        if (row.kind, row.entry_id) == (of.kind, of.id):
            if row.url:
                in_languages[row.locale] = row.url
        elif row.kind == "unit" and (every_unit or row.entry_id in whole_units):
            whole.append(from_json(row.body))
        elif row.url:
            linking.append(listed(row))
    return Neighbours(
        city=next((record for record in whole if isinstance(record, City)), None),
        alerts=sorted((r for r in whole if isinstance(r, Alert)), key=lambda alert: (alert.starts, alert.id)),
        units=sorted((r for r in whole if isinstance(r, Unit)), key=lambda unit: unit.title.casefold()),
        linking=linking,
        changed_at=max(changed, default=None),
        in_languages=in_languages,
    )


def the_city() -> City | None:
    """The city's record: one query."""
    body = PublishedRecord.objects.public().filter(kind="city", locale=source_locale()).values_list("body", flat=True)
    record = from_json(found) if (found := body.first()) else None
    return record if isinstance(record, City) else None


def _units_of(record: Record) -> list[str]:
    return [unit.id for unit in record.units] if isinstance(record, Service) else []


def _concerns(alert: Alert, record: Record) -> bool:
    if alert.services or alert.districts:
        areas = set(record.area_served) if isinstance(record, Service) else {getattr(record, "district", None)}
        named = any(entry.id == record.id for entry in (*alert.services, *alert.districts))
        return named or (not alert.services and not areas.isdisjoint(alert.districts))
    # The home page has them all; an entry's own page is for the entry.
    return alert.level == "emergency"
