"""The engine of big installations: an Elasticsearch (8.15 or newer), on which nothing needs to be installed.

``PREFIX`` is an alias of the index that serves, and is moved in one step; a rebuild fills an index of its own
beside it, ``PREFIX-index-…``. ``PREFIX-writer`` says who may write.
"""

import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from search.display import Display
from search.document import ANYWHERE, FORMS
from search.engines import elasticsearch_query as translate
from search.engines.base import EngineError, Filters, Page, Sort, Target, TooMuch, Update, WordCounts
from search.engines.elasticsearch_access import Access, Refused
from search.engines.elasticsearch_index import STATE, Index, fingerprint
from search.engines.elasticsearch_lease import Lease
from search.engines.elasticsearch_server import Server, saying_so
from search.plan import Plan, Prefix

_RETRY_LEASE_SECONDS = 0.1
#: Words that the server counts for one answer; its own limit is 65,536.
_PAGE_OF_WORDS = 20_000
#: What the server says of an index that is gone, or is not one of ours.
_NOT_OURS = {400, 404}
_ORDERS: Mapping[Sort, list[Any]] = {
    "relevance": ["_score", {"tie_break": "asc"}],
    "title": ["sort_key"],
    "updated": [{"sequence": "desc"}],
}


@dataclass(frozen=True, slots=True)
class _Seen:
    """The index that serves, as it was when last looked at."""

    index: str
    cursor: str
    fingerprint: str


