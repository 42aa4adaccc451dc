"""The embedded engine: tantivy in a folder of this machine.

``current`` names the folder that serves and is replaced in one step; a rebuild writes a folder of
its own beside it. One process at a time writes, under a lock that ends with the process; readers
are never disturbed, and go on reading a folder that was removed until they look again.
"""

import secrets
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files import locks
from tantivy import DocAddress, Order, Query, Searcher, SearchResult

from search.display import Display
from search.document import ANYWHERE, FORMS
from search.engines import tantivy_query as translate
from search.engines.base import EngineError, Filters, Page, Sort, Target, WordCounts
from search.engines.tantivy_folder import BROKEN, Folder, NewFolder, Seen, fingerprint, saying_so
from search.plan import Plan, Prefix

_POINTER = "current"
_LOCK = "writer.lock"
_RETRY_LOCK_SECONDS = 0.05
#: Hits asked for beyond the page, so that most ties at its end are seen whole at once.
_MARGIN = 24
#: A district may have dozens: one for each block of days.
_MOST_FACET_VALUES = 10_000
_ORDERS = {"title": ("sort_key", Order.Asc), "updated": ("sequence", Order.Desc)}


class Embedded:
    """An ``Engine`` in a folder that it makes itself."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._folder: Folder | None = None

    @contextmanager
    def writing(self, *, wait: float) -> Iterator[bool]:
        """Hold the lock of the folder, which the system drops if this process dies."""
        with saying_so():
            self._path.mkdir(parents=True, exist_ok=True)
            lock = (self._path / _LOCK).open("a")
        until = time.monotonic() + wait
        with lock as file:
            held = locks.lock(file, locks.LOCK_EX | locks.LOCK_NB)
            while not held and time.monotonic() < until:
                time.sleep(_RETRY_LOCK_SECONDS)
                held = locks.lock(file, locks.LOCK_EX | locks.LOCK_NB)
            try:
                yield held
            finally:
                if held:
                    locks.unlock(file)

    def refresh(self) -> None:
        """Look again at what serves, and up to which commit."""
        try:
            path = self._path / (self._path / _POINTER).read_text(encoding="ascii")
            if self._folder is not None and self._folder.path == path:
                self._folder.refresh()
            else:
                self._folder = Folder.open(path)
        except BROKEN:
            self._folder = None

    def cursor(self) -> str | None:
        """The cursor of the commit that this process reads."""
        return self._folder.seen.cursor if self._folder else None

    def version(self) -> str:
        """The folder, and the cursor in it."""
        return f"{self._folder.path.name}@{self._folder.seen.cursor}" if self._folder else ""

    def is_current(self) -> bool:
        """Whether the index bears this code's fingerprint."""
        return self._folder is not None and self._folder.seen.fingerprint == fingerprint()

    def apply(self, updates: Iterable[Any], cursor: str) -> None:
        """Commit to the folder that serves. Only while ``writing``."""
        self._serving().apply(updates, cursor)

    def begin_rebuild(self) -> Target:
        """Remove what is left of killed rebuilds; a new folder. Only while ``writing``."""
        self.refresh()
        self._remove_all_but(self._folder.path if self._folder else None)
        with saying_so():
            return NewFolder(self._path / f"index-{secrets.token_hex(8)}")

    def finish_rebuild(self, target: Target) -> None:
        """Point to the new folder in one step, then remove the old one. Only while ``writing``."""
        if not isinstance(target, NewFolder):
            raise TypeError(f"not from begin_rebuild: {target!r}")
        pointer = self._path / f"{_POINTER}.new"
        with saying_so():
            folder = target.finished()
            pointer.write_text(target.path.name, encoding="ascii")
            pointer.replace(self._path / _POINTER)
        self._folder = folder
        self._remove_all_but(target.path)

    def search(
        self,
        plan: Plan,
        *,
        filters: Filters,
        facets: Sequence[str] = (),
        page: int = 1,
        size: int = 20,
        sort: Sort = "relevance",
    ) -> Page:
        """A page of hits; those of equal score in the order of their tie breaks."""
        seen = self._serving().seen
        query = translate.query_of(plan, filters, seen.held)
        if query is None:
            return Page()
        searcher = seen.searcher
        with saying_so():
            start = (page - 1) * size
            if sort == "relevance" and not plan.everything:
                addresses, total = _ranked(searcher, query, start=start, size=size)
            else:
                field, order = _ORDERS.get(sort, _ORDERS["title"])
                unranked = translate.unranked_query_of(plan, filters, seen.held)
                found = searcher.search(unranked or query, size, order_by_field=field, order=order, offset=start)
                addresses, total = [address for _key, address in found.hits], _total(found)
            return Page(seen.displays(addresses), total, _counted(seen, plan, filters, facets))

    def suggest(self, prefix: Prefix, *, limit: int) -> tuple[Display, ...]:
        """Entries with all beginnings of words; those first whose name begins as typed, then shorter titles."""
        query = translate.prefix_query_of(prefix)
        if query is None:
            return ()
        seen = self._serving().seen
        with saying_so():
            return seen.displays(_ranked(seen.searcher, query, start=0, size=limit)[0])

    def vocabulary(self, locale: str) -> WordCounts:
        """Counted among the documents of the locale that are there now: deleted ones are not."""
        searcher = self._serving().seen.searcher
        those = translate.term("filter_locale", locale)
        with saying_so():
            counted = {form: searcher.terms_with_prefix(f"{ANYWHERE}_{form}", "", those) for form in FORMS}
            frequencies = {form: {word: count for word, count in found if count} for form, found in counted.items()}
            return WordCounts(_total(searcher.search(those, 1)), frequencies)

    def _serving(self) -> Folder:
        folder = self._folder
        if folder is None:
            raise EngineError("embedded index: there is none yet")
        return folder

    def _remove_all_but(self, kept: Path | None) -> None:
        for folder in self._path.glob("index-*"):
            if folder != kept:
                shutil.rmtree(folder, ignore_errors=True)


