"""Whatever answers in the search server's place, the site answers soon, says so, loses nothing, and heals.

What becomes of it when it is down, suspended or has lost its index is seen in ``chaos``.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from search.engines.elasticsearch_access import Access
from search.engines.elasticsearch_server import Server
from tests.benchmarks.client import Connection
from tests.benchmarks.sites import OURS, ROOT, Site
from tests.elasticsearch import own_indices, plain
from tests.faults.search_server import Door

SOON = 0.5
HEALED = 60.0
PUBLISH = """
import sys
import django
django.setup()
from tests.records import put_record, service
for line in sys.stdin:
    put_record(service(line.strip()))
    print("published", flush=True)
"""


class Publisher:
    """A process that publishes services into a site's log."""

    def __init__(self, site: Site) -> None:
        self.titles: list[str] = []
        self._process = subprocess.Popen(  # noqa: S603 - this very interpreter
            [sys.executable, "-c", PUBLISH],
            cwd=ROOT,
            env=site.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def publish(self, title: str) -> None:
        """Put a service into the log; it is there when this returns."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{title}\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline().strip() == "published"
        self.titles.append(title)

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


class Visitor:
    """Asks a site, and looks at the time."""

    def __init__(self, port: int) -> None:
        self._connection = Connection(port)

    def ask(self, query: str = "") -> tuple[dict[str, Any], float]:
        """The API's answer to a search, and the seconds that it took."""
        reply = self._connection.get(f"/api/v1/search?size=100&q={quote(query)}")
        return json.loads(reply.body), reply.seconds

    def get(self, path: str) -> str:
        """A page."""
        return self._connection.get(path).body.decode()

    def wait_for(self, right: Callable[[dict[str, Any]], bool]) -> None:
        """Ask until the answer is right."""
        until = time.monotonic() + HEALED
        while not right(answer := self.ask()[0]):
            assert time.monotonic() < until, answer
            time.sleep(0.05)


@pytest.fixture
def access() -> Iterator[Access]:
    with own_indices(plain()) as mine:
        yield mine


@pytest.fixture
def door(access: Access) -> Iterator[Door]:
    door = Door(int(access.hosts[0].rpartition(":")[2]))
    yield door
    door.close()


@pytest.fixture
def site(door: Door, access: Access, elsewhere: str, tmp_path: Path) -> Site:
    folder = tmp_path / "site"
    (folder / "static").mkdir(parents=True)
    told = {"URL": f"http://127.0.0.1:{door.port}", "INDEX_PREFIX": access.prefix}
    return Site(OURS, folder, elsewhere, {f"CONECTA_ELASTICSEARCH_{name}": value for name, value in told.items()})


@pytest.fixture
def publisher(site: Site) -> Iterator[Publisher]:
    publisher = Publisher(site)
    yield publisher
    publisher.close()


def titles(answer: dict[str, Any]) -> list[str]:
    return [result["title"] for result in answer["results"]]


def stands_in(visitor: Visitor, publisher: Publisher) -> None:
    """The answer is whole, soon there and marked. A busy machine may be as much slower as it is a moment later."""
    answer, seconds = visitor.ask()
    assert answer["degraded"]
    assert titles(answer) == sorted(publisher.titles)
    usual = max(visitor.ask()[1] for _ in range(5))
    assert seconds < SOON + usual, (seconds, usual)


@contextmanager
def misbehaving(door: Door, how: Callable[..., None]) -> Iterator[None]:
    door.behave(how)
    yield
    door.behave(door.honest)


@contextmanager
def read_only(access: Access) -> Iterator[None]:
    server, settings = Server(access), f"/{access.prefix}/_settings"
    server.ask("PUT", settings, {"index.blocks.write": True}, patient=True)
    yield
    server.ask("PUT", settings, {"index.blocks.write": None}, patient=True)


def test_every_answer(site: Site, access: Access, door: Door, publisher: Publisher) -> None:
    faults = {
        "silent": misbehaving(door, door.silent),
        "slow": misbehaving(door, door.slow),
        "no HTTP": misbehaving(door, door.no_http),
        "no JSON": misbehaving(door, door.no_json),
        "empty": misbehaving(door, door.empty),
        "read only": read_only(access),
    }
    publisher.publish("Antes de tudo")

    def is_well(answer: dict[str, Any]) -> bool:
        return not answer["degraded"] and titles(answer) == sorted(publisher.titles)

    with site.serving() as port:
        visitor = Visitor(port)
        visitor.wait_for(is_well)
        for name, fault in faults.items():
            with fault:
                if name != "read only":
                    stands_in(visitor, publisher)
                publisher.publish(f"Durante {name}")
                # What another process publishes is seen a moment later (``changes.RECENT``).
                visitor.wait_for(lambda answer: answer["degraded"] and titles(answer) == sorted(publisher.titles))
                stands_in(visitor, publisher)
                assert "busca de reserva" in visitor.get("/busca/?q=durante")
            visitor.wait_for(is_well)
            publisher.publish(f"Depois {name}")
            visitor.wait_for(is_well)
            assert "busca de reserva" not in visitor.get("/busca/?q=durante")
            # With the state, which is a document too.
            count = Server(access).ask("POST", f"/{access.prefix}/_count", patient=True)["count"]
            assert count == len(publisher.titles) + 1, name
        ready = json.loads(visitor.get("/healthz/ready"))
        assert ready["followers"] == {"embedded": {"lag": 0}, "elasticsearch": {"lag": 0}}
    assert len(Server(access).ask("GET", f"/{access.prefix}-index-*/_alias", patient=True)) == 1