class Elasticsearch:
    """An ``Engine`` on a server that many processes share."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self._server = Server(access)
        self._lease = Lease(self._server, f"{access.prefix}-writer")
        self._alias = quote(access.prefix)
        self._seen: _Seen | None = None

    @contextmanager
    def writing(self, *, wait: float) -> Iterator[bool]:
        """Hold the lease; that of a process that died is taken over once it has stood still for long enough."""
        until = time.monotonic() + wait
        held = self._lease.take()
        while not held and time.monotonic() < until:
            time.sleep(_RETRY_LEASE_SECONDS)
            held = self._lease.take()
        try:
            yield held
        finally:
            if held:
                self._lease.drop()

    def refresh(self) -> None:
        """Ask what serves, and up to which change. Raises ``EngineError`` if nobody answers."""
        try:
            found = self._server.ask("GET", f"/{self._alias}/_doc/{STATE}?realtime=false")
        except Refused as refused:
            if refused.status not in _NOT_OURS:
                raise
            self._seen = None
            return
        with saying_so():
            self._seen = _Seen(index=found["_index"], **found["_source"]["display"])

    def cursor(self) -> str | None:
        """The cursor that was there when this process last looked."""
        return self._seen.cursor if self._seen else None

    def version(self) -> str:
        """The index, and the cursor in it."""
        return f"{self._seen.index}@{self._seen.cursor}" if self._seen else ""

    def is_current(self) -> bool:
        """Whether the index bears this code's fingerprint."""
        return self._seen is not None and self._seen.fingerprint == fingerprint()

    def apply(self, updates: Iterable[Update], cursor: str) -> None:
        """Write to the index that serves. Only while ``writing``."""
        if self._seen is None:
            raise EngineError("Elasticsearch: there is no index yet")
        self._index(self._seen.index).apply(updates, cursor)
        self._seen = _Seen(self._seen.index, cursor, fingerprint())

    def begin_rebuild(self) -> Target:
        """Remove what is left of killed rebuilds; a new index. Only while ``writing``."""
        self._remove_all_but_the_serving()
        index = self._index(f"{self.access.prefix}-index-{secrets.token_hex(8)}")
        index.create()
        return index

    def finish_rebuild(self, target: Target) -> None:
        """Move the alias to the new index in one step, then remove the old one. Only while ``writing``."""
        if not isinstance(target, Index):
            raise TypeError(f"not from begin_rebuild: {target!r}")
        target.join()
        self._lease.renew()
        alias = self.access.prefix
        actions = [{"remove": {"index": name, "alias": alias}} for name in self._serving()]
        actions.append({"add": {"index": target.name, "alias": alias}})
        self._server.ask("POST", "/_aliases", {"actions": actions}, patient=True)
        self.refresh()
        self._remove_all_but_the_serving()

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
        """A page of hits; those of equal score in the order of their tie breaks. One request.

        It asks two things at once. Counting must look at every document; without, the server finds the best by looking
        only at those that can be among them.
        """
        # Filters of what is counted narrow the hits only after counting.
        afterwards = {name: values for name, values in filters.items() if name in facets}
        before = {name: values for name, values in filters.items() if name not in afterwards}
        ranked = sort == "relevance" and not plan.everything
        unranked = translate.unranked_query_of(plan, before)
        query = translate.query_of(plan, before) if ranked else unranked
        if query is None:
            return Page()
        start = (page - 1) * size
        order = _ORDERS["title" if sort == "relevance" and plan.everything else sort]
        those = {"query": query, "sort": order, "from": start, "size": size, "track_total_hits": False}
        count = {
            "query": unranked,
            "aggs": translate.facets_of(facets, afterwards),
            "size": 0,
            "track_total_hits": True,
        }
        narrowed = {"post_filter": {"bool": {"filter": translate.filters_of(afterwards)}}} if afterwards else {}
        with saying_so():
            found, counted = self._search_all(those | narrowed, count | narrowed)
            hits, total = _displays(found), counted["hits"]["total"]["value"]
            facets_found = {name: _counts(counted["aggregations"][name]) for name in facets}
        # Between the two something may have been published: where its end is seen, the list says how many there are.
        if hits or page == 1:
            seen = start + len(hits)
            total = seen if len(hits) < size else max(total, seen)
        return Page(hits, total, facets_found)

    def suggest(self, prefix: Prefix, *, limit: int) -> tuple[Display, ...]:
        """Entries with all beginnings of words; those first whose name begins as typed, then shorter titles."""
        query = translate.prefix_query_of(prefix)
        if query is None:
            return ()
        body = {"query": query, "sort": _ORDERS["relevance"], "size": limit, "track_total_hits": False}
        with saying_so():
            return _displays(self._search(body))

    def vocabulary(self, locale: str) -> WordCounts:
        """Counted on the server, in pages."""
        those = translate.locale_of(locale)
        documents = self._ask_patiently("_count", {"query": those})
        with saying_so():
            frequencies = {form: dict(self._words(f"{ANYWHERE}_{form}", those)) for form in FORMS}
            return WordCounts(documents["count"], frequencies)

    def _words(self, field: str, those: translate.Query) -> Iterator[tuple[str, int]]:
        pages: dict[str, Any] = {"size": _PAGE_OF_WORDS, "sources": [{"word": {"terms": {"field": field}}}]}
        body = {"query": those, "size": 0, "track_total_hits": False, "aggs": {"words": {"composite": pages}}}
        while True:
            found = self._ask_patiently("_search", body)["aggregations"]["words"]
            yield from ((bucket["key"]["word"], bucket["doc_count"]) for bucket in found["buckets"])
            if len(found["buckets"]) < _PAGE_OF_WORDS:
                return
            pages["after"] = found["after_key"]

    def _ask_patiently(self, what: str, body: dict[str, Any]) -> Any:
        return self._server.ask("POST", f"/{self._alias}/{what}", body, patient=True)

    def _search(self, body: dict[str, Any]) -> Any:
        return self._search_all(body)[0]

    def _search_all(self, *bodies: dict[str, Any]) -> list[Any]:
        lines = [line for body in bodies for line in ({"allow_partial_search_results": False}, body)]
        answers: list[Any] = self._server.ask("POST", f"/{self._alias}/_msearch", lines)["responses"]
        for answer in answers:
            if "error" in answer:
                message = f"Elasticsearch: {answer['error']}"
                raise TooMuch(message) if answer["status"] == 400 else Refused(message, answer["status"])
        return answers

    def _index(self, name: str) -> Index:
        return Index(self._server, name, still_ours=self._lease.renew)

    def _serving(self) -> list[str]:
        """The index behind the alias; more than one only if somebody else has put them there."""
        return [name for name, aliases in self._ours().items() if self.access.prefix in aliases]

    def _remove_all_but_the_serving(self) -> None:
        for name, aliases in self._ours().items():
            if self.access.prefix not in aliases:
                self._server.ask("DELETE", f"/{quote(name)}", patient=True)

    def _ours(self) -> dict[str, Any]:
        """Our indices, and the aliases of each."""
        found = self._server.ask("GET", f"/{self._alias}-index-*/_alias", patient=True)
        with saying_so():
            return {name: each["aliases"] for name, each in found.items()}


def _displays(found: Any) -> tuple[Display, ...]:
    return tuple(Display(**hit["_source"]["display"]) for hit in found["hits"]["hits"])


def _counts(facet: Any) -> dict[str, int]:
    values = facet.get("values", facet)
    return {bucket["key"]: bucket["doc_count"] for bucket in values["buckets"]}
