"""Times as ISO 8601 has them."""

import pytest

from services.interchange.durations import duration, longest
from services.record.values import TimeEstimate


@pytest.mark.parametrize(
    ("quantity", "unit", "told"),
    [
        (15, "minutes", "PT15M"),
        (2, "hours", "PT2H"),
        (5, "calendar_days", "P5D"),
        (3, "months", "P3M"),
        (0, "working_days", "P0D"),
        (1, "working_days", "P3D"),
        (5, "working_days", "P7D"),
        (6, "working_days", "P10D"),
    ],
)
def test_a_quantity(quantity: int, unit: str, told: str) -> None:
    assert duration(quantity, unit) == told  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("estimate", "told"),
    [
        (None, ""),
        (TimeEstimate(type="not_estimated", max=3, unit="hours"), ""),
        (TimeEstimate(type="immediate"), "PT0S"),
        (TimeEstimate(type="up_to"), ""),
        (TimeEstimate(type="between", min=1, max=3, unit="hours"), "PT3H"),
        (TimeEstimate(type="average", max=3, unit="hours"), "PT3H"),
    ],
)
def test_the_longest_of_an_estimate(estimate: TimeEstimate | None, told: str) -> None:
    assert longest(estimate) == told
