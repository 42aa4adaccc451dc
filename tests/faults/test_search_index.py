"""Rebuilds that are killed, and processes that keep an index each."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from search.engines.base import Engine
from search.engines.elasticsearch import Elasticsearch
from search.engines.elasticsearch_access import Access
from search.engines.elasticsearch_server import Server
from search.engines.embedded import Embedded
from search.plan import Plan
from tests.benchmarks.client import Connection
from tests.benchmarks.sites import OURS, ROOT, Site
from tests.elasticsearch import own_indices, plain

SERVICES = 400
FILL = """
import django
django.setup()
from django.db import transaction
from tests.records import put_record, service
with transaction.atomic():
    for number in range({services}):
        put_record(service(f"Podar árvore {{number}}", summary="Conserto do asfalto, longe de árvore. " * 20))
"""
#: The command itself, which says when it begins to build; who follows a killed one need not wait for long.
REBUILD = """
import sys
import django
django.setup()
from django.core.management import call_command
from search.engines import elasticsearch_lease
from search.follower import Follower
elasticsearch_lease.LEASE_SECONDS = 1.0
rebuild = Follower._rebuild
def told(self):
    print("begins", flush=True)
    return rebuild(self)
Follower._rebuild = told
call_command("rebuild_search", engine=sys.argv[1], stdout=sys.stdout)
"""
PUBLISH = """
import django
django.setup()
from tests.records import put_record, service
put_record(service("Plantar muda"))
"""


def start(site: Site, script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", script, *arguments], cwd=ROOT, env=site.environment, stdout=subprocess.PIPE, text=True
    )


def run(site: Site, script: str, *arguments: str) -> str:
    """Let it run to its end; what it printed."""
    process = start(site, script, *arguments)
    printed, _errors = process.communicate(timeout=240)
    assert process.returncode == 0
    return printed


@pytest.fixture
def site(elsewhere: str, tmp_path: Path) -> Site:
    site = Site(OURS, tmp_path / "site", elsewhere)
    (site.folder / "static").mkdir(parents=True)
    return site


@pytest.fixture
def server() -> Iterator[Access]:
    with own_indices(plain()) as mine:
        yield mine


def begun(site: Site, engine: str) -> subprocess.Popen[str]:
    """A rebuild that has just begun."""
    process = start(site, REBUILD, engine)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "begins"
    return process


def found(engine: Engine) -> int:
    engine.refresh()
    return engine.search(Plan("pt-br", everything=True), filters={}, size=1).total


def check_killed(site: Site, engine: Engine, name: str, number_of_indices: Callable[[], int]) -> None:
    """Kill rebuilds at random moments: what served goes on serving, and the next that ends leaves nothing behind."""
    run(site, FILL.format(services=SERVICES))
    with begun(site, name) as process:
        started = time.monotonic()
        assert f"documents={SERVICES} " in process.stdout.read()
        whole = time.monotonic() - started
    assert found(engine) == SERVICES
    before = engine.version()
    left = 0
    for part in (0.0, random.random(), random.random()):
        with begun(site, name) as process:
            until = time.monotonic() + 3 * whole
            while number_of_indices() < 2 and process.poll() is None and time.monotonic() < until:
                time.sleep(0.002)
            time.sleep(0.1 * part)
            process.kill()
        assert found(engine) == SERVICES
        left = max(left, number_of_indices())
    assert left == 2, "none was killed in the middle"
    run(site, PUBLISH)
    assert f"documents={SERVICES + 1} " in run(site, REBUILD, name)
    assert found(engine) == SERVICES + 1
    assert engine.version() != before
    assert number_of_indices() == 1


def test_killed_embedded_rebuilds(site: Site) -> None:
    folder = site.folder / "search" / "embedded"
    check_killed(site, Embedded(folder), "embedded", lambda: len(list(folder.glob("index-*"))))


def test_killed_rebuilds_on_the_server(site: Site, server: Access) -> None:
    told = {"URL": server.hosts[0], "INDEX_PREFIX": server.prefix, "READ_MS": "20000"}
    site = replace(site, told={f"CONECTA_ELASTICSEARCH_{name}": value for name, value in told.items()})

    def number_of_indices() -> int:
        return len(Server(server).ask("GET", f"/{server.prefix}-index-*/_alias", patient=True))

    check_killed(site, Elasticsearch(server), "elasticsearch", number_of_indices)


def test_each_process_keeps_its_own_machines_index(site: Site, tmp_path: Path) -> None:
    other = Site(OURS, tmp_path / "other", site.database_url)
    (other.folder / "static").mkdir(parents=True)
    run(site, FILL.format(services=2))
    with ExitStack() as stack:
        visitors = [Connection(stack.enter_context(each.serving())) for each in (site, other)]
        assert [_titles(visitor) for visitor in visitors] == [["Podar árvore 0", "Podar árvore 1"]] * 2
        run(site, PUBLISH)
        # The first answer already knows it, in each of them.
        assert [len(_titles(visitor)) for visitor in visitors] == [3, 3]
        folders = [each.folder / "search" / "embedded" for each in (site, other)]
        assert all((folder / "current").exists() for folder in folders)
        cursors = [(engine.refresh(), engine.cursor())[1] for engine in map(Embedded, folders)]
        assert cursors[0] == cursors[1]
        ready = [json.loads(visitor.get("/healthz/ready").body) for visitor in visitors]
        assert [each["followers"] for each in ready] == [{"embedded": {"lag": 0}}] * 2


def _titles(visitor: Connection) -> list[str]:
    return [result["title"] for result in json.loads(visitor.get("/api/v1/search").body)["results"]]
