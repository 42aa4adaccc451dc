"""Lighthouse on the demonstration charter, as a telephone on a slow network: 100 in all four, median of five.

``npm install`` brings it, at the version below, into the run's own folder; the browser is the machine's.
"""

import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.benchmarks.figures import Figure
from tests.benchmarks.sites import OURS, Backend, Failed
from tests.offered import browser_path

PACKAGE = "lighthouse@13.5.0"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
ROUNDS = 5
#: A browser that gets no time to draw anything gives no trace; that says nothing of the page.
TRIES = 3
MOST_SECONDS = 180
_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


class Absent(Exception):
    """What Lighthouse needs is not here; the message says what."""


def measure(backend: Backend) -> Iterator[Figure]:
    """A figure for each page and category. Raises ``Absent``."""
    browser = browser_path()
    program = _program(backend.scratch)
    if browser is None:
        raise Absent("no Chromium")
    site = backend.site(OURS, "lighthouse")
    pages = site.task("demo_pages")
    with site.serving() as port:
        for name, path in pages.items():
            address = f"http://127.0.0.1:{port}{path}"
            found = [_scores(program, browser, address, backend.scratch) for _round in range(ROUNDS)]
            for category in CATEGORIES:
                scores = [each[category] for each in found]
                note = f"median of {' '.join(f'{score:.0f}' for score in scores)}"
                figure = f"lighthouse-{name}-{category}"
                yield Figure(figure, "points", statistics.median(scores), no_less=100, note=note)


def _program(scratch: Path) -> Path:
    """Its entry point, installed once for a run."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise Absent("no npm or no node")
    folder = scratch / "npm"
    folder.mkdir(exist_ok=True)
    asked = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), PACKAGE]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603 - what we named
    if done.returncode:
        raise Absent(f"npm could not bring {PACKAGE}: {done.stderr.strip()[-200:]}")
    return folder / "node_modules" / "lighthouse" / "cli" / "index.js"


def _scores(program: Path, browser: str, address: str, scratch: Path) -> Mapping[str, float]:
    """Points of each category, a hundred at most."""
    report = scratch / "lighthouse.json"
    asked = [
        *("node", str(program), address, "--quiet", "--output=json", f"--output-path={report}"),
        *(f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={_FLAGS}"),
    ]
    told = os.environ | {"CHROME_PATH": browser}
    for _try in range(TRIES):
        done = subprocess.run(  # noqa: S603 - what we installed
            asked, env=told, capture_output=True, text=True, check=False, timeout=MOST_SECONDS
        )
        if not done.returncode:
            break
    else:
        raise Failed(f"lighthouse {address}: {done.stderr[-1000:]}")
    categories = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {name: round(100 * categories[name]["score"]) for name in CATEGORIES}
