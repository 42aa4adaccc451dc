"""People who read, rate and publish while faults are done: not many, and without a pause."""

import json
import random
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.faults.chaos.ledger import Ledger, log_of
from tests.faults.chaos.newsroom import Newsroom, Refused
from tests.faults.chaos.stage import Stage
from tests.faults.chaos.web import Failure, ask
from tests.faults.conftest import PATIENCE

READERS = 2
#: Seconds between two readings of one reader, ratings, publications.
READ_EVERY, RATE_EVERY, PUBLISH_EVERY = 0.05, 0.1, 0.4
#: A rating that was not taken is sent again, as a city's system does.
RATE_AGAIN = 0.3


@dataclass(frozen=True)
class Reading:
    """Something that was read: when it was asked for, how long it took, what went wrong if anything did."""

    path: str
    at: float
    seconds: float
    failure: str = ""
    degraded: bool = False


class Load:
    """Threads; what was accepted goes into the ledger."""

    def __init__(self, stage: Stage, ledger: Ledger) -> None:
        self.stage, self.ledger = stage, ledger
        self.newsrooms: list[Newsroom] = [stage.newsroom]
        #: Where people read, and where systems rate.
        self.ports, self.rated_at = [stage.port], [stage.port]
        self.readings: list[Reading] = []
        self.broken: list[BaseException] = []
        self._ended = threading.Event()
        log = log_of(stage)
        self._pages = [record["url"] for record in log.values()][:40]
        self._rated = sorted(entry for entry, record in log.items() if record["title"].startswith("S "))[:6]

    @contextmanager
    def running(self) -> Iterator[None]:
        """From the beginning of the block until a little after its end: what was begun is brought to its end."""
        self._ended.clear()
        self.readings.clear()
        works = [*[self._read] * READERS, self._rate, self._publish]
        threads = [threading.Thread(target=self._work, args=(work,), daemon=True) for work in works]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._ended.set()
            for thread in threads:
                thread.join(2 * PATIENCE)
        assert not any(thread.is_alive() for thread in threads), "somebody still waits"
        if self.broken:
            raise self.broken.pop()

    def _work(self, work: object) -> None:
        try:
            work()  # type: ignore[operator]
        except BaseException as error:  # noqa: BLE001 - told by ``running``
            self.broken.append(error)

    def _read(self) -> None:
        chance = random.Random()
        while not self._ended.wait(READ_EVERY):
            page = chance.choice(self._pages)
            path = chance.choice(
                [page, page, "/", "/servicos/", "/busca/?q=s", "/api/v1/search?q=s", "/api/v1/services?size=5"]
            )
            self.readings.append(self._reading(chance.choice(self.ports), path))

    @staticmethod
    def _reading(port: int, path: str) -> Reading:
        at, degraded = time.monotonic(), False
        try:
            answer = ask(port, path)
            failure = "" if answer.status == 200 else str(answer.status)
            degraded = not failure and "search?" in path and bool(answer.json["degraded"])
        except Failure as error:
            failure = repr(error)
        return Reading(path, at, time.monotonic() - at, failure, degraded)

    def _rate(self) -> None:
        while not self._ended.wait(RATE_EVERY):
            self.rate()

    def rate(self) -> None:
        """One rating, sent until it is taken."""
        token, service, stars = str(uuid.uuid4()), random.choice(self._rated), random.randint(1, 5)
        said = json.dumps({"service_id": service, "stars": stars}).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": token}
        until = time.monotonic() + 2 * PATIENCE
        while time.monotonic() < until:
            try:
                answer = ask(random.choice(self.rated_at), "/api/v1/ratings", body=said, headers=headers)
            except Failure:
                answer = None
            if answer is not None and answer.status in (200, 201):
                assert answer.json["result"] == "stored", answer.text
                self.ledger.rated(token, service, stars)
                return
            assert answer is None or answer.status >= 500, answer.text
            time.sleep(RATE_AGAIN)
        raise AssertionError("a rating was never taken")

    def _publish(self) -> None:
        """Mostly services that were not there; at times one changes, or goes."""
        number, known = 0, list[str]()
        while not self._ended.wait(PUBLISH_EVERY):
            number += 1
            title = f"Novo {uuid.uuid4().hex[:8]}"
            self._tell(random.choice(self.newsrooms), number, title, known)

    def _tell(self, newsroom: Newsroom, number: int, title: str, known: list[str]) -> None:
        entry, after = "", title
        try:
            if number % 4 == 0 and known:
                entry = random.choice(known)
                newsroom.do("edit", entry=entry, title=title)
            elif number % 7 == 0 and known:
                # Nobody does anything more with it.
                entry, after = known.pop(0), None
                newsroom.do("down", entry=entry)
            else:
                entry = newsroom.do("new", title=title)
                known.append(entry)
            self.ledger.published(entry, after)
        except Refused:
            self.ledger.unknown(entry, after)
