"""The vocabularies that a process keeps, each as its engine's index is now."""

import logging
import time
from dataclasses import dataclass
from threading import Lock, Thread
from weakref import WeakKeyDictionary

from search.engines.base import Engine, EngineError
from search.spelling import Spelling
from search.text import language_of
from search.vocabulary import Vocabulary

logger = logging.getLogger(__name__)

#: A search waits for words that were read within so many seconds last time. Where reading takes longer, it goes on
#: with those it knows, and what was published a moment ago counts as rare until they are read.
PATIENCE_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class _Kept:
    version: str
    vocabulary: Vocabulary
    #: How long it took to read.
    seconds: float


class Vocabularies:
    """Read again when the index is another, by one thread for all. Safe for threads."""

    def __init__(self, *, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._kept: WeakKeyDictionary[Engine, dict[str, _Kept]] = WeakKeyDictionary()
        self._spellings: dict[str, Spelling] = {}
        self._reading = Lock()

    def of(self, engine: Engine, locale: str) -> Vocabulary:
        """The vocabulary of a locale in an engine's index. Raises ``EngineError`` if there is none yet."""
        kept = self._kept.setdefault(engine, {}).get(locale)
        if kept is not None and kept.version == engine.version():
            return kept.vocabulary
        if kept is None or kept.seconds <= self._patience:
            with self._reading:
                return self._read(engine, locale)
        if self._reading.acquire(blocking=False):
            Thread(target=self._read_beside, args=(engine, locale), name="vocabulary", daemon=True).start()
        return kept.vocabulary

    def _read(self, engine: Engine, locale: str) -> Vocabulary:
        version = engine.version()
        kept = self._kept[engine].get(locale)
        if kept is None or kept.version != version:
            started = time.monotonic()
            counts = engine.vocabulary(locale)
            spelling = self._spellings.setdefault(locale, Spelling(language_of(locale)))
            vocabulary = Vocabulary(counts.documents, counts.frequencies, spelling)
            # What was learnt the first time is learnt for good.
            seconds = time.monotonic() - started if kept else 0.0
            kept = self._kept[engine][locale] = _Kept(version, vocabulary, seconds)
        return kept.vocabulary

    def _read_beside(self, engine: Engine, locale: str) -> None:
        try:
            self._read(engine, locale)
        except EngineError:
            logger.exception("search: the words of the index can not be read")
        finally:
            self._reading.release()
