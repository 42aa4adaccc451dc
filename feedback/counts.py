"""What was counted of some ratings, and what may be told of it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from feedback.statistics import LEAST, Figures, Share, figures, share_of
from feedback.tallying import COUNTED

#: Bits of ``RatingSum.kept_back``: what of a sum is not told, though it is of enough, for else a smaller one would
#: follow (``feedback.panel.crossing``). All of it; whether people managed; the same of the whole of its subject; of a
#: unit the district in which it stands.
PART, MANAGED, MANAGED_OF_WHOLE, DISTRICT = 1, 2, 4, 8


@dataclass(frozen=True)
class Counts:
    """The numbers of ``COUNTED``, the days of the first and the last rating among them, and what is kept back."""

    numbers: tuple[int, ...] = (0,) * len(COUNTED)
    first: date | None = None
    last: date | None = None
    kept_back: int = 0

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
        return self.count >= LEAST and not self.kept_back & PART

    @property
    def figures(self) -> Figures | None:
        """The mean and its interval, if there are enough."""
        return figures(self.stars) if self.enough else None

    @property
    def resolved(self) -> Share | None:
        """The share of those who said so that did what they came for, if enough said so."""
        said = sum(self.managed)
        return share_of(self.managed[0], said) if said >= LEAST and not self.kept_back & MANAGED else None

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
        return Counts(numbers, self.first, self.last, self.kept_back)


def of_stars(stars: Mapping[int, int]) -> Counts:
    """How many gave one star, two, … five, and nothing else."""
    return Counts((*(stars.get(each, 0) for each in range(1, 6)), *[0] * (len(COUNTED) - 5)))


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
    sizes = {name: counts.count for name, counts in parts.items() if not counts.kept_back & PART}
    names = tellable(sizes, whole.count)
    shown = {name: parts[name] for name in parts if name in names}
    # Whether those of the rest managed would tell whether those of a part did that is told without it.
    rest = replace(whole - total(shown.values()), kept_back=MANAGED)
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
