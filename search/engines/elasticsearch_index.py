"""One index on the server: what a document is in it, and how changes and their cursor go in together.

Nothing is seen of an index until it is told to: documents go in first, then the state with the cursor,
which makes all of it visible at once. A writer that dies in between is as if it had never been,
and what it did is done again.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any
from urllib.parse import quote

from search.document import ANYWHERE, FIELDS, FILTERS, FORMS, Document
from search.engines.base import EngineError, Removal, Update
from search.engines.elasticsearch_server import Server, saying_so
from search.engines.fingerprint import fingerprint_of
from services.changes import sequence_of

STATE = "state"
_CHUNK_LETTERS = 5_000_000
#: How long a rebuild waits for its index to be one piece, and how often it looks.
_JOIN_SECONDS, _LOOK_SECONDS = 120.0, 0.1
#: Another writer was here with a newer state.
_CONFLICT = 409
_SETTINGS = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "refresh_interval": "-1",
    # Each piece of an index is searched for each word: a small index is worth keeping in few.
    "merge.policy": {"segments_per_tier": 2, "floor_segment": "100mb"},
    # Deletions must be remembered for as long as a suspended writer may come back with something older.
    "gc_deletes": "1h",
    # Page and size are bounded elsewhere, and a search never keeps more hits than there are documents.
    "max_result_window": 10_000_000,
}


@cache
def fingerprint() -> str:
    """Of all that decides what is in the index: another one means that it must be built again."""
    return fingerprint_of(__file__)


def _properties() -> dict[str, Any]:
    counted = {f"{ANYWHERE}_{form}" for form in FORMS}
    properties: dict[str, Any] = {
        field: {"type": "keyword"} if field in counted else {"type": "keyword", "doc_values": False} for field in FIELDS
    }
    # What facets count by is made ready when changes come in, not by the first search after them.
    properties |= {f"filter_{name}": {"type": "keyword", "eager_global_ordinals": True} for name in FILTERS}
    properties["tie_break"] = {"type": "long", "index": False}
    properties["sort_key"] = {"type": "keyword", "index": False}
    properties["sequence"] = {"type": "long", "index": False}
    properties["display"] = {"type": "object", "enabled": False}
    return properties


class Index:
    """An index that takes changes. ``still_ours`` raises if another writer has taken over."""

    def __init__(self, server: Server, name: str, *, still_ours: Callable[[], None]) -> None:
        self._server = server
        self.name = name
        # Writes go to a name that vanishes with the index: to its own, they would make another without our mapping.
        self._door = quote(f"{name}-open")
        self._still_ours = still_ours

    def create(self) -> None:
        """Make it, empty. Raises ``EngineError``."""
        mappings = {"dynamic": "strict", "_source": {"includes": ["display"]}, "properties": _properties()}
        body = {"settings": _SETTINGS, "mappings": mappings, "aliases": {f"{self.name}-open": {}}}
        self._server.ask("PUT", f"/{quote(self.name)}", body, patient=True)

    def apply(self, updates: Iterable[Update], cursor: str) -> None:
        """Take in changes and the cursor behind them: both or neither. Raises ``EngineError``."""
        version = sequence_of(cursor)
        for lines in _chunks(_lines(update, version) for update in updates):
            self._send(lines)
        state = {"cursor": cursor, "fingerprint": fingerprint()}
        self._send(_index(STATE, {"display": state}, version), then="&refresh=true")

    def join(self) -> None:
        """Make one piece of it: each search looks up each of its terms in every piece. Raises ``EngineError``.

        What takes longer than a while goes on beside the searches.
        """
        name = quote(self.name)
        self._server.ask("POST", f"/{name}/_forcemerge?max_num_segments=1&wait_for_completion=false", patient=True)
        until = time.monotonic() + _JOIN_SECONDS
        while self._pieces(name) > 1 and time.monotonic() < until:
            self._still_ours()
            time.sleep(_LOOK_SECONDS)

    def _pieces(self, name: str) -> int:
        self._server.ask("POST", f"/{name}/_refresh", patient=True)
        answer = self._server.ask("GET", f"/{name}/_stats/segments", patient=True)
        with saying_so():
            return int(answer["_all"]["primaries"]["segments"]["count"])

    def _send(self, lines: list[str], then: str = "") -> None:
        self._still_ours()
        answer = self._server.ask("POST", f"/{self._door}/_bulk?require_alias=true{then}", lines, patient=True)
        with saying_so():
            results = [result for item in answer["items"] for result in item.values()]
            failed = [result for result in results if "error" in result and result["status"] != _CONFLICT]
        if failed:
            raise EngineError(f"Elasticsearch: {len(failed)} changes refused: {failed[0]['error']}")


def _lines(update: Update, version: int) -> list[str]:
    if isinstance(update, Removal):
        return [_action("delete", update.key, version)]
    return _index(update.key, _stored(update), version)


def _stored(document: Document) -> dict[str, Any]:
    filters = {f"filter_{name}": values for name, values in document.filters.items() if values}
    return {
        **document.terms,
        **filters,
        "tie_break": document.tie_break,
        "sort_key": document.sort_key,
        "sequence": document.sequence,
        "display": document.display.as_data(),
    }


def _index(key: str, source: dict[str, Any], version: int) -> list[str]:
    return [_action("index", key, version), json.dumps(source, ensure_ascii=False)]


def _action(name: str, key: str, version: int) -> str:
    """What is older than what is there is not taken: no writer, however late, can turn an index back."""
    return json.dumps({name: {"_id": key, "version": version, "version_type": "external_gte"}})


def _chunks(each: Iterable[list[str]]) -> Iterator[list[str]]:
    chunk: list[str] = []
    letters = 0
    for lines in each:
        chunk += lines
        letters += sum(map(len, lines))
        if letters > _CHUNK_LETTERS:
            yield chunk
            chunk, letters = [], 0
    if chunk:
        yield chunk
