"""The figures of ratings, against what is computed another way."""

import random
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.statistics import figures

DISTRIBUTIONS = st.lists(st.integers(0, 400), min_size=5, max_size=5)


@given(DISTRIBUTIONS)
def test_the_mean_is_that_of_all_stars_and_lies_in_its_interval(distribution: list[int]) -> None:
    stars = [star for star, number in enumerate(distribution, start=1) for _ in range(number)]
    found = figures(distribution)
    if not stars:
        assert found is None
        return
    assert found.count == len(stars)
    assert found.mean == pytest.approx(mean(stars))
    assert 1 <= found.low <= found.mean <= found.high <= 5


def test_when_all_agree_it_is_still_not_sure() -> None:
    ten, hundred = figures([0, 0, 0, 0, 10]), figures([0, 0, 0, 0, 100])
    assert ten.mean == hundred.mean == ten.high == 5
    assert ten.low < hundred.low < 5
    assert 3.5 < ten.low < 4.5


def test_more_ratings_make_it_narrower() -> None:
    widths = [found.high - found.low for found in (figures([n, n, n, 2 * n, 3 * n]) for n in (1, 5, 50))]
    assert widths == sorted(widths, reverse=True)


def test_it_covers_the_truth_about_as_often_as_it_says() -> None:
    """Of 2,000 samples of thirty from a skewed truth, some 95% have the true mean in their interval."""
    chance = random.Random(3)
    shares = [0.05, 0.05, 0.1, 0.3, 0.5]
    truth = sum(star * share for star, share in enumerate(shares, start=1))
    covered = 0
    for _ in range(2_000):
        drawn = chance.choices(range(5), shares, k=30)
        found = figures([drawn.count(place) for place in range(5)])
        covered += found.low <= truth <= found.high
    assert 0.93 <= covered / 2_000 <= 0.975


@pytest.mark.parametrize("distribution", [[1, 2, 3], [1, 1, 1, 1, -1], []])
def test_what_is_no_distribution(distribution: list[int]) -> None:
    with pytest.raises(ValueError, match="distribution"):
        figures(distribution)
