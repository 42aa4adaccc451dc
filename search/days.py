"""Days as few terms, each day within exactly one of those that an entry holds: so that terms filter by date and count.

A block is a run of 1, 2, 4 … days that begins at a multiple of its length. Any span of days falls into few
blocks; a day stands in one block of each length, so asking for those blocks finds whoever holds the day, once. Pure.
"""

from collections.abc import Iterable, Iterator
from datetime import date

_LENGTHS = tuple(2**power for power in range(8))


def blocks_of(spans: Iterable[tuple[date, date]]) -> Iterator[str]:
    """Blocks that together hold the days of all spans, each day once; a span holds its last day."""
    reached = 0
    for first, last in sorted((first.toordinal(), last.toordinal()) for first, last in spans):
        day = max(first, reached)
        while day <= last:
            length = max(each for each in _LENGTHS if day % each == 0 and day + each <= last + 1)
            yield _name(day, length)
            day += length
        reached = max(reached, day)


def blocks_around(day: date) -> list[str]:
    """Every block in which a day may stand."""
    number = day.toordinal()
    return [_name(number - number % length, length) for length in _LENGTHS]


def _name(first: int, length: int) -> str:
    return f"{first}+{length}"
