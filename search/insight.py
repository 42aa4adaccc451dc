"""What people look for, noted as it happens: counted in this process, and written once a minute.

A search must not wait for a count, nor fail because of one. A process that is killed outright
loses what it counted since the last writing, a minute at most; one that is told to end writes first.
Nothing is noted but a query's normal form, the day and the language; and of some queries nothing at all.
"""

import logging
import os
import threading
from collections.abc import Callable, Mapping
from datetime import date
from multiprocessing.util import Finalize

from django.db import DatabaseError, connection

from search.counting import Asked, Counts, normal_form
from search.query_counts import QueryCount

logger = logging.getLogger(__name__)

WRITE_EVERY_SECONDS = 60.0
#: Different queries that are written before their minute is over.
WRITE_AT = 500
#: What is kept at most while the database takes nothing; what comes then is not counted.
MOST_WAITING = 5_000


class Tally:
    """Counts that wait to be written. Safe for threads; a forked process begins with none.

    Without ``seconds`` nothing is written but by ``flush``.
    """

    def __init__(self, write: Callable[[Mapping[Asked, Counts]], object], *, seconds: float | None) -> None:
        self._write = write
        self._seconds = seconds
        self._begin()
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        self._waiting: dict[Asked, Counts] = {}
        self._lock = threading.Lock()
        self._full = threading.Event()
        self._writer: threading.Thread | None = None

    def add(self, asked: Asked, counts: Counts) -> None:
        """Count; no query is run."""
        with self._lock:
            self._add(asked, counts)
            if len(self._waiting) == WRITE_AT:
                self._full.set()
            if self._writer is None and self._seconds is not None:
                self._writer = threading.Thread(target=self._write_on, name="conecta-insight", daemon=True)
                self._writer.start()
                # Workers that multiprocessing forked leave out what is registered with ``atexit``; this they do.
                Finalize(None, self.flush, exitpriority=1)

    def _add(self, asked: Asked, counts: Counts) -> None:
        before = self._waiting.get(asked)
        if before is not None:
            self._waiting[asked] = before + counts
        elif len(self._waiting) < MOST_WAITING:
            self._waiting[asked] = counts

    def flush(self) -> None:
        """Write what waits. What the database does not take waits on."""
        with self._lock:
            taken, self._waiting = self._waiting, {}
        if not taken:
            return
        try:
            self._write(taken)
        except DatabaseError:
            logger.exception("insight: %d counts could not be written, and wait", len(taken))
            with self._lock:
                for asked, counts in taken.items():
                    self._add(asked, counts)

    def _write_on(self) -> None:
        while True:
            self._full.wait(self._seconds)
            self._full.clear()
            self.flush()
            # This thread's own, and idle for a minute.
            connection.close()


tally = Tally(QueryCount.objects.add, seconds=WRITE_EVERY_SECONDS)


def note_search(query: str, *, locale: str, day: date, found: bool, previous: str = "") -> None:
    """A person searched. ``previous`` is the query whose results were before her eyes, none of them opened.

    The same query again, narrowed or sent twice, is the same search.
    """
    asked, before = normal_form(query, locale), normal_form(previous, locale)
    if asked == before:
        return
    if asked:
        tally.add(Asked(day, locale, asked), Counts(searches=1, without_result=0 if found else 1))
    if before:
        tally.add(Asked(day, locale, before), Counts(reformulated=1))


def note_outcome(query: str, *, locale: str, day: date, first: bool, clicked: bool) -> None:
    """The page of results said what became of them; ``first`` if it had said nothing before."""
    asked = normal_form(query, locale)
    if asked:
        tally.add(Asked(day, locale, asked), Counts(observed=int(first), clicked=int(clicked)))
