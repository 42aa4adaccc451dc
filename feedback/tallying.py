"""From ratings to sums by month: of the city, of each body and of each service, and of parts of these. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from feedback.times import rounded

#: What is counted of a sum, in this order: stars from one to five, did they manage, set aside.
COUNTED = ("one", "two", "three", "four", "five", "yes", "partly", "no", "aside")
_PLACES = {name: place for place, name in enumerate(COUNTED)}
_ASIDE = _PLACES["aside"]


class Rated(NamedTuple):
    """As much of a rating as is counted; blank is not told, and times are minutes."""

    received_at: datetime
    service_id: str
    body_id: str
    unit_id: str
    channel: str
    stars: int
    managed: str
    reasons: list[str]
    took_minutes: int | None
    promised_minutes: int | None
    set_aside: bool


class Key(NamedTuple):
    """Of which subject (blank is the city), by what its part is told apart, which part, and the month's first day."""

    subject: str
    split: str
    part: str
    month: date


@dataclass
class Sum:
    """The numbers of ``COUNTED``, and the first and last day of what was summed."""

    first: date
    last: date
    numbers: list[int] = field(default_factory=lambda: [0] * len(COUNTED))

    def add(self, other: "Sum") -> None:
        """Take in what another one counted."""
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)
        self.numbers = [mine + others for mine, others in zip(self.numbers, other.numbers, strict=True)]


def tally(rows: Iterable[Rated], zone: tzinfo) -> dict[Key, Sum]:
    """The sums of some ratings, with days as the city's clock has them. Of one set aside only that it came."""
    sums: dict[Key, Sum] = {}
    for row in rows:
        day = row.received_at.astimezone(zone).date()
        month = day.replace(day=1)
        places = _places(row)
        parts = [("", "")] if row.set_aside else [("", ""), *_parts(row)]
        below = [] if row.set_aside else [("service", row.service_id)]
        _count(sums, row.service_id, parts, month, day, places)
        if row.body_id:
            _count(sums, row.body_id, [*parts, *below], month, day, places)
            if below:
                below.append(("body", row.body_id))
        _count(sums, "", [*parts, *below], month, day, places)
    return sums


def _places(row: Rated) -> list[int]:
    if row.set_aside:
        return [_ASIDE]
    return [row.stars - 1, _PLACES[row.managed]] if row.managed else [row.stars - 1]


def _parts(row: Rated) -> list[tuple[str, str]]:
    parts = [("reason", reason) for reason in row.reasons]
    if row.channel:
        parts.append(("channel", row.channel))
    if row.unit_id:
        parts.append(("unit", row.unit_id))
    if row.took_minutes is not None:
        parts.append(("time", str(rounded(row.took_minutes))))
        if row.promised_minutes is not None:
            parts.append(("promise", "kept" if row.took_minutes <= row.promised_minutes else "late"))
    return parts


def _count(
    sums: dict[Key, Sum], subject: str, parts: list[tuple[str, str]], month: date, day: date, places: list[int]
) -> None:
    for split, part in parts:
        key = Key(subject, split, part, month)
        held = sums.get(key)
        if held is None:
            held = sums[key] = Sum(day, day)
        elif day < held.first:
            held.first = day
        elif day > held.last:
            held.last = day
        for place in places:
            held.numbers[place] += 1
