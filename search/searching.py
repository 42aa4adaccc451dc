"""Search and suggest: a query becomes a plan, an engine adds it up, and this process's index is kept at the head."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from search.display import Display
from search.document import FILTERS
from search.engines.base import EngineError, Filters, Page, Sort
from search.plan import Plan, plan_for, prefix_for
from search.respelt import AsTyped
from search.rules import Rules
from search.rules_in_force import rules_in_force
from search.serving import Index
from search.suggesting import CANDIDATES, Suggestion, best
from search.vocabularies import Vocabularies

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
    #: What was looked for, by which the words that were found are marked.
    plan: Plan
    #: The index whose words were read: another one whenever something was published.
    version: str
    #: The query as understood where words were respelt, in lower case and without accents; else empty.
    corrected: str = ""
    #: Facet → value → results.
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    #: This machine's own index answered in place of the site's server.
    degraded: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.total // self.size)


_vocabularies = Vocabularies()


def search(
    query: str,
    *,
    locale: str,
    filters: Filters | None = None,
    facets: Sequence[str] = (),
    page: int = 1,
    size: int = 20,
    sort: Sort = "relevance",
    exact: bool = False,
    rules: Rules | None = None,
    today: date | None = None,
    engine: str | None = None,
) -> Results:
    """A page of what a query finds among the records of a locale; any text is a query.

    An empty query lists by title. ``filters`` are of ``FILTERS``: any of a name's values, and all
    of the names; ``search.facets.as_filters`` makes them. ``exact`` takes no word for a misspelling.
    ``rules`` are those in force unless others are tried; dated best bets only hold if ``today`` is
    told. The site's server answers, or else the embedded index, unless an ``engine`` is named.
    One SQL query each quarter of a second and one more each second, unless something was published or the
    rules were changed since. Raises ``ValueError`` for what can not be asked, ``EngineError`` if no index can be had.
    """
    filters = filters or {}
    unknown = {*filters, *facets} - set(FILTERS)
    if unknown or page < 1 or not 1 <= size <= MAX_SIZE:
        raise ValueError(f"unknown filter, page or size: {sorted(unknown)}, {page}, {size}")
    index = Index.of(engine)
    if rules is None:
        rules = rules_in_force.of(locale, seconds=time.monotonic())
    wanted = {"filters": filters, "facets": facets, "page": page, "size": size, "sort": sort}

    def ask() -> tuple[Plan, Page, float, bool]:
        words = _vocabularies.of(index.engine, locale.casefold())
        plan = plan_for(query, locale, AsTyped(words) if exact else words, rules, today=today)
        return plan, *_timed(index, plan, wanted)

    try:
        plan, found, seconds, degraded = ask()
    except EngineError:
        index.mend()
        plan, found, seconds, degraded = ask()
    return Results(
        query=query,
        total=found.total,
        hits=found.hits,
        page=page,
        size=size,
        engine_ms=seconds * 1000,
        plan=plan,
        version=index.engine.version(),
        corrected=plan.corrected,
        facets=found.facets,
        degraded=degraded,
    )


def suggest(prefix: str, *, locale: str, limit: int = 8) -> tuple[Suggestion, ...]:
    """Entries whose names go on from what was typed so far, best first; none for an empty prefix."""
    index = Index.of(None)
    planned = prefix_for(prefix, locale)

    def ask() -> tuple[Display, ...]:
        return index.answer(lambda engine: engine.suggest(planned, limit=limit * CANDIDATES))[0]

    try:
        found = ask()
    except EngineError:
        index.mend()
        found = ask()
    return best(prefix, found, locale=locale, limit=limit)


def _timed(index: Index, plan: Plan, wanted: Mapping[str, Any]) -> tuple[Page, float, bool]:
    started = time.perf_counter()
    found, degraded = index.answer(lambda engine: engine.search(plan, **wanted))
    return found, time.perf_counter() - started, degraded
