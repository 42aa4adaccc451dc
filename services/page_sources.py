"""What public pages are made of, and whether any of it has changed since one was made.

A source is a name and a reader whose answer is another as soon as what it reads is: the change log's head, the city's
identity. Each process reads a source twice a second at most, and at once after it changed it itself; so whatever is
published is seen everywhere within a second, and nobody has to be told.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db import DatabaseError

from services import changes
from services.models.published import LAST_SEEN, PublishedRecord, RecordLink
from services.record import Kind

#: How long what was read is believed.
SECONDS = 0.5
LOG = "log"
#: Every page shows them.
_ON_EVERY_PAGE: frozenset[Kind] = frozenset({"alert", "city"})
#: No page of an entry shows them.
_ON_NO_PAGE: frozenset[Kind] = frozenset({"demand"})
#: Changes that a process remembers; a page that is older than them is made anew.
REMEMBERED = 2_000
_EVERY_PAGE = "*"


class Unreadable(Exception):
    """The database did not say what a source is now."""


@dataclass(frozen=True)
class _Read:
    value: str
    until: float
    failed: bool = False


_readers: dict[str, Callable[[], str]] = {}
_read: dict[str, _Read] = {}


def register_source(name: str, reader: Callable[[], str]) -> None:
    """Have pages depend on something beside the log."""
    _readers[name] = reader


def changed(name: str) -> None:
    """This process has changed a source: read it anew."""
    _read.pop(name, None)


def forget() -> None:
    """Read all anew."""
    _read.clear()
    _TAIL.forget()


def now(name: str) -> str:
    """A source as it was at most ``SECONDS`` ago; ``""`` for one that nobody registered. Raises ``Unreadable``."""
    if name == LOG:
        # Whoever publishes in this process makes it forget the place.
        seen = LAST_SEEN.recent(SECONDS)
        if seen is not None:
            return place_of(seen)
    found = _read.get(name)
    if found is None or time.monotonic() >= found.until or (name == LOG and not found.failed):
        found = _read_anew(name)
    if found.failed:
        raise Unreadable(name)
    return found.value


def everything() -> dict[str, str]:
    """All sources. Raises ``Unreadable``."""
    return {name: now(name) for name in (LOG, *_readers)}


def _read_anew(name: str) -> _Read:
    reader = _readers.get(name)
    try:
        value, failed = (place_of(changes.head()) if name == LOG else reader() if reader else ""), False
    except DatabaseError:
        # Asked again at once by each request, a database that is away would hold up all of them.
        value, failed = "", True
    read = _Read(value, time.monotonic() + SECONDS, failed)
    _read[name] = read
    return read


def place_of(place: tuple[str, int]) -> str:
    """A place in the log as one word."""
    return f"{place[0]}.{place[1]}"


def same(made_of: Mapping[str, str], about: frozenset[str] | None) -> bool:
    """Whether a page that was made of these is what it would be now; ``about`` names the entries that it shows.

    Without ``about`` any change of the log makes it another. Raises ``Unreadable``.
    """
    for name, value in made_of.items():
        current = now(name)
        if current != value and not (name == LOG and about is not None and _TAIL.spares(value, current, about)):
            return False
    return True


def surely_same(made_of: Mapping[str, str]) -> bool:
    """Whether all of these are known to be what a page was made of, without asking the database."""
    seen = LAST_SEEN.recent(SECONDS)
    if seen is None or made_of.get(LOG) != place_of(seen):
        return False
    at = time.monotonic()
    for name, value in made_of.items():
        if name == LOG:
            continue
        found = _read.get(name)
        if found is None or found.failed or found.value != value or at >= found.until:
            return False
    return True


class _Tail:
    """The last changes of the log: which entries each of them touches. Two queries each time that the log has moved."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Begin anew, at the next place that is asked for."""
        self._epoch, self._first, self._last = "", 0, -1
        self._touched: deque[tuple[int, frozenset[str]]] = deque()

    def spares(self, since: str, until: str, about: frozenset[str]) -> bool:
        """Whether no change between two places touches any of these entries."""
        (epoch, start), (other, end) = _parts(since), _parts(until)
        if epoch != other:
            return False
        with self._lock:
            try:
                self._advance(epoch, start, end)
            except DatabaseError as error:
                raise Unreadable(LOG) from error
            if start < self._first:
                return False
            return not any(
                _EVERY_PAGE in names or not names.isdisjoint(about)
                for sequence, names in self._touched
                if start < sequence <= end
            )

    def _advance(self, epoch: str, start: int, end: int) -> None:
        if epoch != self._epoch:
            self._epoch, self._first, self._last = epoch, start, start
            self._touched.clear()
        if end <= self._last:
            return
        rows = list(
            PublishedRecord.objects.after(self._last).values_list("pk", "sequence", "kind", "entry_id")[:REMEMBERED]
        )
        if len(rows) == REMEMBERED:
            self._first = self._last = end
            self._touched.clear()
            return
        targets = _targets(pk for pk, *_rest in rows)
        for pk, sequence, kind, entry_id in rows:
            self._touched.append((sequence, _names(kind, entry_id, targets.get(pk, ()))))
            self._last = sequence
        self._last = max(self._last, end)
        while len(self._touched) > REMEMBERED:
            self._first = self._touched.popleft()[0]


def _names(kind: str, entry_id: str, targets: Iterable[str]) -> frozenset[str]:
    if kind in _ON_NO_PAGE:
        return frozenset()
    return frozenset({_EVERY_PAGE} if kind in _ON_EVERY_PAGE else {entry_id, *targets})


def _targets(pks: Iterable[int]) -> dict[int, list[str]]:
    """What these records point to: a page lists what points to its entry."""
    found: dict[int, list[str]] = {}
    for pk, target in RecordLink.objects.filter(record_id__in=list(pks)).values_list("record_id", "target_id"):
        found.setdefault(pk, []).append(target)
    return found


def _parts(place: str) -> tuple[str, int]:
    epoch, _dot, number = place.rpartition(".")
    return epoch, int(number)


_TAIL = _Tail()
