"""A record becomes what a phone keeps of it: its words as this site says them, its dates, and what it is found by.

The words are those of the portal's own pages, made here by the same templates and ``services.wording``, in the
language of the reader. What time decides (a service's status, whether a unit is open) is not among them: its dates
are, and the phone reads them at the moment at which somebody looks.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.translation import override

from home.offline.checklist_words import table_of
from home.offline.tokens import tokens_of
from services import naming, wording
from services.freshness import wire_time
from services.record import City, Entry, Form, Ref, Secretariat, Service, Unit
from services.record.unit import Visit
from services.timing import DEFAULT_TIMEZONE, timezone_of

#: Kinds that are kept: those that have a page.
KINDS: Final = (
    "service",
    "procedure",
    "information",
    "secretariat",
    "unit",
    "form",
    "topic",
    "life_event",
    "audience",
    "district",
)
_BLOCK = "section|ul|ol|li|h[2-4]|p|div|details|summary"
_AROUND_BLOCKS = re.compile(rf"\s*(</?(?:{_BLOCK})\b[^>]*>)\s*")
#: Relations by which a kept page lists others: those of a body, at a unit, of a topic.
_REFERRING = (
    "secretariat",
    "superior",
    "units",
    "topics",
    "life_events",
    "audiences",
    "area_served",
    "district",
    "parent",
    "forms",
)


def item_of(record: Entry, *, city: City | None, locale: str) -> dict[str, Any]:
    """What a phone keeps of a record, without what is empty. Its words are in ``locale``."""
    with override(locale):
        found = {
            "id": record.id,
            "kind": record.kind,
            "url": getattr(record, "url", ""),
            "title": record.title,
            "summary": getattr(record, "summary", ""),
            "heading": _heading(record),
            "html": _words(record, "body", city),
            "end": _words(record, "end", city) if isinstance(record, Service | Secretariat) else "",
            "refs": list(dict.fromkeys(ref.id for ref in _refs(record))),
            "tokens": tokens_of(record),
            **_of_kind(record, city),
        }
    return {name: value for name, value in found.items() if value not in ("", [], {}, None)}


def city_item(city: City | None) -> dict[str, Any]:
    """What decides whether a unit is open, of the city."""
    if city is None:
        return {"timezone": DEFAULT_TIMEZONE, "calendar": []}
    calendar = [
        {
            "date": holiday.date.isoformat(),
            "name": holiday.name,
            "type": holiday.type,
            "districts": [district.id for district in holiday.districts],
        }
        for holiday in city.calendar
    ]
    return {"timezone": city.timezone, "calendar": calendar}


def _heading(record: Entry) -> str:
    """What stands above the title: the kind, and whose it is."""
    name = record.type if isinstance(record, Unit) and record.type else naming.kind(record.kind)
    body = getattr(record, "secretariat", None)
    return f"{name} · {body.title}" if body and body.title else str(name)


def _words(record: Entry, part: str, city: City | None) -> str:
    context = {"record": record, "city": city, "kept": True}
    names = [f"conecta_home/offline/{record.kind}_{part}.html", f"conecta_home/offline/any_{part}.html"]
    return _AROUND_BLOCKS.sub(r"\1", re.sub(r"\s+", " ", render_to_string(names, context))).strip()


def _refs(record: Entry) -> Iterable[Ref]:
    for name in _REFERRING:
        value = getattr(record, name, None)
        yield from value if isinstance(value, list) else [value] if isinstance(value, Ref) else []


def _of_kind(record: Entry, city: City | None) -> dict[str, Any]:
    """What only some kinds have: short answers, dates, places."""
    if isinstance(record, Service):
        return {
            "answer": [phrase[:1].upper() + phrase[1:] for phrase in wording.short_answer(record)],
            "suspensions": _dated(record.suspensions),
            "seasons": _dated(record.seasons),
            "units": [unit.id for unit in record.units],
            "areas": [district.id for district in record.area_served],
            "table": table_of(record),
        }
    if isinstance(record, Unit):
        return {
            "hours": _dated(record.hours),
            "hours_exceptions": _dated(record.hours_exceptions),
            "open_on_holidays": record.open_on_holidays or None,
            "district": record.district.id if record.district else None,
            "visits": [_visit(visit, city) for visit in record.visits],
        }
    if isinstance(record, Form):
        return {"versions": _dated(record.versions)}
    return {}


def _dated(values: Iterable[Any]) -> list[dict[str, Any]]:
    return [value.model_dump(mode="json", exclude_defaults=True) for value in values]


def _visit(visit: Visit, city: City | None) -> dict[str, str]:
    """A visit with its words: the phone leaves out those that are over."""
    place = " · ".join(part for part in (visit.place, visit.district.title if visit.district else "") if part)
    when = wording.span(visit.starts, visit.ends, timezone_of(city))
    told = {"starts": wire_time(visit.starts), "ends": wire_time(visit.ends), "when": when, "place": place}
    if visit.note:
        told["note"] = visit.note
    return told
