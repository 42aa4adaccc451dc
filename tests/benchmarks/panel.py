"""The panel of what people say, after a thousand ratings and after a million; and the making of its sums anew."""

import statistics
from collections.abc import Iterator

from tests.benchmarks.client import Connection
from tests.benchmarks.figures import Figure
from tests.benchmarks.sites import Site

FEW, MANY = 1_000, 1_000_000
ASKED = 15
QUERIES, GROWTH, REBUILD_SECONDS = 8, 3, 60
CITY = "/avaliacao/"


def measure(site: Site) -> Iterator[Figure]:
    """Queries and time of the city's panel, a body's and a service's; seconds of a rebuild."""
    service, body = site.task("first_rated")
    pages = {"city": CITY, "body": f"{CITY}orgao/{body}/", "service": f"{CITY}servico/{service}/"}
    times: dict[str, list[float]] = {name: [] for name in pages}
    rebuilt: dict[str, float] = {}
    for number in (FEW, MANY - FEW):
        rebuilt = site.task("rate", number)
        with site.serving() as port:
            for name, address in pages.items():
                times[name].append(_ms(port, address))
    yield Figure("panel-rebuild", "s", rebuilt["seconds"], at_most=REBUILD_SECONDS, note=f"{rebuilt['sums']} sums")
    queries = site.task("queries", CITY, *pages.values())
    yield Figure("panel-queries", "SQL queries", max(queries), at_most=QUERIES)
    for name, (few, many) in times.items():
        note = f"{many:.1f} ms beside {few:.1f}"
        yield Figure(f"panel-growth-{name}", "times slower", many / few, at_most=GROWTH, note=note)


def _ms(port: int, address: str) -> float:
    connection = Connection(port)
    connection.get(address)
    found = statistics.median(connection.get(address).seconds for _time in range(ASKED)) * 1_000
    connection.close()
    return found
