"""Whatever becomes of the search server, the site answers soon, says that it stands in, loses nothing, and heals."""

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
from tests.elasticsearch import plain
from tests.faults.search_server import Door, Node

# One server for all of them, wherever they run.
pytestmark = pytest.mark.xdist_group("search-server")

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


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    if plain() is None:
        pytest.skip("no Elasticsearch")
    node = Node()
    try:
        node.start()
        yield node
    finally:
        node.remove()


@pytest.fixture
def door(node: Node) -> Iterator[Door]:
    door = Door(node.port)
    yield door
    door.close()


@pytest.fixture
def site(door: Door, elsewhere: str, tmp_path: Path) -> Site:
    folder = tmp_path / "site"
    (folder / "static").mkdir(parents=True)
    return Site(OURS, folder, elsewhere, {"CONECTA_ELASTICSEARCH_URL": f"http://127.0.0.1:{door.port}"})


@pytest.fixture
def publisher(site: Site) -> Iterator[Publisher]:
    publisher = Publisher(site)
    yield publisher
    publisher.close()


@pytest.fixture
def server(node: Node) -> Server:
    return Server(Access((f"http://127.0.0.1:{node.port}",), read=20))


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
def suspended(node: Node) -> Iterator[None]:
    node.suspend()
    yield
    node.resume()


@contextmanager
def misbehaving(door: Door, how: Callable[..., None]) -> Iterator[None]:
    door.behave(how)
    yield
    door.behave(door.honest)


@contextmanager
def stopped(node: Node) -> Iterator[None]:
    node.stop()
    yield
    node.start()


@contextmanager
def deleted(server: Server) -> Iterator[None]:
    for name in server.ask("GET", "/conecta-index-*/_alias", patient=True):
        server.ask("DELETE", f"/{name}", patient=True)
    yield


@contextmanager
def read_only(server: Server) -> Iterator[None]:
    server.ask("PUT", "/conecta/_settings", {"index.blocks.write": True}, patient=True)
    yield
    server.ask("PUT", "/conecta/_settings", {"index.blocks.write": None}, patient=True)


def test_every_fault(site: Site, node: Node, door: Door, publisher: Publisher, server: Server) -> None:
    faults = {
        "suspended": suspended(node),
        "silent": misbehaving(door, door.silent),
        "slow": misbehaving(door, door.slow),
        "no HTTP": misbehaving(door, door.no_http),
        "no JSON": misbehaving(door, door.no_json),
        "empty": misbehaving(door, door.empty),
        "index deleted": deleted(server),
        "read only": read_only(server),
        "stopped": stopped(node),
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
                if name != "index deleted":
                    # What another process publishes is seen a moment later (``changes.RECENT``).
                    visitor.wait_for(lambda answer: answer["degraded"] and titles(answer) == sorted(publisher.titles))
                    stands_in(visitor, publisher)
                    assert "busca de reserva" in visitor.get("/busca/?q=durante")
            visitor.wait_for(is_well)
            publisher.publish(f"Depois {name}")
            visitor.wait_for(is_well)
            assert "busca de reserva" not in visitor.get("/busca/?q=durante")
            # With the state, which is a document too.
            count = server.ask("POST", "/conecta/_count", patient=True)["count"]
            assert count == len(publisher.titles) + 1, name
        ready = json.loads(visitor.get("/healthz/ready"))
        assert ready["followers"] == {"embedded": {"lag": 0}, "elasticsearch": {"lag": 0}}
    assert len(server.ask("GET", "/conecta-index-*/_alias", patient=True)) == 1
