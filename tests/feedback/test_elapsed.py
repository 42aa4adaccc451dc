"""What was promised and what it took are told on one scale."""

import pytest

from feedback.elapsed import minutes_of, promised_minutes
from services.record.values import TimeEstimate


@pytest.mark.parametrize(
    ("estimate", "promised"),
    [
        (None, None),
        ({"type": "not_estimated"}, None),
        ({"type": "average", "max": 3, "unit": "months"}, None),
        ({"type": "immediate"}, 60),
        ({"type": "up_to", "max": 2, "unit": "hours"}, 120),
        ({"type": "up_to", "max": 5, "unit": "working_days"}, 7 * 24 * 60),
        ({"type": "between", "min": 1, "max": 2, "unit": "months"}, 60 * 24 * 60),
    ],
)
def test_only_a_promised_maximum_can_be_kept(estimate: dict | None, promised: int | None) -> None:
    assert promised_minutes(TimeEstimate(**estimate) if estimate else None) == promised


def test_five_working_days_are_a_week() -> None:
    assert minutes_of(5, unit="working_days") == minutes_of(7, unit="calendar_days")
