"""Search over HTTP beside Wagtail's API v2, and how good it is by judged queries."""

import json
import re
import statistics
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote_plus

from tests.benchmarks.client import Connection, Reply
from tests.benchmarks.figures import Figure, faster
from tests.benchmarks.sites import Site

SAMPLE = 100
#: Queries that one site answers before the other's turn: alternating one by one, each would find the processor's
#: caches full of the other's.
TURN = 20
STOCK_SEARCH = "/api/v2/pages/?type=stock.StockService&limit=20&search={query}"
#: Stock asks for every word unless told otherwise, and so finds little: this finds as much as ours.
STOCK_ANY_WORD = STOCK_SEARCH + "&search_operator=or"
OUR_SEARCH = "/api/v1/search?kind=service&size=20&q={query}"

_ENGINE = re.compile(r"engine;dur=([0-9.]+)")


def measure(ours: Site, stock: Site, queries: Path) -> list[Figure]:
    """Median times of the same queries, one after the other on one connection, in turns; nDCG of all queries."""
    relevance = ours.task("relevance", queries, "embedded")["all"]
    sample = [quote_plus(query) for query in sample_of(queries)]
    here, there, any_word = [], [], []
    with ours.serving() as our_port, stock.serving() as stock_port:
        our, other = Connection(our_port), Connection(stock_port)
        # Open the index, read its words, connect to the database.
        for query in sample[:5]:
            our.get(OUR_SEARCH.format(query=query))
        other.get(STOCK_SEARCH.format(query=sample[0]))
        for start in range(0, len(sample), TURN):
            turn = sample[start : start + TURN]
            here += [our.get(OUR_SEARCH.format(query=query)) for query in turn]
            there += [other.get(STOCK_SEARCH.format(query=query)) for query in turn]
            any_word += [other.get(STOCK_ANY_WORD.format(query=query)) for query in turn]
    ours_ms = _median_ms(here)
    return [
        faster("search", "ms", ours=ours_ms, stock=_median_ms(there), at_least=20),
        faster("search-any-word", "ms", ours=ours_ms, stock=_median_ms(any_word), note="search_operator=or"),
        Figure("search-beside-engine", "ms", beside_engine_ms(here), at_most=3),
        Figure("search-ndcg10", f"of {relevance['queries']} queries", relevance["ndcg_at_10"], no_less=0.93),
    ]


def sample_of(queries: Path) -> list[str]:
    """Judged queries spread over all of a file."""
    lines = [json.loads(line)["query"] for line in queries.read_text(encoding="utf-8").splitlines() if line.strip()]
    return lines[:: max(1, len(lines) // SAMPLE)]


def beside_engine_ms(replies: Sequence[Reply]) -> float:
    """The median time of an answer less what its engine took."""
    return statistics.median(reply.seconds * 1000 - engine_ms(reply) for reply in replies)


def _median_ms(replies: Sequence[Reply]) -> float:
    return statistics.median(reply.seconds * 1000 for reply in replies)


def engine_ms(reply: Reply) -> float:
    """What a search's engine took, as its answer tells."""
    engine = _ENGINE.search(reply.headers.get("server-timing", ""))
    if engine is None:
        raise AssertionError("no Server-Timing says how long the engine took")
    return float(engine[1])
