"""Where and when people are attended: the units nearest to a point, those open now, and visits to come."""

import json
import math
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from services.api.answers import Answer, send
from services.api.collections import BY_KIND
from services.api.following import next_page
from services.api.public import locale_asked
from services.freshness import Freshness, wire_time
from services.neighbours import the_city
from services.querysets import Records, public_of
from services.record import City, Entry, Ref, Unit, etag_of, from_json, to_json
from services.record.unit import Visit
from services.schemas import DEFAULT_SIZE, MAX_PAGE, MAX_SIZE, Absent, InLanguage, Problem, Results, Word
from services.timing import changes_at, open_now, upcoming_visits

router = Router()
T = TypeVar("T")

_EARTH_METRES = 6_371_008.8


class OfUnits(InLanguage):
    """What narrows the units that are asked about."""

    secretariat: Word | Absent = Field(default=None, description="Id or slug of the body")
    district: Word | Absent = Field(default=None, description="Id or slug of a district")
    service: Word | Absent = Field(default=None, description="Id or slug of a service that is given there")
    size: int = Field(default=DEFAULT_SIZE, ge=1, le=MAX_SIZE, description="How many on a page")
    page: int = Field(default=1, ge=1, le=MAX_PAGE, description="Counts from 1")


class NearestQuery(OfUnits):
    """Parameters of ``nearest-units``."""

    latitude: float | Absent = Field(
        default=None, ge=-90, le=90, allow_inf_nan=False, description="WGS 84; not kept, and not in any shared cache"
    )
    longitude: float | Absent = Field(default=None, ge=-180, le=180, allow_inf_nan=False)
    open_now: bool = Field(default=False, description="Only those that attend at this moment")


class UnitNow(Schema):
    """A unit, how far it is and whether it attends."""

    unit: Unit
    distance: int | Absent = Field(
        default=None, ge=0, description="Metres as the crow flies; left out without a point or coordinates"
    )
    open: bool
    until: datetime | Absent = Field(default=None, description="When it closes, if it is open and does close")
    next_opening: datetime | Absent = Field(
        default=None, description="When it opens, if it is closed and that is known"
    )
    reason: Literal["hours", "exception", "holiday", "optional", "visit", "unknown"] = Field(
        description="Hours, an exception, a holiday, a ponto facultativo or a visit decides; unknown without hours"
    )
    note: str | Absent = Field(default=None, description="The holiday's name, or the exception's message")


class UnitsNow(Results):
    """Units at this moment, the nearest first; by title without a point."""

    results: list[UnitNow]


class VisitTold(Schema):
    """A visit of an itinerant unit."""

    unit: Ref
    district: Ref | Absent = None
    place: str | Absent = None
    starts: datetime
    ends: datetime
    services: list[Ref] | Absent = Field(default=None, description="Those given there; left out: all of the unit's")
    note: str | Absent = None


class VisitsTold(Results):
    """Visits that are not over, the next one first."""

    results: list[VisitTold]


@router.get(
    "/nearest-units",
    response={200: UnitsNow, 304: None, 422: Problem},
    operation_id="list_nearest_units",
    url_name="list_nearest_units",
    tags=["units"],
)
def list_nearest_units(request: HttpRequest, query: Query[NearestQuery]) -> HttpResponseBase:
    """Units as they are at this moment, the nearest to a point first."""
    if (query.latitude is None) != (query.longitude is None):
        raise HttpError(422, _("Diga latitude e longitude, ou nenhuma das duas."))
    at, locale = timezone.now(), locale_asked(query.lang)
    city, units = the_city(), list(_units(query, locale))
    point = None if query.latitude is None or query.longitude is None else (query.latitude, query.longitude)
    found = [(None if point is None else distance(point, unit), unit) for unit in units]
    if query.open_now:
        found = [(metres, unit) for metres, unit in found if open_now(unit, city, at).open]
    # Titles are in order already, and the sort keeps it; a unit of no known place comes last.
    found.sort(key=lambda each: math.inf if each[0] is None else each[0])
    told = [_unit_told(unit, city, at, metres) for metres, unit in _page(query, found)]
    return _send(request, query, told, len(found), locale, at, [*_known(city), *units], private=bool(point))


