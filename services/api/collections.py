"""Which kinds can be had under which path, and by what each is narrowed: the links of its records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.querysets import Records, in_district, linked_from, linked_to
from services.record import Kind


@dataclass(frozen=True)
class Filter:
    """A parameter that narrows a list: what it takes, and the records that it leaves."""

    takes: str
    narrow: Callable[[Records, str], Records]


def _points_to(takes: str, relation: str, kind: Kind) -> Filter:
    return Filter(takes, lambda records, name: linked_to(records, relation, kind, name))


def _pointed_to_by_service(takes: str, relation: str) -> Filter:
    return Filter(takes, lambda records, name: linked_from(records, relation, "service", name))


_TOPIC = {"topic": _points_to("Id or slug of a topic", "topic", "topic")}
_BODY = {"secretariat": _points_to("Id or slug of the body", "secretariat", "secretariat")}
_PEOPLE = {
    "audience": _points_to("Id or slug of an audience", "audience", "audience"),
    "life_event": _points_to("Id or slug of a moment of life", "life_event", "life_event"),
}
_DISTRICT = {
    "district": Filter("Id or slug of a district: said to be served, or with a unit or a visit there", in_district)
}
_NAMES_SERVICE = {"service": _points_to("Id or slug of a service that it names", "service", "service")}
_OFFERED = {
    "unit": _points_to("Id or slug of a unit where it is given", "unit", "unit"),
    "form": _points_to("Id or slug of a form that it asks for", "form", "form"),
    "related": _points_to("Id or slug of a service to which it says that it is related", "related", "service"),
}


@dataclass(frozen=True)
class Collection:
    """A kind of record under its path, with the filters that its links allow.

    With ``columns``, fields of the record, the whole list can be had as a table too.
    """

    path: str
    kind: Kind
    filters: Mapping[str, Filter]
    columns: tuple[str, ...] = ()


COLLECTIONS = (
    Collection("services", "service", _TOPIC | _BODY | _DISTRICT | _PEOPLE | _OFFERED),
    Collection("procedures", "procedure", _TOPIC | _BODY | _PEOPLE | _NAMES_SERVICE),
    Collection(
        "secretariats",
        "secretariat",
        {"superior": _points_to("Id or slug of the body above it", "superior", "secretariat")},
    ),
    Collection("information", "information", _TOPIC | _BODY | _PEOPLE | _NAMES_SERVICE),
    Collection(
        "units",
        "unit",
        _BODY | _DISTRICT | {"service": _pointed_to_by_service("Id or slug of a service that is given there", "unit")},
    ),
    Collection(
        "forms",
        "form",
        _TOPIC | _BODY | {"service": _pointed_to_by_service("Id or slug of a service that asks for it", "form")},
    ),
    Collection("topics", "topic", {}),
    Collection("audiences", "audience", {}),
    Collection("life-events", "life_event", {}),
    Collection(
        "districts",
        "district",
        {"parent": _points_to("Id or slug of the district that a village belongs to", "parent", "district")},
    ),
    Collection("questions", "question", {}),
    Collection("alerts", "alert", _DISTRICT | _NAMES_SERVICE),
    Collection("cities", "city", {}),
    Collection(
        "demand",
        "demand",
        {},
        columns=("id", "title", "searches", "without_result", "reformulated", "observed", "without_click"),
    ),
    Collection(
        "rating-summaries",
        "rating",
        {},
        columns=("id", "title", "count", "mean", "low", "high", "managed", "set_aside", "starts", "ends"),
    ),
)
#: By the kind that each lists.
BY_KIND = {collection.kind: collection for collection in COLLECTIONS}
