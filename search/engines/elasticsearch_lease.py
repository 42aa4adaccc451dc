"""One writer at a time, across processes and machines: a document on the server says who it is.

It needs no common clock and nothing but the server. The writer changes the document as it goes on; a document
that stands still for ``LEASE_SECONDS``, as seen by whoever wants to write next, belonged to a process that
died. Should that process only have slept, then it finds out before its next write, and what is under way
is older than what is there: see ``elasticsearch_index``.
"""

import secrets
import time
from dataclasses import dataclass
from threading import Lock
from urllib.parse import quote

from search.engines.base import EngineError
from search.engines.elasticsearch_access import Refused
from search.engines.elasticsearch_server import Server, saying_so

LEASE_SECONDS = 15.0
_EXISTS, _CONFLICT, _MISSING = 400, 409, 404


@dataclass(frozen=True, slots=True)
class _Seen:
    """A state of the document."""

    owner: str
    number: int
    term: int

    @property
    def unless_changed(self) -> str:
        return f"if_seq_no={self.number}&if_primary_term={self.term}"


class Lease:
    """The right to write, as one engine of this process asks for it. Safe for threads."""

    def __init__(self, server: Server, index: str) -> None:
        self._server = server
        self._index = quote(index)
        self._owner = secrets.token_hex(8)
        self._held: _Seen | None = None
        self._renewed = 0.0
        self._other: tuple[_Seen | None, float] = None, 0.0
        self._asking = Lock()

    def take(self) -> bool:
        """Whether we are the writer from now on. Raises ``EngineError``."""
        with self._asking:
            if self._held:
                return False
            seen = self._look()
            if seen and seen.owner != self._owner and not self._has_stood_still(seen):
                return False
            self._held = self._put(seen.unless_changed if seen else "op_type=create")
            return self._held is not None

    def renew(self) -> None:
        """Stay the writer. Raises ``EngineError`` if another has taken over."""
        if self._held is None or time.monotonic() - self._renewed < LEASE_SECONDS / 3:
            return
        renewed = self._put(self._held.unless_changed)
        if renewed is None:
            raise EngineError("Elasticsearch: another process has become the writer of this index")
        self._held = renewed

    def drop(self) -> None:
        """Let others write; if the server does not hear it, they will find that we stand still."""
        held, self._held = self._held, None
        if held:
            try:
                self._server.ask("DELETE", f"/{self._index}/_doc/writer?{held.unless_changed}", patient=True)
            except EngineError:
                return

    def _has_stood_still(self, seen: _Seen) -> bool:
        other, since = self._other
        if other != seen:
            self._other = seen, time.monotonic()
            return False
        return time.monotonic() - since > LEASE_SECONDS

    def _look(self) -> _Seen | None:
        try:
            found = self._server.ask("GET", f"/{self._index}/_doc/writer", patient=True)
        except Refused as refused:
            if refused.status != _MISSING:
                raise
            self._create()
            return None
        with saying_so():
            return _Seen(found["_source"]["owner"], found["_seq_no"], found["_primary_term"])

    def _create(self) -> None:
        body = {
            "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"},
            "mappings": {"dynamic": False, "properties": {}},
        }
        try:
            self._server.ask("PUT", f"/{self._index}", body, patient=True)
        except Refused as refused:
            if refused.status != _EXISTS:
                raise

    def _put(self, condition: str) -> _Seen | None:
        """The document as it is now that we changed it; None if another did first."""
        now = time.monotonic()
        try:
            put = self._server.ask(
                "PUT", f"/{self._index}/_doc/writer?{condition}", {"owner": self._owner}, patient=True
            )
        except Refused as refused:
            if refused.status != _CONFLICT:
                raise
            return None
        self._renewed = now
        with saying_so():
            return _Seen(self._owner, put["_seq_no"], put["_primary_term"])