@router.get(
    "/visits",
    response={200: VisitsTold, 304: None, 422: Problem},
    operation_id="list_visits",
    url_name="list_visits",
    tags=["units"],
)
def list_visits(request: HttpRequest, query: Query[OfUnits]) -> HttpResponseBase:
    """Visits of itinerant units that are not over; ``district`` is the one that is visited."""
    at, locale = timezone.now(), locale_asked(query.lang)
    units = list(_units(query, locale))
    every = [(unit, visit) for unit in units for visit in upcoming_visits(unit, at)]
    if query.district is not None:
        named = _ids_of_district(query.district)
        every = [(unit, visit) for unit, visit in every if visit.district and visit.district.id in named]
    every.sort(key=lambda each: (each[1].starts, each[1].ends, each[0].title))
    told = [_visit_told(unit, visit) for unit, visit in _page(query, every)]
    return _send(request, query, told, len(every), locale, at, units)


def _known(city: City | None) -> list[City]:
    return [] if city is None else [city]


def _ids_of_district(name: str) -> set[str]:
    districts = public_of("district", locale_asked(None))
    return {name, *districts.filter(slug=name).values_list("entry_id", flat=True)}


def distance(point: tuple[float, float], unit: Unit) -> int | None:
    """Metres from a point (degrees of latitude and longitude) along a great circle; ``None`` without coordinates."""
    if unit.coordinates is None:
        return None
    there = (float(unit.coordinates.latitude), float(unit.coordinates.longitude))
    (phi, lam), (phi_there, lam_there) = (map(math.radians, each) for each in (point, there))
    half = math.sin((phi_there - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(phi_there) * math.sin((lam_there - lam) / 2) ** 2
    return round(2 * _EARTH_METRES * math.asin(math.sqrt(min(1.0, half))))


def _units(query: OfUnits, locale: str) -> Iterator[Unit]:
    records: Records = public_of("unit", locale)
    for name, filter_ in BY_KIND["unit"].filters.items():
        value = getattr(query, name)
        if value is not None:
            records = filter_.narrow(records, value)
    for body in records.order_by("title", "entry_id").values_list("body", flat=True):
        record = from_json(body)
        if isinstance(record, Unit):
            yield record


def _page(query: OfUnits, items: list[T]) -> list[T]:
    start = (query.page - 1) * query.size
    return items[start : start + query.size]


def _unit_told(unit: Unit, city: City | None, at: datetime, metres: int | None) -> str:
    now = open_now(unit, city, at)
    said = {
        "distance": metres,
        "open": now.open,
        "until": now.until and wire_time(now.until),
        "next_opening": now.next_opening and wire_time(now.next_opening),
        "reason": now.reason,
        "note": now.note or None,
    }
    told = json.dumps({name: value for name, value in said.items() if value is not None}, ensure_ascii=False)
    return f'{told[:-1]},"unit":{to_json(unit)}}}'


def _visit_told(unit: Unit, visit: Visit) -> str:
    told = visit.model_dump(mode="json", exclude_defaults=True)
    itself = Ref.model_construct(kind="unit", id=unit.id, title=unit.title, url=unit.url)
    return json.dumps({"unit": itself.model_dump(mode="json", exclude_defaults=True), **told}, ensure_ascii=False)


def _send(
    request: HttpRequest,
    query: OfUnits,
    told: Iterable[str],
    total: int,
    locale: str,
    at: datetime,
    read: Iterable[Entry],
    *,
    private: bool = False,
) -> HttpResponseBase:
    following = next_page(request, page=query.page, size=query.size, total=total)
    text = f'{{"total":{total},"next":{json.dumps(following)},"results":[{",".join(told)}]}}'
    until = changes_at(read, at)
    fresh = Freshness(dated=True, until=until)
    answer = Answer(text, fresh.etag(etag_of(text)), locale, until=until, private=private)
    return send(request, answer, at)
