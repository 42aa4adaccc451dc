"""Who is in the council on a day, and whom they stand for (Lei 13.460 art. 19). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Member:
    """Somebody with a seat, for the days of their mandate."""

    name: str
    #: Whom they stand for: art. 19 asks for plurality.
    segment: str
    substitute: bool
    starts: date | None
    ends: date | None

    def sits(self, on: date) -> bool:
        """Whether the mandate runs on a day; one without an end runs on."""
        return self.starts is not None and self.starts <= on and (self.ends is None or on <= self.ends)


@dataclass(frozen=True)
class Seats:
    """How many stand for a segment."""

    segment: str
    members: int
    substitutes: int


def balance(members: Iterable[Member], *, on: date) -> list[Seats]:
    """Of those who sit on a day, the segment with most members first."""
    found: dict[str, list[Member]] = {}
    for member in members:
        if member.sits(on):
            found.setdefault(member.segment.strip(), []).append(member)
    seats = [
        Seats(segment, sum(not each.substitute for each in own), sum(each.substitute for each in own))
        for segment, own in found.items()
    ]
    return sorted(seats, key=lambda each: (-each.members, each.segment))
