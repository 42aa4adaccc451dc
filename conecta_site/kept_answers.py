"""Answers as they are kept: in this process up to so many bytes, and in the cache of all processes, if there is one."""

import hashlib
import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

import brotli
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils.http import parse_etags

from conecta_site.compression import FINE_QUALITY, LEAST, compressed, encoding_for, weak
from services import page_sources
from services.kept_pages import Terms, caching

logger = logging.getLogger(__name__)

#: Of an old answer, while another is made or the database is away.
STALE = timedelta(seconds=60)
#: Bytes in each process: all pages of a city of two thousand services, compressed (16 MiB), and half as much again.
CAPACITY = 24 * 2**20
#: What one answer takes besides its words.
_OVERHEAD = 3_000
#: An answer that is given so many times will be given many more: its words are compressed once more, as finely as pays.
OFTEN = 3
#: Bytes of plain text: it takes about a millisecond a kilobyte.
FINE_AT_MOST = 2**17
#: How long one process makes an answer before another may begin, too.
MAKER_SECONDS = 10

#: Of caches in files and in the database; ``redis_cache`` swallows a Redis's own.
_TROUBLE = (OSError, DatabaseError)

_LEADING = {301: HttpResponsePermanentRedirect, 302: HttpResponseRedirect}

#: Scheme, host, path, query, and the code that makes it.
Key = tuple[str, ...]


@dataclass
class KeptAnswer:
    """An answer, what it is made of, and its words as they were asked for: plain, or by the name of a compression."""

    status: int
    headers: dict[str, str]
    etag: str
    terms: Terms
    made_of: dict[str, str]
    bodies: dict[str, bytes]
    #: Names of headers that are of each time that it is given out.
    MADE_ANEW: ClassVar[frozenset[str]] = frozenset(
        {"etag", "cache-control", "vary", "content-length", "content-encoding"}
    )
    #: A clock that was set back must not make it hold for longer.
    made: datetime
    long: bool = field(init=False)
    #: How often it was given with Brotli.
    given: int = 0
    #: Since when it is known that it would be another now.
    outdated: datetime | None = None

    def __post_init__(self) -> None:
        self.long = len(self.bodies[""]) >= LEAST

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return _OVERHEAD + sum(map(len, self.bodies.values()))

    def holds(self, at: datetime) -> bool:
        """Whether it is what would be made now; while the database is away, what was so a minute ago is."""
        try:
            if not self.made <= at < self.terms.until:
                return False
            if not page_sources.same(self.made_of, self.terms.about):
                self.outdated = self.outdated or at
                return False
            self.made_of[page_sources.LOG] = page_sources.now(page_sources.LOG)
        except page_sources.Unreadable:
            return self.will_do(at)
        return True

    def surely_holds(self, at: datetime) -> bool:
        """Whether that is known without asking the database."""
        return self.made <= at < self.terms.until and page_sources.surely_same(self.made_of)

    def will_do(self, at: datetime) -> bool:
        """Whether it may be given out for want of a newer one."""
        if self.terms.boundary is not None and at >= self.terms.boundary:
            return False
        return self.made <= at < (self.outdated or self.terms.until) + STALE

    def body(self, encoding: str) -> bytes:
        """Its words in a compression, made when first asked for."""
        found = self.bodies.get(encoding)
        if found is None:
            plain = self.bodies.get("")
            if plain is None:
                plain = brotli.decompress(self.bodies["br"])
            found = self.bodies[encoding] = compressed(plain, encoding) if encoding else plain
        return found

    def rest(self, encoding: str) -> None:
        """Keep no words but those that were asked for: plain ones take six times as much."""
        if encoding == "br" and self.long:
            self.body("br")
            self.bodies.pop("", None)

    def whole(self, at: datetime, encoding: str) -> tuple[dict[str, str], bytes]:
        """Headers and words at a moment, in a compression if they are long enough for one."""
        encoding = encoding if self.long else ""
        body = self.body(encoding)
        if encoding == "br":
            self.given += 1
            if self.given == OFTEN:
                plain = brotli.decompress(body)
                if len(plain) <= FINE_AT_MOST:
                    body = self.bodies["br"] = compressed(plain, "br", FINE_QUALITY)
        headers = {
            **self.headers,
            "ETag": weak(self.etag) if encoding else self.etag,
            "Cache-Control": caching(self.terms, at),
            "Vary": "Accept-Encoding",
            "Content-Length": str(len(body)),
        }
        if encoding:
            headers["Content-Encoding"] = encoding
        return headers, body

    def give(self, request: HttpRequest, at: datetime) -> HttpResponse:
        """The answer to a request; 304 to who has it."""
        headers, body = self.whole(at, encoding_for(request.META.get("HTTP_ACCEPT_ENCODING", "")))
        asked = request.META.get("HTTP_IF_NONE_MATCH", "")
        if asked and self.status == 200 and _has(asked, self.etag):
            for name in ("Content-Type", "Content-Length", "Content-Encoding"):
                headers.pop(name, None)
            return _on(self.terms, HttpResponseNotModified(headers=headers))
        given = b"" if request.method == "HEAD" else body
        leads = _LEADING.get(self.status)
        if leads is not None:
            return _on(self.terms, leads(headers["Location"], content=given, headers=headers))
        return _on(self.terms, HttpResponse(given, status=self.status, headers=headers))


