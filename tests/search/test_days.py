"""Days as blocks."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from search.days import blocks_around, blocks_of

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 900).map(lambda days: FIRST + timedelta(days))
SPANS = st.lists(st.tuples(DAYS, st.integers(0, 200)).map(lambda span: (span[0], span[0] + timedelta(span[1]))))


@given(SPANS, DAYS)
def test_a_day_is_asked_for_once_by_whoever_holds_it(spans: list[tuple[date, date]], day: date) -> None:
    held = list(blocks_of(spans))
    asked = set(blocks_around(day))
    within = any(first <= day <= last for first, last in spans)
    # Once: a count of blocks is a count of entries.
    assert sum(block in asked for block in held) == int(within)
    assert len(held) == len(set(held))


def test_two_months_are_few_blocks() -> None:
    assert len(list(blocks_of([(FIRST + timedelta(n), FIRST + timedelta(n + 60)) for n in (0, 3, 7)]))) < 16
    assert len(blocks_around(FIRST)) == 8
