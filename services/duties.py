"""What the worker does again and again, for any app: daily figures, what is dropped after its time."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Duty:
    """A thing to do every so often, at a moment. Doing it twice does no harm: each worker begins with it."""

    every: timedelta
    do: Callable[[datetime], object]


_duties: dict[str, Duty] = {}


def register_duty(name: str, do: Callable[[datetime], object], *, every: timedelta) -> None:
    """Have the worker do this every so often."""
    _duties[name] = Duty(every, do)


def do_due(at: datetime, done: dict[str, datetime]) -> int:
    """Do what is due at a moment, noting it in ``done``; how many failed. A failure is logged and waits its time."""
    failed = 0
    for name, duty in _duties.items():
        last = done.get(name)
        if last is not None and at - last < duty.every:
            continue
        done[name] = at
        try:
            duty.do(at)
        except Exception:
            logger.exception("duty: %s failed", name)
            failed += 1
    return failed