def _ranked(searcher: Searcher, query: Query, *, start: int, size: int) -> tuple[list[DocAddress], int]:
    """Addresses of a page, by score and then tie break, and how many there are in all.

    tantivy breaks ties by place on disk, so hits are fetched until the last group of equals is whole.
    """
    end, all_documents = start + size, max(searcher.num_docs, 1)
    limit = end + _MARGIN
    while True:
        found = searcher.search(query, min(limit, all_documents))
        hits = found.hits
        if len(hits) < limit or hits[-1][0] < hits[end - 1][0]:
            break
        limit *= 4
    if len(hits) <= start:
        return [], _total(found)
    ties = searcher.fast_field_values("tie_break", [address for _score, address in hits])
    ranked = sorted(range(len(hits)), key=lambda place: (-hits[place][0], ties[place]))
    return [hits[place][1] for place in ranked[start:end]], _total(found)


def _total(found: SearchResult) -> int:
    # Missing in tantivy's own type stubs.
    total: int = found.count  # type: ignore[attr-defined]
    return total


def _counted(seen: Seen, plan: Plan, filters: Filters, facets: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    """How many hold each value of each facet, with the filters of all others.

    Facets by which nothing is filtered are counted among the same documents, in one go.
    """
    together = [name for name in facets if name not in filters]
    groups = [together, *([name] for name in facets if name in filters)]
    found: dict[str, Mapping[str, int]] = {}
    for names in filter(None, groups):
        others = {name: values for name, values in filters.items() if name not in names}
        found |= _counts(seen.searcher, translate.unranked_query_of(plan, others, seen.held), names)
    return {name: found[name] for name in facets}


def _counts(searcher: Searcher, query: Query | None, names: Sequence[str]) -> dict[str, Mapping[str, int]]:
    if query is None:
        return {name: {} for name in names}
    terms = {name: {"terms": {"field": f"filter_{name}", "size": _MOST_FACET_VALUES}} for name in names}
    answer = searcher.aggregate(query, terms)
    return {name: {each["key"]: each["doc_count"] for each in answer[name]["buckets"]} for name in names}
