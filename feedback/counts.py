"""What was counted of some ratings, and what may be told of it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from feedback.statistics import LEAST, Figures, Share, figures, share_of
from feedback.tallying import COUNTED


@dataclass(frozen=True)
class Counts:
    """The numbers of ``COUNTED``, and the days of the first and the last rating among them."""

    numbers: tuple[int, ...] = (0,) * len(COUNTED)
    first: date | None = None
    last: date | None = None

    @property
    def stars(self) -> tuple[int, ...]:
        """How many gave one star, two, … five."""
        return self.numbers[:5]

    @property
    def managed(self) -> tuple[int, ...]:
        """How many did what they came for, in part, or did not."""
        return self.numbers[5:8]

    @property
    def count(self) -> int:
        """Ratings that are counted."""
        return sum(self.stars)

    @property
    def enough(self) -> bool:
        """Whether anything of them may be told."""
        return self.count >= LEAST

    @property
    def figures(self) -> Figures | None:
        """The mean and its interval, if there are enough."""
        return figures(self.stars) if self.enough else None

    @property
    def resolved(self) -> Share | None:
        """The share of those who said so that did what they came for, if enough said so."""
        said = sum(self.managed)
        return share_of(self.managed[0], said) if said >= LEAST else None

    @property
    def set_aside(self) -> float:
        """The share of all that came which was set aside as a burst from one place."""
        aside = self.numbers[8]
        return aside / (self.count + aside) if aside else 0.0

    def __add__(self, other: "Counts") -> "Counts":
        days = [day for day in (self.first, other.first) if day], [day for day in (self.last, other.last) if day]
        numbers = tuple(a + b for a, b in zip(self.numbers, other.numbers, strict=True))
        return Counts(numbers, min(days[0], default=None), max(days[1], default=None))

    def __sub__(self, other: "Counts") -> "Counts":
        numbers = tuple(max(0, a - b) for a, b in zip(self.numbers, other.numbers, strict=True))
        return Counts(numbers, self.first, self.last)


def total(counts: Iterable[Counts]) -> Counts:
    """All of them together."""
    return sum(counts, Counts())


@dataclass(frozen=True)
class Apart:
    """Parts that may be told, and all others together: there are none, or enough of them."""

    parts: dict[str, Counts]
    rest: Counts | None


def told_apart(parts: Mapping[str, Counts], whole: Counts) -> Apart:
    """The parts of a whole that may be told beside it (``tellable``); what is in no part is in the rest."""
    names = tellable({name: counts.count for name, counts in parts.items()}, whole.count)
    shown = {name: parts[name] for name in parts if name in names}
    rest = whole - total(shown.values())
    return Apart(shown, rest if rest.enough else None)


def tellable(sizes: Mapping[str, int], whole: int) -> set[str]:
    """The parts that may be told beside their whole: what is left of it tells nothing of few people.

    None of fewer than ten. If all others together are fewer than ten, the smallest that could be told is not told
    either, and so on: else they were the whole less what is told.
    """
    shown = {name: size for name, size in sizes.items() if size >= LEAST}
    rest = whole - sum(shown.values())
    while shown and 0 < rest < LEAST:
        rest += shown.pop(min(shown, key=lambda name: (shown[name], name)))
    return set(shown)
