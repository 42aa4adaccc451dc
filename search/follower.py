"""Keeps an engine at the head of the change log; builds it anew beside the old one where it must."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from pydantic import ValidationError

from search.document import Document, document_of, key_of
from search.engines.base import Engine, EngineError, Removal, Target, Update
from search.engines.embedded import Embedded
from services import changes

logger = logging.getLogger(__name__)

#: Changes a commit while a few are taken in, and while all are.
_BATCH = changes.BATCH
_REBUILD_BATCH = 1_000
#: Seconds that a search waits for another process that builds the very first index.
FIRST_BUILD_SECONDS = 30.0


class Follower:
    """One engine, and its place in the log."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._rebuilt = False

    def keep_up(self, *, wait: float = 0.0) -> bool:
        """Take in what was published since; whether the engine is at the head now.

        One query if nothing was. If another process writes and does not end within ``wait``
        seconds, the index that there is goes on serving; a search without any index waits longer.
        An index made by other code is built anew, once in a process: two versions of the code
        on one machine would otherwise take turns for ever. Raises ``EngineError``.
        """
        head = changes.cursor(*changes.head())
        if self._is_at(head):
            return True
        self.engine.refresh()
        if self._is_at(head):
            return True
        with self.engine.writing(wait=wait if self.engine.cursor() else FIRST_BUILD_SECONDS) as ours:
            self.engine.refresh()
            if ours and not self._is_at(head):
                self._converge()
        return self._is_at(head)

    def rebuild(self, *, wait: float) -> int:
        """Build the index anew beside the one that serves, then swap; the number of documents in it.

        Raises ``EngineError`` if another process goes on writing for ``wait`` seconds.
        """
        with self.engine.writing(wait=wait) as ours:
            if not ours:
                raise EngineError("another process is writing to this index")
            return self._rebuild()

    def _is_at(self, head: str) -> bool:
        return self.engine.cursor() == head and (self._rebuilt or self.engine.is_current())

    def _converge(self) -> None:
        cursor = self.engine.cursor()
        if not cursor or not (self._rebuilt or self.engine.is_current()):
            self._rebuild()
            return
        if not self.engine.is_current():
            # A newer code's index: it is that code's to keep.
            return
        try:
            for reached, found in changes.follow(cursor, limit=_BATCH):
                self.engine.apply(_updates(found), reached)
        except (changes.CursorGone, ValueError):
            self._rebuild()

    def _rebuild(self) -> int:
        target = self.engine.begin_rebuild()
        documents = _fill(target)
        self.engine.finish_rebuild(target)
        self._rebuilt = True
        return documents


def _fill(target: Target) -> int:
    cursor, documents = changes.START, 0
    for reached, found in changes.follow(cursor, limit=_REBUILD_BATCH):
        updates = [update for update in _updates(found) if not isinstance(update, Removal)]
        target.apply(updates, reached)
        cursor, documents = reached, documents + len(updates)
    if cursor == changes.START:
        # An index of nothing knows where it stands as well.
        target.apply((), cursor)
    return documents


def _updates(found: Iterable[changes.Change]) -> Iterator[Update]:
    for change in found:
        yield _document_of(change) or Removal(key_of(change.kind, change.id, change.locale))


def _document_of(change: changes.Change) -> Document | None:
    if change.deleted:
        return None
    try:
        return document_of(change.record())
    except ValidationError:
        # One record that can not be read must not keep all others from being found.
        logger.exception("search: %s %s (%s) can not be read", change.kind, change.id, change.locale)
        return None


#: Name → how to make it, given this machine's data folder.
ENGINES: Mapping[str, Callable[[Path], Engine]] = {
    "embedded": lambda data_dir: Embedded(data_dir / "search" / "embedded")
}
DEFAULT_ENGINE = "embedded"


@cache
def _follower(name: str, data_dir: Path | str) -> Follower:
    return Follower(ENGINES[name](Path(data_dir)))


def follower(name: str = DEFAULT_ENGINE) -> Follower:
    """This process's follower of an engine. Raises ``KeyError`` for an engine that there is not."""
    return _follower(name, settings.DATA_DIR)


def converge() -> None:
    """Bring this machine's index to the head, for the worker; a failure is logged and tried again next time."""
    try:
        follower().keep_up(wait=FIRST_BUILD_SECONDS)
    except EngineError:
        logger.exception("search: the index can not be brought to the head")
