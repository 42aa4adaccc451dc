"""Requests a second of a service's page and of a list of whole services, and the queries that they take."""

import random
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.client import Connection, in_turn, throughput
from tests.benchmarks.figures import Figure, more
from tests.benchmarks.load import spread, worker_memory
from tests.benchmarks.sites import Site

ROUNDS = 7
UNDRAWN = 3
PAGES_A_ROUND = 150
LIST_COPIES = 8
STOCK_LISTS = 12
POPULAR = 20
MIXED = 2_000
OUR_COPIES, STOCK_COPIES = 100, 3
STEADY_COPIES = 200
COMPARED = 40
#: Beyond this share of difference in words the two pages are not the same page.
MAX_DIFFERENCE = 0.05
STOCK_LIST = "/api/v2/pages/?type=stock.StockService&fields=*&limit=20&offset={offset}"
OUR_LIST = "/api/v1/services?size=20&page={page}"

_MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Pages:
    """Addresses of the same services on both sites."""

    ours: Sequence[str]
    stock: Sequence[str]

    def round(self, number: int) -> "Pages":
        """Those of one round: no page is asked for twice, so none was kept."""
        part = slice(number * PAGES_A_ROUND, (number + 1) * PAGES_A_ROUND)
        return Pages(self.ours[part], self.stock[part])


def pages_of(ours: Site, stock: Site) -> Pages:
    """The pages of all services, in a mixed order."""
    our_urls, stock_urls = ours.task("our_pages"), stock.task("stock_pages")
    ids = sorted(our_urls.keys() & stock_urls.keys())
    if len(ids) != len(our_urls):
        raise AssertionError(f"{len(our_urls)} services here, {len(stock_urls)} there, {len(ids)} on both")
    return Pages([our_urls[each] for each in ids], [stock_urls[each] for each in ids])


def measure(ours: Site, stock: Site) -> list[Figure]:
    """Queries; throughput of pages that are kept, of pages that nobody read yet and of lists; steadiness and memory."""
    pages = pages_of(ours, stock)
    static = ours.folder / "static" / "page.txt"
    with ours.serving() as our_port:
        connection = Connection(our_port)
        sizes = [len(connection.get(path).body) for path in pages.ours[:POPULAR]]
        connection.close()
    static.write_bytes(b"x" * round(statistics.fmean(sizes)))
    with ours.serving() as our_port, stock.serving() as stock_port:
        _compare(our_port, stock_port, pages)
        undrawn = in_turn(
            UNDRAWN,
            lambda number: throughput(our_port, pages.round(ROUNDS + number).ours),
            lambda number: throughput(stock_port, pages.round(ROUNDS + number).stock),
        )
    ours.task("draw_articles")
    with ours.serving() as our_port, stock.serving() as stock_port:
        fresh = in_turn(
            ROUNDS,
            lambda number: throughput(our_port, pages.round(number).ours),
            lambda number: throughput(stock_port, pages.round(number).stock),
        )
        again = pages.ours[:POPULAR], pages.stock[:POPULAR]
        throughput(our_port, again[0])
        popular = in_turn(
            ROUNDS,
            lambda _number: throughput(our_port, again[0] * OUR_COPIES),
            lambda _number: throughput(stock_port, again[1] * STOCK_COPIES),
        )
        beside_static = in_turn(
            ROUNDS,
            lambda _number: throughput(our_port, again[0] * OUR_COPIES),
            lambda _number: throughput(our_port, ["/static/page.txt"] * (POPULAR * OUR_COPIES)),
        )
        steady = statistics.median(
            spread(our_port, again[0] * STEADY_COPIES, rate=0.8 * popular[0]) for _round in range(3)
        )
        lists = in_turn(
            ROUNDS,
            lambda number: throughput(our_port, our_lists(number)),
            lambda number: _stock_lists(stock_port, number),
        )
    with ours.serving() as our_port:
        memory = memory_after(our_port, pages.ours)
    return [
        *_queries(ours, stock, pages),
        more(
            "page-warm",
            "requests/s",
            ours=popular[0],
            stock=popular[1],
            at_least=30,
            note=f"{POPULAR} pages that somebody read within the last minute",
        ),
        more(
            "page-static",
            "requests/s",
            ours=beside_static[0],
            stock=beside_static[1],
            at_least=0.6,
            note="beside a static file of their mean size, from the same server",
        ),
        more(
            "page-undrawn",
            "requests/s",
            ours=undrawn[0],
            stock=undrawn[1],
            note="the same before the worker drew their articles",
        ),
        more(
            "page-cold",
            "requests/s",
            ours=fresh[0],
            stock=fresh[1],
            at_least=6,
            note="pages that nobody read before, of services whose articles the worker has drawn",
        ),
        Figure("page-p99", "times the median", steady, at_most=10, note="at 80% of the top rate"),
        Figure("worker-memory", "MiB", memory, at_most=200, note=f"after {MIXED:,} requests of all kinds"),
        more("list", "requests/s", ours=lists[0], stock=lists[1], at_least=30, note="20 whole services"),
    ]


