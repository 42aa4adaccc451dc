"""Counts of searches come from many threads and many processes, and from processes that end."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.error import URLError

import pytest

from search import insight
from search.counting import Asked, Counts
from search.insight import Tally
from search.query_counts import QueryCount
from tests.faults.conftest import PATIENCE, Threads

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 3, 2)
COUNTER = """
import django, sys
from datetime import date
django.setup()
from search.counting import Asked, Counts
from search.query_counts import QueryCount
for _turn in range(40):
    QueryCount.objects.add({Asked(date(2026, 3, 2), "pt-br", f"busca {n}"): Counts(searches=1) for n in range(20)})
"""


def totals() -> set[int]:
    return set(QueryCount.objects.values_list("searches", flat=True))


def test_eight_threads_lose_no_count_while_it_is_written(threads: Threads) -> None:
    tally = Tally(QueryCount.objects.add, seconds=None)
    asked = [Asked(DAY, "pt-br", f"busca {number}") for number in range(20)]

    def count() -> None:
        for turn in range(400):
            tally.add(asked[turn % 20], Counts(searches=1))
            if turn % 100 == 0:
                tally.flush()

    for _ in range(8):
        threads.start(count)
    threads.join()
    tally.flush()
    assert totals() == {160}


def test_it_is_written_without_anybody_asking_and_at_once_when_there_is_much(
    committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(insight, "WRITE_AT", 3)
    written: list[int] = []
    for seconds, queries in ((0.2, 1), (PATIENCE * 10, 3)):
        tally = Tally(lambda waiting: written.append(len(waiting)), seconds=seconds)
        for number in range(queries):
            tally.add(Asked(DAY, "pt-br", f"busca {number}"), Counts(searches=1))
        until = time.monotonic() + PATIENCE
        while len(written) < 1 and time.monotonic() < until:
            time.sleep(0.01)
        assert written.pop() == queries


def test_a_forked_process_begins_with_none(committed: None) -> None:
    tally = Tally(QueryCount.objects.add, seconds=None)
    tally.add(Asked(DAY, "pt-br", "iptu"), Counts(searches=1))
    child = os.fork()
    if not child:
        os._exit(len(tally._waiting))
    assert os.waitpid(child, 0)[1] == 0
    tally.flush()
    assert totals() == {1}


def environment(tmp_path: Path, database: str) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "conecta_site.settings",
        "CONECTA_DEMO": "1",
        "CONECTA_DATA_DIR": str(tmp_path),
        "CONECTA_DATABASE_URL": database,
    }


@pytest.fixture
def installation(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation of its own, on SQLite."""
    found = environment(tmp_path, f"sqlite:///{tmp_path}/own.sqlite3")
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=found, check=True)
    return found


def ask(installation: dict[str, str], sql: str) -> str:
    """The first value of what an installation's database answers."""
    script = (
        "import django; django.setup()\nfrom django.db import connection\n"
        f"with connection.cursor() as cursor:\n    cursor.execute({sql!r})\n    print(cursor.fetchone()[0])"
    )
    command = [sys.executable, "-c", script]
    return subprocess.run(
        command, cwd=ROOT, env=installation, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_four_processes_lose_no_count(installation: dict[str, str]) -> None:
    counting = [subprocess.Popen([sys.executable, "-c", COUNTER], cwd=ROOT, env=installation) for _ in range(4)]
    assert [process.wait(PATIENCE * 6) for process in counting] == [0] * 4
    assert ask(installation, "SELECT SUM(searches) FROM conecta_search_querycount") == str(4 * 40 * 20)


@pytest.fixture
def served(installation: dict[str, str]) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The installation behind the server that runs it in production, with two workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port, "--workers", "2"]
    server = subprocess.Popen(
        [sys.executable, *command, "conecta_site.wsgi:application"], cwd=ROOT, env=installation, start_new_session=True
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + PATIENCE * 3
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"{address}/api/v1/openapi.json", timeout=PATIENCE).close()
            except URLError:
                time.sleep(0.1)
            else:
                break
        yield address, server
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def test_a_server_that_is_told_to_end_writes_first(
    installation: dict[str, str], served: tuple[str, subprocess.Popen[bytes]]
) -> None:
    address, server = served
    request = urllib.request.Request(f"{address}/busca/?q=iptu", headers={"User-Agent": "Mozilla/5.0 (Android 10)"})
    for _ in range(6):
        urllib.request.urlopen(request, timeout=PATIENCE * 2).close()
    server.send_signal(signal.SIGTERM)
    server.wait(PATIENCE * 2)
    assert ask(installation, "SELECT SUM(searches) FROM conecta_search_querycount") == "6"
