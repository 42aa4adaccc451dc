"""Whatever becomes of the database, nothing that was accepted is lost, and all else is refused in words."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.faults.chaos.database import Database
from tests.faults.chaos.play import FAULT, Play

pytestmark = pytest.mark.xdist_group("chaos")


@contextmanager
def restarted(database: Database) -> Iterator[None]:
    database.crash()
    time.sleep(FAULT / 2)
    database.start()
    yield


@contextmanager
def cut(database: Database) -> Iterator[None]:
    for _each in range(int(FAULT / 0.5)):
        assert database.cut(), "nobody was connected: the test shows nothing"
        time.sleep(0.5)
    yield


def test_it_is_restarted(play: Play) -> None:
    """Kept pages go on; the rest of what people read answers again as soon as it is back."""
    seen = play.act(restarted(play.stage.database), failing=0.9)
    assert seen.refused
    assert seen.failed


def test_its_connections_are_cut(play: Play) -> None:
    play.act(cut(play.stage.database), failing=0.2)


def test_its_disk_is_full(play: Play) -> None:
    """Nothing can be written, and everything be read."""
    seen = play.act(play.stage.database.full(), failing=0.0)
    assert seen.refused
