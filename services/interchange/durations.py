"""Times as ISO 8601 durations, which other formats take."""

from services.record.values import DurationUnit, TimeEstimate

_WEEK = 5


def duration(quantity: int, unit: DurationUnit) -> str:
    """``PT15M``, ``P5D``, ``P3M``.

    ISO 8601 knows no working days: they become the days that they last at most, weekends among
    them and holidays left out of account (5 working days are ``P7D``).
    """
    match unit:
        case "minutes":
            return f"PT{quantity}M"
        case "hours":
            return f"PT{quantity}H"
        case "calendar_days":
            return f"P{quantity}D"
        case "working_days":
            return f"P{quantity + 2 * -(-quantity // _WEEK)}D"
        case "months":
            return f"P{quantity}M"


def longest(estimate: TimeEstimate | None) -> str:
    """The longest that something is said to take, or its average; ``""`` where no time is said."""
    if estimate is None or estimate.type == "not_estimated":
        return ""
    if estimate.type == "immediate":
        return "PT0S"
    if estimate.max is None or estimate.unit is None:
        return ""
    return duration(estimate.max, estimate.unit)
