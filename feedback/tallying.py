"""From ratings to sums by month: of the city, of each body and of each service, and of parts of these. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
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


#: What a sum is of: a subject (blank is the city), by what its part is told apart, which part, the month's first day.
KEY = ("subject", "split", "part", "month")
Key = tuple[str, str, str, date]


@dataclass(slots=True)
class Sum:
    """The numbers of ``COUNTED``, and the first and last day of what was summed."""

    first: date
    last: date
    numbers: list[int]

    def add(self, other: "Sum") -> None:
        """Take in what another one counted."""
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)
        self.numbers = [mine + others for mine, others in zip(self.numbers, other.numbers, strict=True)]


def tally(rows: Iterable[Rated], zone: tzinfo) -> dict[Key, Sum]:
    """The sums of some ratings, with days as the city's clock has them. Of one set aside only that it came."""
    # A million ratings are some fifteen million steps of this loop: plain tuples, and no calls.
    sums: dict[Key, Sum] = {}
    for row in rows:
        day = row.received_at.astimezone(zone).date()
        month = day.replace(day=1)
        places = _places(row)
        for subject, parts in _subjects(row):
            for split, part in parts:
                key = (subject, split, part, month)
                held = sums.get(key)
                if held is None:
                    held = sums[key] = Sum(day, day, [0] * len(COUNTED))
                elif day < held.first:
                    held.first = day
                elif day > held.last:
                    held.last = day
                for place in places:
                    held.numbers[place] += 1
    return sums


def _places(row: Rated) -> tuple[int, ...]:
    if row.set_aside:
        return (_ASIDE,)
    return (row.stars - 1, _PLACES[row.managed]) if row.managed else (row.stars - 1,)


def _subjects(row: Rated) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """The city, the body if there is one, and the service, each with the parts of it that are counted."""
    if row.set_aside:
        whole = [("", "")]
        return ((subject, whole) for subject in {"", row.body_id, row.service_id})
    parts = [("", ""), *_parts(row)]
    of_body = [*parts, ("service", row.service_id)]
    if not row.body_id:
        return ((row.service_id, parts), ("", of_body))
    # The city has its services through its bodies: told here too they would be read twice.
    return ((row.service_id, parts), (row.body_id, of_body), ("", [*parts, ("body", row.body_id)]))


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
