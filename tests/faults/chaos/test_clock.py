"""The clock of the machine that serves is set forward by three days, then back by six: libfaketime."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.chaos.play import FAULT, Play

pytestmark = pytest.mark.xdist_group("chaos")


@contextmanager
def set_forward_and_back(clock: Path) -> Iterator[None]:
    for moved in ("+3d", "-3d"):
        clock.write_text(moved)
        time.sleep(FAULT)
    clock.write_text("+0")
    yield


def test_it_is_set_forward_and_back(play: Play) -> None:
    clock = play.stage.folder / "clock"
    clock.write_text("+0")
    (library,) = Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")
    told = {
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        # As a real clock: what measures how long things take goes on as it was.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_CACHE_DURATION": "1",
    }
    with play.stage.told_otherwise(**told):
        play.act(set_forward_and_back(clock))
