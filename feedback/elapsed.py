"""How long a service took and how long it may take, on one scale. Pure.

Minutes that go by, nights and weekends too. Nobody who rates says on which day they began, so a working day is the
share of a week that it is (seven days for five) and a month thirty days: what was promised is told by the same rule, so
that five working days are within five working days, and within a week.
"""

from services.record.values import DurationUnit, TimeEstimate

_DAY = 24 * 60
MINUTES: dict[DurationUnit, int] = {
    "minutes": 1,
    "hours": 60,
    "calendar_days": _DAY,
    "working_days": _DAY * 7 // 5,
    "months": _DAY * 30,
}
#: Of each unit: nobody waited longer for a city.
MOST = 1_000


def minutes_of(quantity: int, *, unit: DurationUnit) -> int:
    """So many of a unit in minutes."""
    return quantity * MINUTES[unit]


def promised_minutes(estimate: TimeEstimate | None) -> int | None:
    """The longest that a service promises to take; ``None`` if it promises none.

    What is done at once ("na hora") is done within the hour.
    """
    if estimate is None:
        return None
    if estimate.type == "immediate":
        return MINUTES["hours"]
    if estimate.type not in {"up_to", "between"} or estimate.max is None or estimate.unit is None:
        return None
    return minutes_of(estimate.max, unit=estimate.unit)
