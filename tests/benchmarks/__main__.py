"""``python -m tests.benchmarks [PART …] [--sqlite]``: our figures beside stock Wagtail's.

One ``name ours stock ratio`` a line; as JSON and as a table in ``bench-results/``, with the machine and the servers'
settings. Exit 1 if a target is missed.
"""

import argparse
import os
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks import (
    booklets,
    engines,
    exporting,
    growth,
    importing,
    lighthouse,
    live_score,
    panel,
    postgres,
    ratings,
    searching,
    serving,
    surroundings,
)
from tests.benchmarks.figures import Figure, keep
from tests.benchmarks.sites import MEMORY, OURS, ROOT, SERVER, Backend, Failed, Site

PARTS = (
    "import",
    "serve",
    "search",
    "engines",
    "score",
    "ratings",
    "export",
    "growth",
    "export-memory",
    "panel",
    "booklet",
    "lighthouse",
)
#: What asks for no site with the federal charters.
ALONE = {"booklet", "lighthouse"}
#: What takes long, and is only measured when asked for.
LONG = {"growth", "export-memory", "panel"}
BESIDE_STOCK = {"import", "serve", "search"}
FEW = 100
RESULTS = ROOT / "bench-results"


def main() -> int:
    """Measure what was asked for, else all."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    told = f"what to measure; all but {', '.join(sorted(LONG))} unless said"
    parser.add_argument("parts", nargs="*", metavar="|".join(PARTS), help=told)
    parser.add_argument("--sqlite", action="store_true", help="serve and search on SQLite, without PostgreSQL")
    asked = parser.parse_args()
    parts = set(asked.parts) or {*PARTS} - LONG
    if parts - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(parts - set(PARTS)))}")
    if "panel" in parts and asked.sqlite:
        parser.error("panel: a million ratings are written by PostgreSQL")
    charters = Path(os.environ.get("CONECTA_CHARTERS", ROOT.parent / "shared" / "charters")).resolve()
    archive, queries = charters / "federal-v3.zip", charters / "queries-dev.jsonl"
    if not archive.exists():
        return _complain(f"CONECTA_CHARTERS: {archive} is not there")
    figures: list[Figure] = []
    on = surroundings.machine(SERVER, MEMORY)
    if "booklet" in parts:
        figures += _told(booklets.measure(archive))
    try:
        if "lighthouse" in parts:
            figures += _seen_by_lighthouse()
        if parts - ALONE:
            figures += _of_sites(archive, queries, parts, on, sqlite=asked.sqlite)
    except (postgres.Absent, Failed) as reason:
        return _complain(str(reason))
    path = keep(figures, RESULTS, name=time.strftime("%Y%m%d-%H%M%S"), on=on)
    missed = [figure.name for figure in figures if figure.missed]
    _tell(f"{path.relative_to(ROOT)}: {len(figures)} figures, missed: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


def _of_sites(archive: Path, queries: Path, parts: set[str], on: dict[str, str], *, sqlite: bool) -> list[Figure]:
    """What is measured at sites that are made for it; ``on`` is told which database."""
    figures: list[Figure] = []
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="conecta-bench-")))
        backends = [Backend(scratch)]
        if not sqlite:
            server = stack.enter_context(postgres.server())
            on |= surroundings.database(server)
            backends.append(Backend(scratch, server))
            stack.callback(backends[-1].remove)
        for backend in backends:
            last = backend is backends[-1]
            if last or "import" in parts:
                figures += _measured(backend, archive, queries, parts, scratch, everything=last)
    return figures


def _measured(
    backend: Backend, archive: Path, queries: Path, parts: set[str], scratch: Path, *, everything: bool
) -> Iterable[Figure]:
    """Import both sites, then serve and search them where ``everything`` is asked of this backend."""
    if parts & BESIDE_STOCK:
        found, ours, stock = importing.measure(backend, archive)
        yield from _told(found if "import" in parts else [])
    elif everything:
        ours = backend.site(OURS, "alone")
        ours.task("import_charters", archive)
    if not everything:
        return
    if parts & {"serve", "search"}:
        stock.task("stock_fill_up", archive, importing.ROUNDS * importing.SAMPLE)
    if "serve" in parts:
        yield from _told(serving.measure(ours, stock))
        small = backend.site(OURS, "small")
        small.task("import_charters", _few(archive, scratch))
        yield from _told(serving.flatness(small, ours))
    if "search" in parts:
        yield from _told(searching.measure(ours, stock, queries))
    if "score" in parts:
        yield from _told(live_score.measure(ours))
    server = os.environ.get("CONECTA_BENCH_ELASTICSEARCH_URL", "")
    if "engines" in parts:
        yield from _told(engines.measure(ours, queries, server))
    # Before a million ratings are in what it copies.
    if "growth" in parts:
        RESULTS.mkdir(exist_ok=True)
        yield from _told(growth.measure(backend, ours, queries, server, RESULTS / "costs.json"))
    if "panel" in parts:
        yield from _told(panel.measure(ours))
    if "ratings" in parts:
        yield from _told(ratings.measure(ours))
    yield from _exported(ours, parts)


def _exported(ours: Site, parts: set[str]) -> Iterable[Figure]:
    if "export" in parts:
        yield from _told([*exporting.measure(ours), *exporting.pack(ours)])
    if "export-memory" in parts:
        yield from _told(exporting.memory(ours))


def _seen_by_lighthouse() -> Iterable[Figure]:
    with tempfile.TemporaryDirectory(prefix="conecta-bench-") as scratch:
        try:
            yield from _told(lighthouse.measure(Backend(Path(scratch))))
        except lighthouse.Absent as reason:
            _tell(f"lighthouse skipped: {reason}")


def _few(archive: Path, scratch: Path) -> Path:
    """A folder with a hundred of the charters, spread over all."""
    folder = scratch / "few"
    with zipfile.ZipFile(archive) as whole:
        names = [name for name in whole.namelist() if name.endswith(".xml")]
        whole.extractall(folder, names[:: len(names) // FEW][:FEW])
    return folder


def _told(figures: Iterable[Figure]) -> Iterable[Figure]:
    for figure in figures:
        _tell(figure.line())
        yield figure


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _complain(reason: str) -> int:
    sys.stderr.write(f"{reason}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
