"""One fault, with a steady load before it, while it lasts and after it, and the ledger at the end."""

import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from tests.faults.chaos.ledger import Ledger
from tests.faults.chaos.load import Load, Reading
from tests.faults.chaos.stage import Stage
from tests.faults.conftest import PATIENCE

#: Seconds of load before and after; of most faults.
BEFORE, AFTER, FAULT = 1.0, 1.0, 3.0


@dataclass(frozen=True)
class Seen:
    """What people saw while the fault lasted, and what the newsroom was refused."""

    readings: list[Reading]
    refused: int
    #: From the end of the fault until nothing was left of it.
    healed: float

    @property
    def failed(self) -> float:
        """The share of readings that failed."""
        return len([each for each in self.readings if each.failure]) / max(len(self.readings), 1)

    @property
    def degraded(self) -> int:
        """Searches that the embedded index answered in place of the server."""
        return sum(each.degraded for each in self.readings)


class Play:
    """Of one stage and its ledger."""

    def __init__(self, stage: Stage, ledger: Ledger) -> None:
        self.stage, self.ledger = stage, ledger
        self.load = Load(stage, ledger)

    def act(
        self, fault: AbstractContextManager[object] | None = None, *, seconds: float = FAULT, failing: float = 0.0
    ) -> Seen:
        """Do a fault. ``failing`` is the share of readings that may fail while it lasts; before and after none may."""
        self.ledger.begin()
        with self.load.running():
            time.sleep(BEFORE)
            began = time.monotonic()
            with fault or nullcontext():
                time.sleep(max(0.0, seconds - (time.monotonic() - began)))
            ended = time.monotonic()
            self.stage.wait_until_well()
            well = time.monotonic()
            refused = self.ledger.refused
            time.sleep(AFTER)
        readings = self.load.readings
        # What was asked for before it began may have met it.
        met = [each for each in readings if each.at < well and each.at + each.seconds >= began]
        outside = [each for each in readings if each.failure and each not in met]
        seen = Seen(met, refused, well - ended)
        assert outside == [], "without a fault nothing fails"
        assert self.ledger.refused == refused, "without a fault nothing is refused"
        assert seen.failed <= failing, [each for each in met if each.failure][:5]
        assert self.ledger.accepted, "nothing was published: the test shows nothing"
        self._settle()
        return seen

    def _settle(self) -> None:
        until = time.monotonic() + PATIENCE
        while problems := self.ledger.problems(self.stage):
            assert time.monotonic() < until, problems
            time.sleep(0.5)
