"""A place where people are attended, with its hours and its visits, as published."""

from datetime import date
from typing import Literal

from pydantic import Field

from services.record.values import (
    ClockTime,
    Code,
    Contact,
    Coordinates,
    Dated,
    Entry,
    Incomplete,
    Instant,
    Line,
    Ref,
    Refs,
    StatedAddress,
    Text,
    Value,
)

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
AccessibilityFeature = Literal[
    "step_free_entrance",
    "accessible_toilet",
    "tactile_paving",
    "sign_language",
    "reserved_parking",
    "lift",
    "braille",
    "priority_seating",
]


class Hours(Value):
    """Open on these days from ``opens`` to ``closes``; a closing not after the opening is the next day's."""

    days: list[Weekday]
    opens: ClockTime
    closes: ClockTime
    note: Line = ""


class HoursException(Value):
    """Days on which the usual hours do not hold: closed, or open at other hours."""

    starts: date
    ends: date
    closed: bool = True
    opens: ClockTime | None = None
    closes: ClockTime | None = None
    message: Line = ""


class Visit(Value):
    """A dated visit of an itinerant unit to a district."""

    district: Ref | None = None
    place: Code = ""
    starts: Instant
    ends: Instant
    services: Refs = Field(default=[], description="Those given there; empty means all of the unit's")
    note: Text = ""


class Unit(Entry):
    """A place of attendance (unidade de atendimento)."""

    kind: Literal["unit"]
    secretariat: Ref | None = None
    type: Line = Field(default="", description="Such as posto de saúde, CRAS, praça de atendimento")
    acronym: Code = ""
    summary: Text = ""
    address: StatedAddress = None
    district: Ref | None = None
    coordinates: Coordinates | None = None
    how_to_get_there: Text = ""
    contacts: list[Contact] = []
    hours: list[Hours] = []
    hours_exceptions: Dated[HoursException] = []
    open_on_holidays: bool = False
    itinerant: bool = False
    visits: Dated[Visit] = []
    accessibility: list[AccessibilityFeature] = []
    accessibility_note: Text = ""
    published_incomplete: Incomplete = False
