"""The clock of the machine that serves is set forward by three days, then back by six."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from tests.faults.chaos.clock import Clock
from tests.faults.chaos.play import FAULT, Play

pytestmark = pytest.mark.xdist_group("chaos")
DAYS = timedelta(days=3)


@contextmanager
def set_forward_and_back(clock: Clock) -> Iterator[None]:
    for moved in (DAYS, -DAYS):
        clock.set(moved)
        time.sleep(FAULT)
    clock.set(timedelta(0))
    yield


def test_it_is_set_forward_and_back(play: Play) -> None:
    clock, stage = Clock(play.stage.folder), play.stage
    with stage.told_otherwise(**clock.told):
        play.act(set_forward_and_back(clock))
    # Ratings bear the clock's days: the server saw it.
    days = stage.database.ask("SELECT count(DISTINCT received_at::date) FROM conecta_feedback_rating")
    assert int(str(days[0][0])) >= 3
