"""The model of capacity, by what is known of queues, and the page that tells what it found."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks.simulation import (
    Machines,
    People,
    distinct,
    parts,
    read,
    slowest_wait,
    stages,
    table,
    told,
    waiting,
)

PAGE = Path(__file__).resolve().parents[1] / "docs" / "scale.md"
ONE = Machines()


def loads(scale: int, machines: Machines = ONE) -> dict[str, float]:
    return {part.name: part.load for part in parts(scale, read(), machines, People())}


def broken(scale: int, machines: Machines) -> set[str]:
    return {part.name for part in parts(scale, read(), machines, People()) if part.breaks}


@pytest.mark.parametrize(
    ("servers", "busy", "expected"),
    # One server: as often as it is busy. Two: 2b²/(1+b). Ten at 80%: Erlang's own tables.
    [(1, 0.5, 0.5), (2, 0.5, 1 / 3), (2, 0.8, 1.28 / 1.8), (10, 0.8, 0.409), (4, 1.0, 1.0)],
)
def test_who_must_wait_is_what_erlang_says(servers: float, busy: float, expected: float) -> None:
    assert waiting(servers, busy) == pytest.approx(expected, abs=0.001)


def test_waits_grow_without_end_as_a_server_fills() -> None:
    # One server, exponential: the hundredth waits ln(100 b) / (1 - b) services.
    assert slowest_wait(1, 0.8, 0.010) == pytest.approx(math.log(80) * 0.010 / 0.2)
    assert slowest_wait(1, 0.005, 0.010) == 0
    assert slowest_wait(1, 1.0, 0.010) == math.inf


def test_views_find_all_pages_in_the_end_and_popular_ones_first() -> None:
    assert distinct(1_000, 0) == 0
    assert 0 < distinct(1_000, 100) < 100
    assert distinct(1_000, 1e6) == pytest.approx(1_000, rel=0.01)
    assert distinct(100_000, 1_000) > distinct(1_000, 1_000)


def test_ten_times_as_many_cities_ask_more_of_every_part() -> None:
    for name, load in loads(10).items():
        assert load > loads(1)[name], name


def test_one_city_is_well_served_by_one_machine_and_a_country_is_not() -> None:
    assert not broken(1, ONE)
    assert broken(1_000, ONE)
    assert not broken(1_000, stages()[-1][1])


def test_each_lift_takes_load_off_its_own_part() -> None:
    before = loads(100)
    assert loads(100, replace(ONE, cached=0.9))["web processes"] < before["web processes"]
    assert loads(100, replace(ONE, database_cores=8))["database"] < before["database"]
    assert loads(100, replace(ONE, installations=10))["log"] == pytest.approx(before["log"] / 10)
    sharded = loads(100, replace(ONE, shards=4, search_cores=8))
    assert sharded["new index"] == pytest.approx(before["new index"] / 4)
    assert sharded["web processes"] < before["web processes"]


def test_the_page_tells_what_the_simulation_finds() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert told(read()) in page
    assert table(read()) in page
