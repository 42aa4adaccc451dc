"""Keeps an engine at the head of the change log; builds it anew beside the old one where it must."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from pydantic import ValidationError

from search.document import Document, document_of, key_of
from search.engines.base import Engine, EngineError, Removal, Target, Update
from search.engines.elasticsearch_access import Access, configured
from search.engines.embedded import Embedded
from search.gathering import concerned, gather
from search.surroundings import NOTHING
from services import changes
from services.record import Record

logger = logging.getLogger(__name__)

#: Changes a commit while a few are taken in; while all are, changes read at a time (a thousand records take 80 MiB).
_BATCH = changes.BATCH
_REBUILD_BATCH = 100
#: Seconds for which an index made by another version of the code is left alone after we built ours.
_TURN_SECONDS = 60.0
#: Seconds that a search waits for another process that builds the very first index.
FIRST_BUILD_SECONDS = 30.0


class Follower:
    """One engine, and its place in the log."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._turn_over_at = 0.0

    def keep_up(self, *, wait: float = 0.0, head: str | None = None) -> bool:
        """Take in what was published since; whether the engine is at the head now.

        One query if nothing was, none if the ``head`` of the log is known. If another process writes
        and does not end within ``wait`` seconds, the index that there is goes on serving; a search
        without any index waits longer. An index made by other code is built anew, but not again at
        once: while an upgrade goes on, two versions of the code would do nothing else.
        Raises ``EngineError``.
        """
        head = head or changes.cursor(*changes.head())
        if self.is_at(head):
            return True
        self.engine.refresh()
        if self.is_at(head):
            return True
        with self.engine.writing(wait=wait if self.engine.cursor() else FIRST_BUILD_SECONDS) as ours:
            self.engine.refresh()
            if ours and not self.is_at(head):
                self._converge()
        return self.is_at(head)

    def rebuild(self, *, wait: float) -> int:
        """Build the index anew beside the one that serves, then swap; the number of documents in it.

        Raises ``EngineError`` if another process goes on writing for ``wait`` seconds.
        """
        with self.engine.writing(wait=wait) as ours:
            if not ours:
                raise EngineError("another process is writing to this index")
            return self._rebuild()

    def is_at(self, head: str) -> bool:
        """Whether the index is at this place of the log, as far as this process has seen."""
        return self.engine.cursor() == head and (self.engine.is_current() or not self._is_our_turn())

    def _is_our_turn(self) -> bool:
        return time.monotonic() >= self._turn_over_at

    def _converge(self) -> None:
        cursor = self.engine.cursor()
        if not cursor:
            self._rebuild()
            return
        if not self.engine.is_current():
            # Otherwise it is for the code that made it to keep.
            if self._is_our_turn():
                self._rebuild()
            return
        try:
            for reached, found in changes.follow(cursor, limit=_BATCH):
                self.engine.apply(_updates([*found, *concerned(found)]), reached)
        except (changes.CursorGone, ValueError):
            self._rebuild()

    def _rebuild(self) -> int:
        target = self.engine.begin_rebuild()
        documents = _fill(target)
        self.engine.finish_rebuild(target)
        self._turn_over_at = time.monotonic() + _TURN_SECONDS
        return documents


def _fill(target: Target) -> int:
    _epoch, began = changes.head()
    cursor = changes.START
    filled: set[str] = set()
    for reached, found in changes.follow(cursor, limit=_REBUILD_BATCH):
        # What is older was gathered from as it is now, whichever came first.
        late = concerned(change for change in found if change.sequence > began)
        # Of what is removed, only what we put there before: it was public when we began.
        updates = [each for each in _updates([*found, *late]) if isinstance(each, Document) or each.key in filled]
        target.apply(updates, reached)
        for each in updates:
            if isinstance(each, Document):
                filled.add(each.key)
            else:
                filled.discard(each.key)
        cursor = reached
    if cursor == changes.START:
        # An index of nothing knows where it stands as well.
        target.apply((), cursor)
    return len(filled)


def _updates(found: Iterable[changes.Change]) -> Iterator[Update]:
    records = [(change, _record_of(change)) for change in found]
    around = gather(record for _change, record in records if record is not None)
    for change, record in records:
        document = record and document_of(record, around=around.get(record.id, NOTHING), sequence=change.sequence)
        yield document or Removal(key_of(change.kind, change.id, change.locale))


def _record_of(change: changes.Change) -> Record | None:
    if change.deleted:
        return None
    try:
        return change.record()
    except ValidationError:
        # One record that can not be read must not keep all others from being found.
        logger.exception("search: %s %s (%s) can not be read", change.kind, change.id, change.locale)
        return None


@cache
def _folder(data: str | Path) -> Path:
    return Path(data) / "search" / "embedded"


def _elasticsearch(access: Access) -> Engine:
    # Most sites have no server, and its client takes 8 MiB of every process.
    from search.engines.elasticsearch import Elasticsearch

    return Elasticsearch(access)


EMBEDDED, ELASTICSEARCH = "embedded", "elasticsearch"
#: Name → where it is by the settings, and how to make it.
ENGINES: Mapping[str, tuple[Callable[[], Any], Callable[[Any], Engine]]] = {
    EMBEDDED: (lambda: _folder(settings.DATA_DIR), Embedded),
    ELASTICSEARCH: (configured, _elasticsearch),
}


@cache
def _follower(make: Callable[[Any], Engine], where: Any) -> Follower:
    return Follower(make(where))


def follower(name: str = EMBEDDED) -> Follower:
    """This process's follower of an engine. Raises ``EngineError`` for one that the settings do not name rightly."""
    where, make = ENGINES[name]
    return _follower(make, where())
