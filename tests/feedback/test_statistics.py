"""The figures of ratings, against what scipy computes of the same data."""

from itertools import combinations
from statistics import mean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from feedback.statistics import figures, quantile, share_of

DISTRIBUTIONS = st.lists(st.integers(0, 400), min_size=5, max_size=5)
#: What answers to a city look like: shares of one star, two, … five.
TRUTHS = {
    "mostly content": [0.05, 0.05, 0.1, 0.3, 0.5],
    "every answer alike": [0.2, 0.2, 0.2, 0.2, 0.2],
    "torn": [0.4, 0.1, 0.0, 0.1, 0.4],
    "angry": [0.6, 0.2, 0.1, 0.05, 0.05],
    "good": [0.02, 0.03, 0.05, 0.2, 0.7],
    "excellent": [0.01, 0.01, 0.03, 0.1, 0.85],
    "so so": [0.05, 0.2, 0.5, 0.2, 0.05],
    "two answers": [0.0, 0.0, 0.0, 0.5, 0.5],
}


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


@given(DISTRIBUTIONS.filter(lambda distribution: sum(distribution) >= 10))
def test_the_interval_is_what_scipy_computes(distribution: list[int]) -> None:
    weights, stars = np.array(distribution) + 0.2, np.arange(1, 6)
    dirichlet = stats.dirichlet(weights)
    place = (stars @ dirichlet.mean() - 1) / 4
    error = np.sqrt(stars @ dirichlet.cov() @ stars) / 4
    logits = stats.t(df=sum(distribution), loc=stats.logistic.ppf(place), scale=error / (place * (1 - place)))
    low, high = 1 + 4 * stats.logistic.cdf(logits.ppf([0.025, 0.975]))
    found = figures(distribution)
    # The mean itself is of the answers alone: where all agree, it is the end of its interval.
    assert found.low == pytest.approx(min(low, found.mean), abs=2e-3)
    assert found.high == pytest.approx(max(high, found.mean), abs=2e-3)


def test_when_all_agree_it_is_still_not_sure() -> None:
    ten, hundred = figures([0, 0, 0, 0, 10]), figures([0, 0, 0, 0, 100])
    assert ten.mean == hundred.mean == ten.high == 5
    assert ten.low < hundred.low < 5
    assert 3.2 < ten.low < 4.5


def test_one_alone_is_counted_and_nothing_is_sure() -> None:
    found = figures([0, 0, 1, 0, 0])
    assert (found.count, found.mean) == (1, 3)
    assert found.low < 2 < 4 < found.high
    assert figures([0, 0, 0, 0, 0]) is None


def test_more_ratings_make_it_narrower() -> None:
    widths = [found.high - found.low for found in (figures([n, n, n, 2 * n, 3 * n]) for n in (1, 5, 50))]
    assert widths == sorted(widths, reverse=True)


def outcomes(number: int, truth: list[float]) -> tuple[np.ndarray, np.ndarray]:
    """What so many answers may be, and how likely each is: all of it for ten, else drawn with a fixed seed."""
    if number > 10:
        drawn = np.random.default_rng(7).multinomial(number, truth, size=1_500)
        found, often = np.unique(drawn, axis=0, return_counts=True)
        return found, often / len(drawn)
    every = np.array(
        [np.diff([-1, *bars, number + 4]) - 1 for bars in combinations(range(number + 4), 4)],
    )
    return every, stats.multinomial.pmf(every, number, truth)


@pytest.mark.parametrize("number", [10, 30, 100, 1_000])
@pytest.mark.parametrize("truth", TRUTHS)
def test_art_23_par_1_the_interval_covers_the_truth_as_often_as_it_says(truth: str, number: int) -> None:
    true_mean = float(np.arange(1, 6) @ TRUTHS[truth])
    covered = 0.0
    for distribution, likely in zip(*outcomes(number, TRUTHS[truth]), strict=True):
        found = figures([int(each) for each in distribution])
        covered += likely * (found.low <= true_mean + 1e-12 and true_mean - 1e-12 <= found.high)
    assert 0.92 <= covered <= 0.98


@pytest.mark.parametrize("distribution", [[1, 2, 3], [1, 1, 1, 1, -1], []])
def test_what_is_no_distribution(distribution: list[int]) -> None:
    with pytest.raises(ValueError, match="distribution"):
        figures(distribution)


@given(st.integers(1, 2_000).flatmap(lambda every: st.tuples(st.integers(0, every), st.just(every))))
def test_a_share_has_the_interval_of_wilson(numbers: tuple[int, int]) -> None:
    some, every = numbers
    found = share_of(some, every)
    independent = stats.binomtest(some, every).proportion_ci(method="wilson")
    assert found.share == pytest.approx(some / every)
    assert (found.low, found.high) == pytest.approx((independent.low, independent.high), abs=1e-12)
    assert 0 <= found.low <= found.share <= found.high <= 1


def test_a_share_of_nobody_is_none_and_of_more_than_all_is_wrong() -> None:
    assert share_of(0, 0) is None
    assert share_of(0, 10).high > 0
    assert share_of(10, 10).low < 1
    with pytest.raises(ValueError, match="of"):
        share_of(3, 2)


@given(
    st.lists(st.integers(0, 10_000), min_size=1, max_size=60),
    st.sampled_from([0.5, 0.9]),
)
def test_a_quantile_is_what_numpy_finds_in_the_raw_values(values: list[int], share: float) -> None:
    told = [(float(value), 1) for value in values]
    assert quantile(told, share) == np.quantile(values, share, method="inverted_cdf")


def test_a_quantile_of_counts_is_that_of_the_values_told_apart() -> None:
    assert quantile([(7.0, 9), (30.0, 1)], 0.9) == 7
    assert quantile([(30.0, 1), (7.0, 8)], 0.9) == 30
    assert quantile([], 0.5) is None
