"""What was accepted, and whether it is everywhere once, when all is over."""

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from search.engines.base import Engine
from search.engines.elasticsearch import Elasticsearch
from search.engines.elasticsearch_server import Access
from search.engines.embedded import Embedded
from search.plan import Plan
from tests.faults.chaos.stage import Stage
from tests.faults.chaos.web import ask

KINDS = ("service", "topic")
#: Entries that the feed of changes holds.
FEED = 50
#: By id.
Titles = dict[str, str]


@dataclass
class Entered:
    """What may be public of an entry: its last accepted title, and what was asked for since without an answer."""

    #: None: nothing is.
    may_be: set[str | None] = field(default_factory=set)
    is_new: bool = True


class Ledger:
    """Filled by those who publish and rate. Safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: dict[str, Entered] = {}
        self._ratings: dict[str, tuple[str, int]] = {}
        self.refused = 0

    def begin(self) -> None:
        """From now on entries are of another round: the feed knows the newest only."""
        with self._lock:
            self.refused = 0
            for entered in self._entries.values():
                entered.is_new = False

    @property
    def accepted(self) -> int:
        """Publications of this round that were accepted at least once."""
        return sum(entered.is_new for entered in self._entries.values())

    def published(self, entry: str, title: str | None) -> None:
        """It was accepted; ``None``: that nothing is public any more."""
        with self._lock:
            self._entries[entry] = Entered({title})

    def unknown(self, entry: str, title: str | None) -> None:
        """It was not accepted, and may have happened: an answer got lost."""
        with self._lock:
            self.refused += 1
            if entry in self._entries:
                self._entries[entry].may_be.add(title)

    def rated(self, token: str, service: str, stars: int) -> None:
        """A rating was accepted."""
        with self._lock:
            self._ratings[token] = (service, stars)

    @property
    def ratings(self) -> int:
        """How many were accepted in all rounds."""
        return len(self._ratings)

    def problems(self, stage: Stage) -> list[str]:
        """What is missing, doubled or differs; nothing may have been published or rated for a moment."""
        log = log_of(stage)
        return [
            *self._in_the_log(log),
            *self._in_the_indices(stage, log),
            *self._on_the_portal(stage, log),
            *self._in_the_feed(stage, log),
            *self._ratings_once(stage),
        ]

    def _in_the_log(self, log: dict[str, Any]) -> Iterator[str]:
        for entry, entered in self._entries.items():
            record = log.get(entry)
            if (record["title"] if record else None) not in entered.may_be:
                yield f"log: {entry} is {record and record['title']}, and not {entered.may_be}"

    def _in_the_indices(self, stage: Stage, log: dict[str, Any]) -> Iterator[str]:
        wanted = {entry: record["title"] for entry, record in log.items()}
        engines: dict[str, Engine] = {
            "embedded": Embedded(stage.data / "search" / "embedded"),
            "elasticsearch": Elasticsearch(Access(stage.search_hosts, connect=20, read=20)),
        }
        for name, engine in engines.items():
            engine.refresh()
            page = engine.search(Plan("pt-br", everything=True), filters={}, size=10_000)
            found = [(hit.id, hit.title) for hit in page.hits if hit.kind in KINDS]
            for entry, times in Counter(entry for entry, _title in found).items():
                if times > 1:
                    yield f"{name}: {entry} is there {times} times"
            differing = set(found) ^ set(wanted.items())
            if differing:
                yield f"{name}: beside the log {sorted(differing)[:6]}"

    def _on_the_portal(self, stage: Stage, log: dict[str, Any]) -> Iterator[str]:
        for entry, entered in self._entries.items():
            if not entered.is_new:
                continue
            record = log.get(entry)
            answer = ask(stage.port, record["url"] if record else f"/s/{entry}")
            if record and (answer.status != 200 or record["title"] not in answer.text):
                yield f"portal: {record['url']} answers {answer.status} without its title"
            if record is None and answer.status not in (404, 410):
                yield f"portal: {entry} is gone, and answers {answer.status}"

    def _in_the_feed(self, stage: Stage, log: dict[str, Any]) -> Iterator[str]:
        feed = ask(stage.port, "/atualizacoes.xml").text
        newest = sorted(log.values(), key=lambda record: -record["sequence"])[:FEED]
        told = {record["id"]: record["title"] for record in newest}
        for entry, entered in self._entries.items():
            times = feed.count(f":{entry}</id>")
            if entered.is_new and times != (entry in told):
                yield f"feed: {entry} is there {times} times"
            if entered.is_new and entry in told and told[entry] not in feed:
                yield f"feed: not {told[entry]}"

    def _ratings_once(self, stage: Stage) -> Iterator[str]:
        rows = stage.database.ask("SELECT token::text, service_id, stars, set_aside FROM conecta_feedback_rating")
        kept = {str(token): (service, stars) for token, service, stars, _aside in rows}
        for token, said in self._ratings.items():
            if kept.get(token) != said:
                yield f"ratings: {token} is {kept.get(token)}, and not {said}"
        aside = sum(bool(row[3]) for row in rows)
        if aside:
            yield f"ratings: {aside} were set aside"
        if len(rows) != len(self._ratings):
            yield f"ratings: {len(rows)} were kept, {len(self._ratings)} accepted"
        wanted: dict[str, list[int]] = {}
        for service, stars in self._ratings.values():
            wanted.setdefault(service, [0] * 5)[stars - 1] += 1
        # As the worker of a later day sums them up, whatever the clock was when they came.
        sums = stage.newsroom.do("sums", days=400)
        if {service: sums.get(service) for service in wanted} != wanted:
            yield f"ratings: summed up {sums}, accepted {wanted}"


def log_of(stage: Stage) -> dict[str, Any]:
    """What the change log says is public, by id: records with their place in the log, each once."""
    found: dict[str, Any] = {}
    cursor, last = "0", 0
    while True:
        told = ask(stage.port, f"/api/v1/changes?after={cursor}&limit=200").json
        if not told["changes"]:
            return {entry: record for entry, record in found.items() if record is not None}
        cursor = told["cursor"]
        for change in told["changes"]:
            assert change["sequence"] > last, "the log goes back"
            last = change["sequence"]
            if change["kind"] in KINDS and change["locale"].lower() == "pt-br":
                record = change["record"]
                found[change["id"]] = None if change["deleted"] else {**record, "sequence": change["sequence"]}
