"""Measured times, rounded so that a median of many is read from few rows. Pure.

What is read is off by half a step at most: five minutes up to two hours, half an hour up to a day, half a day up to
thirty, two and a half days up to ninety, fifteen beyond. Up to thirty, what people say in whole days is exact.
"""

import math

from feedback.elapsed import MINUTES

_HOUR, _DAY = MINUTES["hours"], MINUTES["calendar_days"]
#: Up to how much time is rounded to what.
_STEPS = ((2 * _HOUR, 10), (_DAY, _HOUR), (30 * _DAY, _DAY), (90 * _DAY, 5 * _DAY), (math.inf, 30 * _DAY))


def rounded(took: int) -> int:
    """Minutes as they are counted."""
    step = next(step for most, step in _STEPS if took <= most)
    return round(took / step) * step
