"""``python -m tests.benchmarks.simulation [COSTS.json]``: what breaks first at 10, 100 and 1,000 times a city.

A model of capacity: measured costs (``growth`` writes them) times what people ask, against what machines give. Each
part is a queue with some servers (Erlang C) or a store that must fit. What is assumed of people is in ``People``: who
knows better changes it. One city here has 213,000 people and 2,000 services: a thousand of them are the country, its
5,570 cities together.
"""

import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

COSTS = Path(__file__).with_name("costs.json")
SCALES = (1, 10, 100, 1_000)
PEOPLE, SERVICES = 213_000, 2_000
#: A part that is busier than this has no room for a bad minute.
BUSY = 0.8
#: A search or page may wait for so long in all but one of a hundred cases.
WAIT_SECONDS = 1.0
#: A whole new index must be there within an hour.
REBUILD_SECONDS = 3_600.0


@dataclass(frozen=True, slots=True)
class People:
    """What is asked on the day of an alert, in its worst hour."""

    #: Share of all people who look at the portal within that hour, and pages that each opens.
    come: float = 0.05
    pages: float = 3.0
    #: Searches and keystrokes with suggestions for each who comes.
    searches: float = 0.5
    suggestions: float = 4.0
    #: Entries changed within that hour, for each 2,000 services: an alert, suspended services, hours.
    published: float = 6.0


@dataclass(frozen=True, slots=True)
class Machines:
    """What there is: one machine of two cores and 4 GiB, unless more is told."""

    web_cores: float = 1.0
    database_cores: float = 1.0
    worker_mib: float = 1_024.0
    #: Share of page views that a network of caches answers.
    cached: float = 0.0
    #: Parts that an index is searched in at once, each on a core of its own; 0: each web process searches its own.
    shards: int = 0
    #: Cores of a search cluster in all: copies of the shards.
    search_cores: float = 0.0
    #: Installations among which the cities are divided: each has a log, a database and an index of its own.
    installations: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """``load`` is the share of what it can give that is asked of it; above ``limit`` it breaks."""

    name: str
    load: float
    limit: float
    figures: str

    @property
    def breaks(self) -> bool:
        """Whether more is asked of it than it can give."""
        return self.load > self.limit


def waiting(servers: float, busy: float) -> float:
    """The chance that somebody must wait, of so many servers that are ``busy`` (Erlang C); 1 if there are too few."""
    number = max(1, math.floor(servers))
    asked = busy * number
    if busy >= 1:
        return 1.0
    blocked = 1.0
    for each in range(1, number + 1):
        blocked = asked * blocked / (each + asked * blocked)
    return blocked / (1 - busy * (1 - blocked))


def slowest_wait(servers: float, busy: float, seconds: float) -> float:
    """For how long the slowest hundredth wait, if each is served for ``seconds`` on average."""
    chance = waiting(servers, busy)
    if busy >= 1:
        return math.inf
    return 0.0 if chance <= 0.01 else math.log(chance / 0.01) * seconds / (max(1, math.floor(servers)) * (1 - busy))


def distinct(number: int, draws: float) -> float:
    """How many of ``number`` pages are among so many views, if the second is read half as often as the first (Zipf)."""
    total = math.log(number) + 0.5772
    found, rank = 0.0, 1.0
    while rank <= number:
        until = min(max(rank + 1, rank * 1.2), number + 1)
        found += (until - rank) * -math.expm1(-draws / (total * math.sqrt(rank * until)))
        rank = until
    return found


def parts(scale: int, costs: Mapping[str, float], machines: Machines, people: People) -> Iterator[Part]:
    """Each part under the load of so many cities."""
    share = scale / machines.installations
    services = round(SERVICES * share)
    crowd = PEOPLE * share * people.come / 3_600
    views = crowd * people.pages * (1 - machines.cached)
    searches, suggestions = crowd * people.searches, crowd * people.suggestions
    # A page is made anew once a minute at most, by each worker.
    cold = min(views, distinct(services, views * 60 / machines.web_cores) / 60 * machines.web_cores)
    engine = costs["engine_ms"] + costs["engine_ms_a_million"] * services / 1e6
    in_web = costs["search_web_ms"] + (0.0 if machines.shards else engine)
    web_ms = (views - cold) * costs["warm_web_ms"] + cold * costs["cold_web_ms"]
    web_ms += searches * in_web + suggestions * costs["suggest_web_ms"]
    asked = views + searches + suggestions
    yield _queue("web processes", asked, web_ms / asked, machines.web_cores)
    database_ms = cold * costs["cold_database_ms"]
    written = people.published * share / 3_600
    database_ms += written * costs["publish_ms"]
    yield _queue("database", cold + written, database_ms / (cold + written), machines.database_cores)
    # Each publication holds the row that counts them until it is committed.
    yield _queue("log", written, costs["publish_ms"], 1)
    if machines.shards:
        yield _queue("search cluster", searches, engine, machines.search_cores)
    memory = costs["memory_mib"] + costs["memory_mib_a_million"] * services / 1e6
    yield Part("memory of a worker", memory / machines.worker_mib, 1.0, f"{memory:,.0f} MiB")
    seconds = costs["reindex_us"] * services / 1e6 / max(1, machines.shards)
    yield Part("new index", seconds / REBUILD_SECONDS, 1.0, f"{seconds / 60:,.1f} min")


