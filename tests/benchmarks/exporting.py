"""The whole charter in each format: how long it takes, and how far memory rises when there are 50,000 services."""

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.sites import Site

#: Seconds for 1,856 services; RDF's own libraries take their time.
SECONDS, RDF_SECONDS = 3.0, 10.0
RDF = ("cpsv-ap", "cpsv-ap-turtle")
MANY = 50_000
#: MiB over what the process held before it wrote.
MEMORY_MIB = 200


def measure(site: Site) -> Iterator[Figure]:
    """Seconds of each format, each in a process of its own that has done nothing yet."""
    for name in site.task("formats"):
        found = site.task("export", name)
        most = RDF_SECONDS if name in RDF else SECONDS
        yield Figure(f"export-{name}", "s", found["seconds"], at_most=most, note=_size(found))


def memory(site: Site) -> Iterator[Figure]:
    """MiB over the start, of each format, once there are 50,000 services."""
    site.task("multiply", MANY)
    for name in site.task("formats"):
        found = site.task("export", name)
        note = f"{MANY} services in {found['seconds']:.0f} s, {_size(found)}"
        yield Figure(f"export-memory-{name}", "MiB", found["mib"], at_most=MEMORY_MIB, note=note)


def _size(found: dict[str, float]) -> str:
    return f"{found['bytes'] / 2**20:.1f} MiB"
