"""Tests that really commit: other connections, threads and processes see what they do."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

#: Seconds after which a thread that hangs is a failure.
PATIENCE = 60.0


@pytest.fixture
def committed(transactional_db: None) -> None:
    """The database as migrations leave it, without a transaction around the test."""


@pytest.fixture
def postgresql(committed: None) -> None:
    """Only where rows are locked one by one."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: only PostgreSQL can deadlock or overtake")


@pytest.fixture
def elsewhere(tmp_path: Path, committed: None) -> str:
    """The address of a migrated database that other processes can reach; SQLite's own is in memory."""
    own = connection.settings_dict
    if connection.vendor != "sqlite":
        return f"postgres://{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}/{own['NAME']}"
    connection.ensure_connection()
    with sqlite3.connect(tmp_path / "conecta.sqlite3") as copy:
        connection.connection.backup(copy)
    return f"sqlite:///{tmp_path}/conecta.sqlite3"


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
