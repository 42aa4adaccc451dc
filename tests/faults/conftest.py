"""Tests that really commit: other connections, threads and processes see what they do."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, connections

#: Seconds after which a thread that hangs is a failure.
PATIENCE = 60.0


@pytest.fixture
def postgresql(committed: None) -> None:
    """Only where rows are locked one by one."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: only PostgreSQL can deadlock or overtake")


class Threads:
    """Work done at the same time, each on a connection of its own."""

    def __init__(self) -> None:
        self.failures: list[BaseException] = []
        self._threads: list[threading.Thread] = []

    def start(self, work: Callable[..., Any], *args: Any) -> threading.Thread:
        """Begin some work."""
        thread = threading.Thread(target=self._run, args=(work, *args), daemon=True)
        self._threads.append(thread)
        thread.start()
        return thread

    def _run(self, work: Callable[..., Any], *args: Any) -> None:
        try:
            work(*args)
        except BaseException as error:  # noqa: BLE001 - told by ``join``
            self.failures.append(error)
        finally:
            connections.close_all()

    def join(self) -> None:
        """Wait for all; raises the first failure."""
        for thread in self._threads:
            thread.join(PATIENCE)
            assert not thread.is_alive(), "still waiting: a deadlock?"
        if self.failures:
            raise self.failures.pop()


@pytest.fixture
def threads(committed: None) -> Iterator[Threads]:
    """Threads that have ended before the database is emptied."""
    found = Threads()
    yield found
    found.join()
