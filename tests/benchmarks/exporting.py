"""The whole charter in each format and as a phone keeps it: how long it takes, how far memory rises for 50,000."""

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.benchmarks.sites import Site

#: Seconds for 1,856 services; RDF's own libraries take their time.
SECONDS, RDF_SECONDS = 3.0, 10.0
RDF = ("cpsv-ap", "cpsv-ap-turtle")
MANY = 50_000
#: MiB over what the process held before it wrote.
MEMORY_MIB = 200
#: Bytes of a phone's pack for each service, as gzip has them; and seconds until a first phone has it.
PACK_BYTES, PACK_SECONDS = 1_500, 20.0


def measure(site: Site) -> Iterator[Figure]:
    """Seconds of each format, each in a process of its own that has done nothing yet."""
    for name in site.task("formats"):
        found = site.task("export", name)
        most = RDF_SECONDS if name in RDF else SECONDS
        yield Figure(f"export-{name}", "s", found["seconds"], at_most=most, note=_size(found))


def pack(site: Site) -> Iterator[Figure]:
    """Bytes a service of what a phone keeps, and seconds that making it takes when nothing of it is kept."""
    found = site.task("phone_pack")
    each = found["bytes"] / found["services"]
    note = f"{found['bytes'] / 2**20:.1f} MiB in gzip, {found['services']:.0f} services"
    yield Figure("phone-pack", "bytes a service", each, at_most=PACK_BYTES, note=note)
    yield Figure("phone-pack-making", "s", found["seconds"], at_most=PACK_SECONDS)


def memory(site: Site) -> Iterator[Figure]:
    """MiB over the start, of each format, once there are 50,000 services."""
    site.task("multiply", MANY)
    for name in site.task("formats"):
        found = site.task("export", name)
        note = f"{MANY} services in {found['seconds']:.0f} s, {_size(found)}"
        yield Figure(f"export-memory-{name}", "MiB", found["mib"], at_most=MEMORY_MIB, note=note)


def _size(found: dict[str, float]) -> str:
    return f"{found['bytes'] / 2**20:.1f} MiB"
