"""Figures of ratings. Pure.

The interval of a mean of stars is that of a multinomial with one and a half observations spread evenly over the five
answers beforehand, told on the logit of the mean's place between one and five. So it stays within one and five, is not
nought when all agree, and is not symmetric near the ends, as the interval of a mean plus and minus its error would be.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

#: Fewer are not told: they might tell of one person.
LEAST = 10
_STARS = (1, 2, 3, 4, 5)
#: Of each answer, before anybody answered.
_BEFORE = 0.3
#: The quantile of the normal distribution for 95%.
_Z = 1.959963984540054


@dataclass(frozen=True)
class Figures:
    """The mean of some stars and its 95% interval."""

    count: int
    mean: float
    low: float
    high: float


def figures(distribution: Sequence[int]) -> Figures | None:
    """Of how many gave one star, two, … five; ``None`` if nobody did. Raises ``ValueError`` for no such counts."""
    if len(distribution) != len(_STARS) or min(distribution) < 0:
        raise ValueError(f"not a distribution of stars: {distribution!r}")
    count = sum(distribution)
    if not count:
        return None
    mean = sum(stars * number for stars, number in zip(_STARS, distribution, strict=True)) / count
    low, high = _interval([number + _BEFORE for number in distribution])
    return Figures(count, mean, min(low, mean), max(high, mean))


def _interval(weights: Sequence[float]) -> tuple[float, float]:
    total = sum(weights)
    places = [(stars - 1) / 4 for stars in _STARS]
    centre = sum(place * weight for place, weight in zip(places, weights, strict=True)) / total
    square = sum(place**2 * weight for place, weight in zip(places, weights, strict=True)) / total
    # Of the mean of a Dirichlet distribution with these weights.
    error = math.sqrt((square - centre**2) / (total + 1))
    logit, spread = math.log(centre / (1 - centre)), _Z * error / (centre * (1 - centre))
    return _stars(logit - spread), _stars(logit + spread)


def _stars(logit: float) -> float:
    return 1 + 4 / (1 + math.exp(-logit))
