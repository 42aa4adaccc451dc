"""How long it takes to publish the federal charters: our import beside a plain loop."""

import statistics
from pathlib import Path

from tests.benchmarks.figures import Figure, faster
from tests.benchmarks.sites import OURS, STOCK, Backend, Site

ROUNDS = 3
SAMPLE = 100
MEMORY_MIB = 1024


def measure(backend: Backend, charters: Path) -> tuple[list[Figure], Site, Site]:
    """Figures, our site with the charters, and the stock one with a sample of them.

    Each round is a whole import of ours and ``SAMPLE`` services of stock's loop, whose time is scaled.
    Reading the files counts for both; topics, audiences and bodies count for ours alone.
    """
    stock = backend.site(STOCK, "stock")
    prepared = stock.task("stock_prepare", charters)
    services = prepared["services"]
    imports, loops = [], []
    for number in range(ROUNDS):
        ours = backend.site(OURS, f"ours_{number}")
        imports.append(ours.task("import_charters", charters))
        loops.append(stock.task("stock_publish", charters, number * SAMPLE, SAMPLE))
    if any(done["services"] != services for done in imports):
        raise AssertionError(f"not all of {services} services were published: {imports}")
    each = statistics.median(loop["seconds"] / loop["services"] for loop in loops)
    name = f"import-{backend.name}"
    figures = [
        faster(
            name,
            "seconds",
            ours=statistics.median(done["seconds"] for done in imports),
            stock=prepared["seconds"] + each * services,
            at_least=15,
            note=f"stock scaled from {ROUNDS * SAMPLE} of {services}",
        ),
        Figure(
            f"{name}-memory",
            "MiB",
            max(done["mib"] for done in imports),
            max(loop["mib"] for loop in loops),
            at_most=MEMORY_MIB,
        ),
    ]
    return figures, ours, stock
