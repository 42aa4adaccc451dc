"""A city beside a federation of cities: 2,000, 10,000 and 50,000 services in 40, 200 and 500 bodies.

The services are copies of the federal charters' records (``scaling``). What is timed takes turns at all sizes, so that
the machine's moods hit all alike; what a part costs is told in processor time, whatever else runs on the machine.
"""

import json
import statistics
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus

from tests.benchmarks.client import Connection, throughput
from tests.benchmarks.engines import PREFIX, SUGGEST, on_each_engine
from tests.benchmarks.figures import Figure
from tests.benchmarks.load import database_seconds, worker_seconds
from tests.benchmarks.searching import OUR_SEARCH, engine_ms, sample_of
from tests.benchmarks.serving import OUR_LIST, memory_after
from tests.benchmarks.sites import Backend, Site

#: Services, and the bodies that give what is copied.
SIZES = {2_000: 40, 10_000: 200, 50_000: 500}
GROWTH = 2
#: How much longer a service may take in a whole new index than in a small one.
LINEAR = 1.25
MEMORY_MIB = {2_000: 200, 50_000: 400}
ROUNDS = 5
PAGES, LISTS, PUBLISHED = 60, 20, 15


@dataclass(frozen=True, slots=True)
class City:
    """A site of one size while it is served."""

    site: Site
    pages: Sequence[str]
    port: int


def measure(backend: Backend, ours: Site, queries: Path, server: str, costs: Path) -> Iterator[Figure]:
    """How each part grows; what it costs at the largest size goes to ``costs`` as JSON, for ``simulation``."""
    asked = [quote_plus(query) for query in sample_of(queries)]
    sites = dict(_grown(backend, ours))
    rebuilt: dict[str, dict[int, float]] = {}
    search: dict[str, dict[int, float]] = {}
    kept: dict[str, float] = {}
    with ExitStack() as stack:
        engines: dict[str, dict[int, Site]] = {}
        for number, site in sites.items():
            named = stack.enter_context(on_each_engine(site, server, prefix=f"{PREFIX}-{number}"))
            for engine, each in named.items():
                engines.setdefault(engine, {})[number] = each
        for engine, named in engines.items():
            # A server works in a process of its own: there only the clock tells.
            clock = "processor" if engine == "embedded" else "seconds"
            rebuilt[engine] = {number: site.task("rebuild", engine)[clock] for number, site in named.items()}
            with ExitStack() as served:
                cities = {
                    number: City(site, list(site.task("our_pages").values()), served.enter_context(site.serving()))
                    for number, site in named.items()
                }
                searched = _searched(cities, asked)
                search[engine] = {number: _p95([whole for whole, _engine in each]) for number, each in searched.items()}
                if engine == "embedded":
                    yield from _served(cities)
                    memory = {number: _memory(city) for number, city in cities.items()}
                    for number, mib in memory.items():
                        yield Figure(
                            f"growth-memory-{number}", "MiB of a web worker", mib, at_most=MEMORY_MIB.get(number)
                        )
                    means = {n: statistics.fmean(engine for _whole, engine in each) for n, each in searched.items()}
                    kept = _costs(cities[max(cities)], asked) | _line("engine_ms", means) | _line("memory_mib", memory)
                    kept["search_web_ms"] -= means[max(means)]
    for engine, times in search.items():
        yield _slower(f"growth-search-{engine}", times, "ms, p95")
    published = _published(sites)
    yield _slower("growth-publish", published, "ms")
    for engine, times in rebuilt.items():
        each = {number: seconds * 1e6 / number for number, seconds in times.items()}
        yield _slower(f"growth-reindex-{engine}", each, "µs a service", at_most=LINEAR)
    kept |= sites[max(sites)].task("sizes") | {
        "publish_ms": published[max(sites)],
        "reindex_us": rebuilt["embedded"][max(sites)] * 1e6 / max(sites),
    }
    costs.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _grown(backend: Backend, ours: Site) -> Iterator[tuple[int, Site]]:
    """One site for each size, each a copy of the one before with more in it."""
    site = ours
    for number, bodies in SIZES.items():
        site = backend.copy(site, f"city_{number}")
        site.task("multiply", number, bodies)
        yield number, site


