"""Counts gathered as things happen, in this process, and written once a minute.

Nothing must wait for a count, nor fail because of one. A process that is killed outright loses what it counted since
the last writing, a minute at most; one that is told to end writes first.
"""

import logging
import os
import threading
from collections.abc import Callable, Hashable, Mapping
from multiprocessing.util import Finalize
from typing import Any, Generic, TypeVar

from django.db import DatabaseError, connection

logger = logging.getLogger(__name__)

WRITE_EVERY_SECONDS = 60.0
#: Different things that are written before their minute is over.
WRITE_AT = 500
#: What is kept at most while the database takes nothing; what comes then is not counted.
MOST_WAITING = 5_000

Thing = TypeVar("Thing", bound=Hashable)
#: Whatever can be added up: a number, or several.
Count = TypeVar("Count")


class Tally(Generic[Thing, Count]):
    """Counts that wait to be written. Safe for threads; a forked process begins with none.

    Without ``seconds`` nothing is written but by ``flush``. ``most`` may wait.
    """

    def __init__(
        self,
        write: Callable[[Mapping[Thing, Count]], object],
        *,
        seconds: float | None,
        most: int = MOST_WAITING,
    ) -> None:
        self._write = write
        self._seconds = seconds
        self._most = most
        self._begin()
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        self._waiting: dict[Thing, Count] = {}
        self._lock = threading.Lock()
        self._full = threading.Event()
        self._writer: threading.Thread | None = None

    def add(self, thing: Thing, counts: Count) -> None:
        """Count; no query is run."""
        with self._lock:
            self._add(thing, counts)
            if len(self._waiting) == WRITE_AT:
                self._full.set()
            if self._writer is None and self._seconds is not None:
                self._writer = threading.Thread(target=self._write_on, name="conecta-tally", daemon=True)
                self._writer.start()
                # Workers that multiprocessing forked leave out what is registered with ``atexit``; this they do.
                Finalize(None, self.flush, exitpriority=1)

    def _add(self, thing: Thing, counts: Count) -> None:
        before: Any = self._waiting.get(thing)
        if before is not None:
            self._waiting[thing] = before + counts
        elif len(self._waiting) < self._most:
            self._waiting[thing] = counts

    def flush(self) -> None:
        """Write what waits. What the database does not take waits on."""
        with self._lock:
            taken, self._waiting = self._waiting, {}
        if not taken:
            return
        try:
            self._write(taken)
        except DatabaseError:
            logger.exception("tally: %d counts could not be written, and wait", len(taken))
            with self._lock:
                for thing, counts in taken.items():
                    self._add(thing, counts)

    def _write_on(self) -> None:
        while True:
            self._full.wait(self._seconds)
            self._full.clear()
            self.flush()
            # This thread's own, and idle for a minute.
            connection.close()
