"""More than a city sends: ratings in a burst, clients that never come to an end, a request of 100 MB."""

import os
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.benchmarks.postgres import free_port
from tests.faults.chaos.conftest import LONG
from tests.faults.chaos.load import Load
from tests.faults.chaos.play import FAULT, Play
from tests.faults.chaos.processes import Kept, wait_until
from tests.faults.chaos.stage import ROOT, Stage
from tests.faults.chaos.web import Failure, ask

pytestmark = pytest.mark.xdist_group("chaos")

RATINGS = 10_000 if LONG else 1_000
CLIENTS = 50
HALF_OPEN = 300
BIG = 100 * 1_000_000
#: MiB by which a worker may grow, whatever is sent to it.
GROWTH = 40
#: Seconds that readers wait at most beside slow clients, on a busy machine.
SOON = 5.0

HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
BODY = (
    b"POST /api/v1/ratings HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
)


@contextmanager
def burst_of_ratings(load: Load) -> Iterator[None]:
    with ThreadPoolExecutor(CLIENTS) as clients:
        for done in [clients.submit(load.rate) for _each in range(RATINGS)]:
            done.result()
    yield


@contextmanager
def slow_clients(port: int, beginning: bytes) -> Iterator[None]:
    """Each says the beginning of a request, and then hardly anything."""
    sockets = [socket.create_connection(("127.0.0.1", port)) for _each in range(HALF_OPEN)]
    for each in sockets:
        each.sendall(beginning)
    try:
        for _second in range(int(FAULT)):
            time.sleep(1)
            for each in sockets:
                with suppress(OSError):
                    each.sendall(b"a")
        yield
    finally:
        for each in sockets:
            each.close()


@contextmanager
def front(stage: Stage) -> Iterator[int]:
    """The port of deploy/Caddyfile, without TLS, before the installation's web server."""
    port = free_port()
    told = {
        "CONECTA_HOST": "127.0.0.1",
        "CONECTA_WEB": f"127.0.0.1:{stage.port}",
        "CONECTA_MEDIA": str(stage.data),
        "XDG_DATA_HOME": str(stage.folder),
        "XDG_CONFIG_HOME": str(stage.folder),
        "PATH": os.environ["PATH"],
    }
    # Its own door for commands would be another's if two ran on one machine.
    written = (ROOT / "deploy" / "Caddyfile").read_text()
    path = stage.folder / "Caddyfile"
    written = written.replace("{$CONECTA_HOST} {", f"http://127.0.0.1:{port} {{")
    path.write_text(f"{{\n\tadmin off{written.partition('{')[2]}")
    caddy = Kept(
        ["caddy", "run", "--adapter", "caddyfile", "--config", str(path)], told, ROOT, stage.folder / "caddy.log"
    )
    caddy.start()
    try:
        wait_until(lambda: _answers(port), "the front answers")
        yield port
    finally:
        caddy.stop()


def _answers(port: int) -> bool:
    with suppress(Failure):
        return ask(port, "/healthz/ready").status == 200
    return False


def test_ratings_in_a_burst(play: Play) -> None:
    before = play.ledger.ratings
    play.act(burst_of_ratings(play.load))
    assert play.ledger.ratings >= before + RATINGS


@pytest.mark.parametrize("beginning", [HEAD, BODY], ids=["head", "body"])
def test_clients_that_never_come_to_an_end(play: Play, beginning: bytes) -> None:
    with front(play.stage) as port:
        play.load.ports[:] = [port]
        seen = play.act(slow_clients(port, beginning))
    assert max(each.seconds for each in seen.readings) < SOON


def test_heads_without_an_end_at_the_web_server_itself(play: Play) -> None:
    seen = play.act(slow_clients(play.stage.port, HEAD))
    assert max(each.seconds for each in seen.readings) < SOON


def memory_of(pids: list[int]) -> float:
    """The most that a process holds, in MiB."""
    lines = [line for pid in pids for line in Path(f"/proc/{pid}/status").read_text().splitlines()]
    return max(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def sent(port: int, path: str, kind: str) -> int:
    """The status that a request of 100 MB gets; the server need not read it."""
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\nContent-Length: {BIG}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        with suppress(OSError):
            connection.sendall(head.encode())
            for _each in range(BIG // 100_000):
                connection.sendall(b"a" * 100_000)
        with suppress(ConnectionResetError):
            return int(connection.recv(4096).split()[1])
    return 0


@contextmanager
def big_requests(ports: list[int], answers: list[int]) -> Iterator[None]:
    for port in ports:
        for path, kind in (
            ("/api/v1/ratings", "application/json"),
            ("/avaliar/", "application/x-www-form-urlencoded"),
            ("/api/v1/services", "application/json"),
        ):
            answers.append(sent(port, path, kind))
    yield


def test_a_request_of_100_mb(play: Play) -> None:
    stage, answers = play.stage, list[int]()
    with front(stage) as port:
        workers = stage.web.children()
        before = memory_of(workers)
        play.act(big_requests([port, stage.port], answers))
        assert stage.web.children() == workers
        assert memory_of(workers) - before < GROWTH
    assert answers[:3] == [413] * 3
    # The web server itself reads no more than what it needs to say no.
    assert answers[3] == 413
    assert all(400 <= status < 500 for status in answers[4:])
