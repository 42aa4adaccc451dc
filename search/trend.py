"""How often something was asked week by week, and whether that grows. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(weeks=1)
#: Whole weeks that are shown; the second half is compared with the first.
WEEKS = 8
#: Of the drawing, in its own units: the highest week, and a week with the gap after it.
HEIGHT = 24
WIDTH = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """A week in the drawing."""

    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Trend:
    """Searches of each of the last whole weeks, the oldest first."""

    weeks: Sequence[date]
    searches: Sequence[int]

    @property
    def before(self) -> int:
        """Of the first half."""
        return sum(self.searches[: WEEKS // 2])

    @property
    def lately(self) -> int:
        """Of the second half."""
        return sum(self.searches[WEEKS // 2 :])

    @property
    def change(self) -> int | None:
        """Growth in per cent, rounded; None where there was nothing before."""
        return round((self.lately - self.before) * 100 / self.before) if self.before else None

    @property
    def fall(self) -> int:
        """The same, where it fell."""
        return -(self.change or 0)

    @property
    def bars(self) -> list[Bar]:
        """A drawing of the weeks, ``HEIGHT`` units high."""
        highest = max(self.searches, default=0) or 1
        heights = [round(count * HEIGHT / highest) for count in self.searches]
        return [Bar(x=number * WIDTH, y=HEIGHT - height, height=height) for number, height in enumerate(heights)]


def monday_of(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def whole_weeks(today: date) -> list[date]:
    """Mondays of the last ``WEEKS`` weeks that are over, the oldest first."""
    this = monday_of(today)
    return [this - WEEK * number for number in range(WEEKS, 0, -1)]


def trend_of(searches: Mapping[date, int], today: date) -> Trend:
    """The trend of what was counted by week, which is named by its Monday."""
    weeks = whole_weeks(today)
    return Trend(weeks, [searches.get(week, 0) for week in weeks])
