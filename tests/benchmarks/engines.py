"""What the search must reach on each engine: relevance, time beside the engine, suggestions, rebuilds, growth."""

import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from tests.benchmarks.client import Connection, Reply
from tests.benchmarks.figures import Figure
from tests.benchmarks.searching import OUR_SEARCH, beside_engine_ms, sample_of
from tests.benchmarks.sites import Site

PREFIX = "conecta-bench"
#: nDCG@10 of the development queries: of all, of the kind that asks for names found nowhere, of each other kind.
ALL, UNSEEN, OTHERS = 0.945, 0.75, 0.98
UNSEEN_KIND = "unseen-name"
REBUILD_SECONDS = {"embedded": 5, "elasticsearch": 10}
SUGGEST = "/api/v1/suggest?q={query}"
SUGGEST_MS = 10


def measure(ours: Site, queries: Path, server: str) -> Iterator[Figure]:
    """Figures of the embedded engine, and of the Elasticsearch at ``server`` if one is named."""
    first: dict[str, Any] = {}
    with on_each_engine(ours, server) as sites:
        for engine, site in sites.items():
            yield _rebuilt(site, engine)
            yield from _relevance(site, engine, queries)
            first[engine] = site.task("first_ten", engine, queries)
            yield from _times(site, engine, queries)
    if len(first) > 1:
        embedded, other = first.values()
        different = sum(embedded[query] != other[query] for query in embedded)
        yield Figure("search-differences", f"of {len(embedded)} queries", different, at_most=0)


@contextmanager
def on_each_engine(ours: Site, server: str, *, prefix: str = PREFIX) -> Iterator[Mapping[str, Site]]:
    """The site by the engine that answers its searches: its own, and that of a server if one is named."""
    sites = {"embedded": ours}
    if server:
        told = {"CONECTA_ELASTICSEARCH_URL": server, "CONECTA_ELASTICSEARCH_INDEX_PREFIX": prefix}
        sites["elasticsearch"] = replace(ours, told=told)
    try:
        yield sites
    finally:
        if server:
            sites["elasticsearch"].task("forget_server")


def _rebuilt(site: Site, engine: str) -> Figure:
    seconds = min(site.task("rebuild", engine)["seconds"] for _time in range(2))
    return Figure(f"rebuild-{engine}", "s", seconds, at_most=REBUILD_SECONDS[engine])


def _relevance(site: Site, engine: str, queries: Path) -> Iterator[Figure]:
    found = site.task("relevance", queries, engine)
    for kind, score in found.items():
        wanted = {"all": ALL, UNSEEN_KIND: UNSEEN}.get(kind, OTHERS)
        yield Figure(f"ndcg10-{kind}-{engine}", f"of {score['queries']}", score["ndcg_at_10"], no_less=wanted)


def _times(site: Site, engine: str, queries: Path) -> Iterator[Figure]:
    yield Figure(f"search-beside-{engine}", "ms", beside_engine_ms(_asked(site, OUR_SEARCH, queries)), at_most=3)
    p95 = p95_ms(_asked(site, SUGGEST, queries))
    yield Figure(f"suggest-p95-{engine}", "ms", p95, at_most=SUGGEST_MS if engine == "embedded" else None)


def _asked(site: Site, address: str, queries: Path) -> Sequence[Reply]:
    """The answers to a sample of the queries, one after the other, once the process is warm."""
    sample = [quote_plus(query) for query in sample_of(queries)]
    with site.serving() as port:
        connection = Connection(port)
        for query in sample[:5]:
            connection.get(address.format(query=query))
        return [connection.get(address.format(query=query)) for query in sample]


def p95_ms(replies: Iterable[Reply]) -> float:
    """The time that all but one in twenty stay below."""
    return statistics.quantiles((reply.seconds * 1000 for reply in replies), n=20)[-1]
