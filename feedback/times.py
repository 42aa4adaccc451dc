"""Measured times, rounded so that a median of many is read from few rows. Pure.

What is read is off by half a step at most: two and a half minutes up to two hours, half an hour up to two days, half a
day up to ninety, five days beyond. What people say in whole days is exact.
"""

import math

from feedback.elapsed import MINUTES

_HOUR, _DAY = MINUTES["hours"], MINUTES["calendar_days"]
#: Up to how much time is rounded to what.
_STEPS = ((2 * _HOUR, 5), (2 * _DAY, _HOUR), (90 * _DAY, _DAY), (math.inf, 10 * _DAY))


def rounded(took: int) -> int:
    """Minutes as they are counted."""
    step = next(step for most, step in _STEPS if took <= most)
    return round(took / step) * step
