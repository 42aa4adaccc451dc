"""Counts of searches come from many threads and many processes, and from processes that end."""

import os
import time
from datetime import date

import pytest

from search.counting import Asked, Counts
from search.insight import Tally
from search.query_counts import QueryCount
from tests.faults.conftest import PATIENCE, Threads
from tests.faults.served import Installation, Server, installation, server  # noqa: F401 - fixtures

DAY = date(2026, 3, 2)
COUNT = """
from datetime import date
from search.counting import Asked, Counts
from search.query_counts import QueryCount
for _turn in range(40):
    QueryCount.objects.add({Asked(date(2026, 3, 2), "pt-br", f"busca {n}"): Counts(searches=1) for n in range(20)})
"""
TOTAL = "from search.query_counts import QueryCount; print(QueryCount.objects.times_asked())"


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
    monkeypatch.setattr("services.tally.WRITE_AT", 3)
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


def test_four_processes_lose_no_count(installation: Installation) -> None:  # noqa: F811
    counting = [installation.start("-c", f"import django; django.setup()\n{COUNT}") for _ in range(4)]
    assert [process.wait(PATIENCE * 6) for process in counting] == [0] * 4
    assert installation.run(TOTAL) == str(4 * 40 * 20)


def test_a_server_that_is_told_to_end_writes_first(installation: Installation, server: Server) -> None:  # noqa: F811
    for _ in range(6):
        server.get("/busca/?q=iptu")
    server.end()
    assert installation.run(TOTAL) == "6"