def _on(terms: Terms, response: HttpResponse) -> HttpResponse:
    response.conecta_terms = terms  # type: ignore[attr-defined]
    return response


def _has(asked: str, etag: str) -> bool:
    return asked.strip() == "*" or any(each.removeprefix("W/") == etag for each in parse_etags(asked))


class Store:
    """What is kept, the least lately used of it forgotten first. Safe for threads."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.capacity = capacity
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, tuple[int, KeptAnswer]] = OrderedDict()
        self.size = 0

    def get(self, key: Key) -> KeptAnswer | None:
        """What is kept under a key, whether it still holds or not."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            size, kept = found
            # A compression that was made since.
            if size != kept.size:
                self.size += kept.size - size
                self._kept[key] = (kept.size, kept)
            return kept

    def put(self, key: Key, kept: KeptAnswer) -> None:
        """Keep."""
        with self._lock:
            self.size += kept.size - self._kept.get(key, (0, kept))[0]
            self._kept[key] = (kept.size, kept)
            self._kept.move_to_end(key)
            while self.size > self.capacity and self._kept:
                _key, (size, _oldest) = self._kept.popitem(last=False)
                self.size -= size

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()
            self.size = 0


class SharedStore:
    """The cache that all processes share, if the site has one; its trouble is no reader's."""

    @property
    def there(self) -> bool:
        """Whether the site's cache is one of all processes."""
        return not settings.CACHES["default"]["BACKEND"].endswith(("LocMemCache", "DummyCache"))

    def get(self, key: Key) -> KeptAnswer | None:
        """What another process made."""
        try:
            found: KeptAnswer | None = cache.get(_name(key)) if self.there else None
        except _TROUBLE:
            logger.warning("the cache of all processes does not answer", exc_info=True)
            return None
        return found

    def put(self, key: Key, kept: KeptAnswer, at: datetime) -> None:
        """Give it to the others."""
        if not self.there:
            return
        seconds = (kept.terms.until - at + STALE).total_seconds()
        try:
            cache.set(_name(key), kept, timeout=int(seconds))
            cache.delete(f"{_name(key)}-maker")
        except _TROUBLE:
            logger.warning("the cache of all processes does not answer", exc_info=True)

    def is_mine_to_make(self, key: Key) -> bool:
        """Whether no other process makes it at this moment."""
        if not self.there:
            return True
        try:
            return bool(cache.add(f"{_name(key)}-maker", 1, timeout=MAKER_SECONDS))
        except _TROUBLE:
            return True

    def give_up(self, key: Key) -> None:
        """It was not made after all."""
        if self.there:
            try:
                cache.delete(f"{_name(key)}-maker")
            except _TROUBLE:
                logger.warning("the cache of all processes does not answer", exc_info=True)


def _name(key: Key) -> str:
    return f"conecta-page-{hashlib.blake2b(chr(0).join(key).encode(), digest_size=16).hexdigest()}"
