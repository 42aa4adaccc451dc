"""Shares, and how sure one may be of them. Pure."""

import math

#: The quantile of the normal distribution for 95%.
_Z = 1.959963984540054


def percent(part: int, whole: int) -> float | None:
    """To one decimal; ``None`` of nothing."""
    return round(100 * part / whole, 1) if whole else None


def interval(part: int, whole: int) -> tuple[float, float] | tuple[None, None]:
    """The 95% interval of a share in per cent (Wilson 1927): within 0 and 100, and right for small numbers too."""
    if not whole:
        return None, None
    share, square = part / whole, _Z**2
    centre = (share + square / (2 * whole)) / (1 + square / whole)
    spread = _Z / (1 + square / whole) * math.sqrt(share * (1 - share) / whole + square / (4 * whole**2))
    return round(100 * max(centre - spread, 0.0), 1), round(100 * min(centre + spread, 1.0), 1)