def _searched(cities: Mapping[int, City], asked: Sequence[str]) -> dict[int, list[tuple[float, float]]]:
    """Milliseconds of each query at each size, whole and of its engine.

    The least of a few rounds: nothing makes a search faster than it is.
    """
    connections = {number: Connection(city.port) for number, city in cities.items()}
    never = (float("inf"), float("inf"))
    least: dict[int, list[tuple[float, float]]] = {number: [never] * len(asked) for number in cities}
    for connection in connections.values():
        for query in asked[:5]:
            connection.get(OUR_SEARCH.format(query=query))
    for _round in range(ROUNDS):
        for place, query in enumerate(asked):
            for number, connection in connections.items():
                reply = connection.get(OUR_SEARCH.format(query=query))
                least[number][place] = min((reply.seconds * 1_000, engine_ms(reply)), least[number][place])
    return least


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _served(cities: Mapping[int, City]) -> Iterator[Figure]:
    """Processor time of pages that nobody read yet, and of lists of twenty whole services."""

    def pages(city: City, number: int) -> list[str]:
        step = len(city.pages) // (ROUNDS * PAGES)
        return list(city.pages[number :: step * ROUNDS][:PAGES]) if step else []

    def lists(_city: City, number: int) -> list[str]:
        return [OUR_LIST.format(page=number * LISTS + each + 1) for each in range(LISTS)]

    for name, addresses in (("page", pages), ("list", lists)):
        times: dict[int, list[float]] = {number: [] for number in cities}
        for turn in range(ROUNDS):
            for number, city in cities.items():
                times[number].append(_processor_ms(city, addresses(city, turn))["web"])
        yield _slower(
            f"growth-{name}", {number: statistics.median(each) for number, each in times.items()}, "ms of CPU"
        )


def _processor_ms(city: City, addresses: Sequence[str]) -> dict[str, float]:
    """Milliseconds of processor time that a request takes of the web worker, and of its database."""
    database = city.site.database_url.rpartition("/")[2]
    web, data = worker_seconds(city.port), database_seconds(database)
    throughput(city.port, addresses)
    return {
        "web": (worker_seconds(city.port) - web) * 1_000 / len(addresses),
        "database": (database_seconds(database) - data) * 1_000 / len(addresses),
    }


def _costs(city: City, asked: Sequence[str]) -> dict[str, float]:
    """Processor time of each kind of request, at one size."""
    popular = city.pages[-20:]
    throughput(city.port, popular)
    requests: dict[str, list[str]] = {
        "warm": [*popular] * 100,
        "cold": list(city.pages[-1_000:-600]),
        "list": [OUR_LIST.format(page=page + 1) for page in range(100)],
        "search": [OUR_SEARCH.format(query=query) for query in asked] * 4,
        "suggest": [SUGGEST.format(query=query) for query in asked] * 4,
    }
    found: dict[str, float] = {}
    for name, addresses in requests.items():
        for part, ms in _processor_ms(city, addresses).items():
            found[f"{name}_{part}_ms"] = ms
    return found


def _memory(city: City) -> float:
    """MiB of a web worker that has just begun and answered a busy hour's requests."""
    with city.site.serving() as port:
        return memory_after(port, city.pages)


def _line(name: str, values: Mapping[int, float]) -> dict[str, float]:
    """What something is without any service, and how much a million of them add, by the smallest and largest size."""
    few, many = min(values), max(values)
    rise = (values[many] - values[few]) / (many - few)
    return {name: values[few] - rise * few, f"{name}_a_million": rise * 1e6}


def _published(sites: Mapping[int, Site]) -> dict[int, float]:
    times: dict[int, list[float]] = {number: [] for number in sites}
    for _turn in range(3):
        for number, site in sites.items():
            times[number] += site.task("publish", PUBLISHED)
    return {number: statistics.median(each) for number, each in times.items()}


def _slower(name: str, times: Mapping[int, float], unit: str, *, at_most: float = GROWTH) -> Figure:
    """How many times more the largest takes than the smallest."""
    told = ", ".join(f"{number}: {each:.2f}" for number, each in times.items())
    return Figure(name, f"times more {unit}", times[max(times)] / times[min(times)], at_most=at_most, note=told)
