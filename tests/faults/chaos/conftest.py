"""One stage for all faults of a round, one ledger, and as many rounds as there is time for."""

import os
from collections.abc import Iterator

import pytest

from tests.faults.chaos.ledger import Ledger
from tests.faults.chaos.play import Play
from tests.faults.chaos.stage import Stage
from tests.offered import chaos_lacks

LONG = os.environ.get("CONECTA_LONG") == "1"


@pytest.fixture(scope="package", params=range(3 if LONG else 1), ids=lambda turn: f"round {turn + 1}")
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    lacking = chaos_lacks()
    if lacking:
        pytest.skip(f"not on this machine: {', '.join(lacking)}")
    stage = Stage()
    yield stage
    stage.remove()


@pytest.fixture(scope="package")
def ledger(stage: Stage) -> Ledger:
    return Ledger()


@pytest.fixture
def play(stage: Stage, ledger: Ledger) -> Play:
    return Play(stage, ledger)
