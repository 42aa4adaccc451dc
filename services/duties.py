"""What the worker does again and again, for any app: daily figures, what is dropped after its time."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connections

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Duty:
    """A thing to do every so often, at a moment. Doing it twice does no harm: each worker begins with it."""

    every: timedelta
    do: Callable[[datetime], object]
    #: In a thread of its own: it waits for others' servers, and a schedule must not wait with it.
    apart: bool = False


_duties: dict[str, Duty] = {}
_running: dict[str, threading.Thread] = {}


def register_duty(name: str, do: Callable[[datetime], object], *, every: timedelta, apart: bool = False) -> None:
    """Have the worker do this every so often; ``apart``: without the others waiting for it."""
    _duties[name] = Duty(every, do, apart)


def do_due(at: datetime, done: dict[str, datetime], *, wait: bool = False) -> int:
    """Do what is due at a moment, noting it in ``done``; how many failed. A failure is logged and waits its time.

    Of those done apart, which may still be at it, only the log tells; with ``wait`` none is done apart. A clock that
    jumped back holds up nothing.
    """
    failed = 0
    for name, duty in _duties.items():
        last = done.get(name)
        if last is not None and timedelta(0) <= at - last < duty.every:
            continue
        if duty.apart and not wait:
            if name not in _running or not _running[name].is_alive():
                done[name] = at
                _running[name] = threading.Thread(
                    target=_do_apart, args=(name, duty, at), name=f"duty {name}", daemon=True
                )
                _running[name].start()
            continue
        done[name] = at
        failed += not _did(name, duty, at)
    return failed


def _did(name: str, duty: Duty, at: datetime) -> bool:
    try:
        duty.do(at)
    except Exception:
        logger.exception("duty: %s failed", name)
        return False
    return True


def _do_apart(name: str, duty: Duty, at: datetime) -> None:
    try:
        _did(name, duty, at)
    finally:
        connections.close_all()
