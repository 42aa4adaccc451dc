"""Search and suggest: a query becomes a plan, an engine adds it up, and this process's index is kept at the head."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

from search.document import FILTERS, Display
from search.engines.base import Engine, EngineError, Filters, Page
from search.follower import FIRST_BUILD_SECONDS, Follower, follower
from search.plan import Plan, Vocabulary, plan_for, prefix_for
from search.spelling import Spelling

logger = logging.getLogger(__name__)

MAX_SIZE = 100


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results, best first."""

    query: str
    total: int
    hits: tuple[Display, ...]
    page: int
    size: int
    #: Time that the engine took; the rest is ours.
    engine_ms: float
    #: The query as understood where words were respelt, in lower case and without accents; else empty.
    corrected: str = ""
    #: Facet → value → results.
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.total // self.size)


class _Vocabularies:
    """The words of each locale, read again when the index is another. Safe for threads."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Engine, str, Vocabulary]] = {}
        self._spellings: dict[str, Spelling] = {}
        self._reading = Lock()

    def of(self, engine: Engine, locale: str) -> Vocabulary:
        """The vocabulary of a locale in the engine's index as it is now."""
        version = engine.version()
        kept = self._kept.get(locale)
        if kept is None or kept[0] is not engine or kept[1] != version:
            with self._reading:
                counts = engine.vocabulary(locale)
                spelling = self._spellings.setdefault(locale, Spelling())
                kept = engine, version, Vocabulary(counts.documents, counts.frequencies, spelling)
                self._kept[locale] = kept
        return kept[2]


_vocabularies = _Vocabularies()


def search(
    query: str,
    *,
    locale: str,
    filters: Filters | None = None,
    facets: Sequence[str] = (),
    page: int = 1,
    size: int = 20,
    engine: str | None = None,
) -> Results:
    """A page of what a query finds among the records of a locale; any text is a query.

    An empty query lists by title. ``filters`` are of ``FILTERS``: any of a name's values, and all
    of the names. One SQL query, unless something was published since. Raises ``ValueError`` for
    what can not be asked, ``EngineError`` if no index can be had.
    """
    filters = filters or {}
    unknown = {*filters, *facets} - set(FILTERS)
    if unknown or page < 1 or not 1 <= size <= MAX_SIZE:
        raise ValueError(f"unknown filter, page or size: {sorted(unknown)}, {page}, {size}")
    following = follower(engine) if engine else follower()
    _keep_up(following)
    try:
        plan, found, seconds = _ask(following.engine, query, locale, filters, facets, page, size)
    except EngineError:
        _mend(following)
        plan, found, seconds = _ask(following.engine, query, locale, filters, facets, page, size)
    return Results(
        query=query,
        total=found.total,
        hits=found.hits,
        page=page,
        size=size,
        engine_ms=seconds * 1000,
        corrected=plan.corrected,
        facets=found.facets,
    )


def suggest(prefix: str, *, locale: str, limit: int = 8) -> tuple[Display, ...]:
    """Entries whose names go on from what was typed so far, best first; none for an empty prefix."""
    following = follower()
    _keep_up(following)
    planned = prefix_for(prefix, locale)
    try:
        return following.engine.suggest(planned, limit=limit)
    except EngineError:
        _mend(following)
        return following.engine.suggest(planned, limit=limit)


def _ask(
    engine: Engine, query: str, locale: str, filters: Filters, facets: Sequence[str], page: int, size: int
) -> tuple[Plan, Page, float]:
    plan = plan_for(query, locale, _vocabularies.of(engine, locale.casefold()))
    started = time.perf_counter()
    found = engine.search(plan, filters=filters, facets=facets, page=page, size=size)
    return plan, found, time.perf_counter() - started


def _keep_up(following: Follower) -> None:
    """Bring the index to the head; where that fails, yesterday's index is better than none."""
    try:
        following.keep_up()
    except EngineError:
        if following.engine.cursor() is None:
            raise
        logger.exception("search: the index can not be brought to the head")


def _mend(following: Follower) -> None:
    """An index that opens and yet can not be read is replaced."""
    following.rebuild(wait=FIRST_BUILD_SECONDS)