def mixed(pages: Sequence[str]) -> list[str]:
    """``MIXED`` requests as a busy hour brings them: pages, words searched for and typed, lists; mixed the same way."""
    names = [path.rstrip("/").rpartition("/")[2].replace("-", "+") for path in pages]
    asked = [
        *pages[:1_200],
        *(f"/api/v1/search?q={name}" for name in names[:300]),
        *(f"/busca/?q={name}" for name in names[300:400]),
        *(f"/api/v1/suggest?q={name[:5]}" for name in names[400:650]),
        *(OUR_LIST.format(page=number) for number in range(1, 91)),
        *["/", "/servicos/", "/orgaos/", "/healthz/ready", "/sitemap.xml", "/api/v1/openapi.json"] * 10,
    ]
    random.Random(1).shuffle(asked)
    return asked[:MIXED]


def memory_after(port: int, pages: Sequence[str]) -> float:
    """MiB of a web worker that has just begun and then answered ``mixed``, compressed as browsers ask."""
    throughput(port, mixed(pages), encoding="br")
    return worker_memory(port)


def flatness(small: Site, large: Site) -> list[Figure]:
    """How much slower the same pages and lists are beside 1,856 services than beside 100."""
    for site in (small, large):
        site.task("draw_articles")
    small_urls, large_urls = small.task("our_pages"), large.task("our_pages")
    shared = sorted(small_urls.keys() & large_urls.keys())
    share = len(shared) // ROUNDS
    note = f"{len(small_urls)} to {len(large_urls)} services"
    with small.serving() as small_port, large.serving() as large_port:
        for port in (small_port, large_port):
            throughput(port, our_lists(0))

        def pages(port: int, urls: dict[str, str], number: int) -> float:
            return throughput(port, [urls[each] for each in shared[number * share : (number + 1) * share]])

        page = in_turn(ROUNDS, lambda n: pages(small_port, small_urls, n), lambda n: pages(large_port, large_urls, n))
        few = in_turn(
            ROUNDS,
            lambda _number: throughput(small_port, our_lists(0)),
            lambda number: throughput(large_port, our_lists(number)),
        )
    return [
        Figure("page-growth", "times slower", page[0] / page[1], at_most=1.3, note=note),
        Figure("list-growth", "times slower", few[0] / few[1], at_most=1.3, note=note),
    ]


def our_lists(number: int) -> list[str]:
    """Five pages of the list, several times over; other pages in each round."""
    return [OUR_LIST.format(page=number * 5 + each) for each in range(1, 6)] * LIST_COPIES


def _stock_lists(port: int, number: int) -> float:
    first = number * STOCK_LISTS
    return throughput(port, [STOCK_LIST.format(offset=20 * (first + each)) for each in range(STOCK_LISTS)])


def _queries(ours: Site, stock: Site, pages: Pages) -> list[Figure]:
    """The most queries that one of a few pages takes, and a list."""
    found = {}
    for site, urls, lists in (
        (ours, pages.ours, [OUR_LIST.format(page=page) for page in (1, 2)]),
        (stock, pages.stock, [STOCK_LIST.format(offset=offset) for offset in (0, 20)]),
    ):
        found[site.settings] = (
            max(site.task("queries", *urls[:6])),
            max(site.task("queries", *lists)),
        )
    (our_page, our_list), (stock_page, stock_list) = found[ours.settings], found[stock.settings]
    return [
        Figure("page-queries", "SQL queries", our_page, stock_page, at_most=2),
        Figure("list-queries", "SQL queries", our_list, stock_list, at_most=2),
    ]


def _compare(our_port: int, stock_port: int, pages: Pages) -> None:
    """Refuse to compare pages that do not say the same."""
    ours, stock = Connection(our_port), Connection(stock_port)
    differences = []
    for our_path, stock_path in list(zip(pages.ours, pages.stock, strict=True))[-COMPARED:]:
        here, there = _words(ours.get(our_path).body), _words(stock.get(stock_path).body)
        differences.append(abs(len(here) - len(there)) / len(here))
    if statistics.fmean(differences) > MAX_DIFFERENCE:
        raise AssertionError(f"the pages differ in length: {differences}")


def _words(html: bytes) -> list[str]:
    main = _MAIN.search(html.decode("utf-8"))
    return _TAG.sub(" ", main[0]).split() if main else []