def _queue(name: str, rate: float, ms: float, servers: float) -> Part:
    busy = rate * ms / 1_000 / servers
    wait = slowest_wait(servers, busy, ms / 1_000)
    figures = f"{rate:,.2f}/s of {ms:,.1f} ms: {busy:.0%}"
    return Part(name, max(busy, BUSY * 1.01) if wait > WAIT_SECONDS else busy, BUSY, figures)


def stages() -> Sequence[tuple[str, Machines]]:
    """From one machine to a country's: each stage lifts what broke in the one before."""
    one = Machines()
    cached = replace(one, cached=0.95)
    many = replace(cached, web_cores=16, database_cores=8, worker_mib=4_096)
    cluster = replace(many, shards=12, search_cores=96, web_cores=64)
    federal = replace(cluster, installations=27)
    return (
        ("one machine", one),
        ("a CDN in front", cached),
        ("16 web cores, 8 of a database", many),
        ("64 web cores, a search cluster of 12 shards on 96 cores", cluster),
        ("the same for each of 27 states", federal),
    )


def table(costs: Mapping[str, float], people: People = People()) -> str:
    """What breaks at each scale and stage, as Markdown."""
    lines = ["| stage | " + " | ".join(f"{scale:,}x" for scale in SCALES) + " |", "|-" * (len(SCALES) + 1) + "|"]
    for name, machines in stages():
        cells = [_cell(list(parts(scale, costs, machines, people))) for scale in SCALES]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(found: Sequence[Part]) -> str:
    worst = max(found, key=lambda part: part.load / part.limit)
    broken = [part for part in found if part.breaks]
    return f"**{worst.name}** ({worst.figures})" if broken else f"holds; nearest: {worst.name} ({worst.figures})"


def told(costs: Mapping[str, float]) -> str:
    """What each part costs, as Markdown."""
    rows = (
        ("a page that somebody read within the minute", f"{costs['warm_web_ms']:.2f} ms of a web core"),
        (
            "a page that nobody read",
            f"{costs['cold_web_ms']:.1f} ms of a web core, {costs['cold_database_ms']:.1f} of the database",
        ),
        (
            "a list of 20 whole services",
            f"{costs['list_web_ms']:.1f} ms of a web core, {costs['list_database_ms']:.1f} of the database",
        ),
        ("a search, beside its engine", f"{costs['search_web_ms']:.1f} ms of a web core"),
        (
            "the embedded engine in it",
            f"{costs['engine_ms']:.2f} ms, and {costs['engine_ms_a_million']:.0f} for each million of services",
        ),
        ("a suggestion", f"{costs['suggest_web_ms']:.1f} ms of a web core"),
        ("a publication", f"{costs['publish_ms']:.0f} ms from click to commit"),
        ("a service in the database (record, links, indices)", f"{costs['database'] / 1024:.1f} KiB"),
        ("a service in the embedded index", f"{costs['index'] / 1024:.1f} KiB"),
        ("a service in a whole new index", f"{costs['reindex_us'] / 1000:.2f} ms"),
        (
            "a web worker",
            f"{costs['memory_mib']:.0f} MiB, and {costs['memory_mib_a_million']:.0f} for each million of services",
        ),
    )
    return "\n".join(["| what | costs |", "|-|-|", *(f"| {what} | {cost} |" for what, cost in rows)])


def read(path: Path = COSTS) -> dict[str, float]:
    """Measured costs. Raises ``ValueError`` for what is no number."""
    return {name: float(value) for name, value in json.loads(path.read_text(encoding="utf-8")).items()}


def main() -> None:
    """Print the table, then every part at every scale on one machine."""
    costs = read(Path(sys.argv[1]) if sys.argv[1:] else COSTS)
    out = [told(costs), "", table(costs), ""]
    for scale in SCALES:
        out += [
            f"{scale:,}x {part.name}: {part.figures}{' BREAKS' if part.breaks else ''}"
            for part in parts(scale, costs, Machines(), People())
        ]
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
