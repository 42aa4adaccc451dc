"""Two works at once, the second of which begins while the first is in its middle."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from wagtail.models import Page

from services.projecting import differences
from tests.faults.conftest import PATIENCE, Threads


class Pause:
    """Holds the first thread that comes by, until it is let go. The test's own thread passes."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self._go_on = threading.Event()
        self._first = threading.Lock()

    def __call__(self, *_args: Any, **_kwargs: Any) -> None:
        if threading.current_thread() is not threading.main_thread() and self._first.acquire(blocking=False):
            self.reached.set()
            assert self._go_on.wait(PATIENCE)

    def let_go(self) -> None:
        """Let it go on."""
        self._go_on.set()


def wait_until_blocked() -> None:
    """Until some other connection waits for a lock."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    tick = threading.Event()
    for _ in range(int(PATIENCE / 0.01)):
        with connection.cursor() as cursor:
            cursor.execute(asked)
            if cursor.fetchone()[0]:
                return
        tick.wait(0.01)
    pytest.fail("nobody waits")


def after_both_began(threads: Threads, middle: Pause, first: Callable[[], Any], second: Callable[[], Any]) -> None:
    """Run two works so that the second begins while the first is in its middle."""
    threads.start(first)
    assert middle.reached.wait(PATIENCE)
    threads.start(second)
    wait_until_blocked()
    middle.let_go()
    threads.join()
    assert list(differences()) == []
    assert not any(Page.find_problems())
