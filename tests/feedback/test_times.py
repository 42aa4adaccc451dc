"""Measured times are counted rounded: by no more than is said."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.times import rounded

DAY = 1440


@given(st.integers(0, 500 * DAY))
def test_a_rounded_time_is_off_by_half_a_step_at_most(took: int) -> None:
    most = (
        next(most for upto, most in ((120, 5), (DAY, 30), (30 * DAY, 720), (90 * DAY, 3_600)) if took <= upto)
        if (took <= 90 * DAY)
        else 21_600
    )
    assert abs(rounded(took) - took) <= most


@given(st.integers(0, 500 * DAY), st.integers(0, 500 * DAY))
def test_what_took_longer_is_not_counted_as_shorter(one: int, other: int) -> None:
    assert (one <= other) <= (rounded(one) <= rounded(other))


def test_whole_days_of_a_month_are_exact() -> None:
    assert [rounded(day * DAY) for day in range(31)] == [day * DAY for day in range(31)]
