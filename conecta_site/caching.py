"""Pages for people without a name, answered before all that only a person with a name needs.

An answer is kept under its scheme, host, path (and so its language) and query, together with what it is made
of (``services.page_sources``) and the moment until which it holds. Nothing is purged: an answer that is no longer what
would be made now is not given out. Kept is only what a view let out for everybody (``services.kept_pages.let_keep``),
that sets no cookie and depends on no header but those of compression and language; asked for is the store only for
readers without a session, so neither a draft nor what an editor sees can be in it.
"""

import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from conecta_site.api_door import API_PATH, WAGTAIL_API_PATH
from conecta_site.code_version import code_version
from conecta_site.kept_answers import KeptAnswer, Key, SharedStore, Store
from home.identity import city_identity
from services import page_sources
from services.kept_pages import Terms, terms_of
from services.timing import changes_at
from services.visits.counting import count_visit

#: How long a reader waits for the thread that makes the page, which always says when it has ended; and for a process
#: that does, which may have been killed.
WAIT_SECONDS, WAIT_FOR_ANOTHER_SECONDS = 10.0, 2.0
_POLL_SECONDS = 0.02
LONGEST_ADDRESS = 1_024
#: What networks add to links so as to follow people. Pages know nothing of them, so they are taken away.
_TRACKING = frozenset({"fbclid", "gclid", "gbraid", "wbraid", "msclkid", "igshid", "mc_cid", "mc_eid", "_ga", "_gl"})
_TRACKING_PREFIX = "utm_"
#: Parameters of pages that are kept. With any other an address is made for whoever asks.
KNOWN = frozenset({"embed", "letra", "ordem"})
#: Nothing below these is ever kept.
_NEVER = ("/admin/", f"/{API_PATH}", f"/{WAGTAIL_API_PATH}", "/healthz/")
_STATUSES = frozenset({200, 301, 302})
#: Made anew for each request, or by what stands before this.
_LEFT_OUT = frozenset({"cache-control", "content-encoding", "content-length", "date", "etag", "set-cookie", "vary"})
_VARY = frozenset({"accept-encoding", "accept-language"})

STORE = Store()
#: In a request's environment: that its answer is a kept one, for ``conecta_site.page_door``.
GIVEN = "conecta.given"


class Given(NamedTuple):
    """A kept answer that was given out as it is, and under what it is kept."""

    key: Key
    kept: KeptAnswer


def forget() -> None:
    """Forget what this process keeps."""
    STORE.clear()
    page_sources.forget()


class PageCacheMiddleware:
    """Stands behind compression and before everything that knows visitors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._shared = SharedStore()
        self._lock = threading.Lock()
        self._making: dict[Key, threading.Event] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """A kept answer, or one that is made now and kept if it may be."""
        key = key_of(request)
        at = timezone.now()
        if key is None:
            return _counted(request, self.get_response(request), at)
        kept = STORE.get(key)
        if kept is not None and kept.holds(at):
            request.META[GIVEN] = Given(key, kept)
            return _counted(request, kept.give(request, at), at)
        return _counted(request, self._make_once(request, key, kept, at), at)

    def _make_once(self, request: HttpRequest, key: Key, old: KeptAnswer | None, at: datetime) -> HttpResponseBase:
        """Make it, unless somebody is at it: then an old one, or what he makes."""
        with self._lock:
            others = self._making.get(key)
            if others is None:
                mine = self._making[key] = threading.Event()
        if others is not None:
            if old is not None and old.will_do(at):
                return old.give(request, at)
            others.wait(WAIT_SECONDS)
            made = STORE.get(key)
            return made.give(request, at) if made is not None and made.holds(at) else self.get_response(request)
        try:
            return self._make_for_all(request, key, old, at)
        finally:
            with self._lock:
                del self._making[key]
            mine.set()

    def _make_for_all(self, request: HttpRequest, key: Key, old: KeptAnswer | None, at: datetime) -> HttpResponseBase:
        """The same among processes, where they share a cache."""
        if self._shared.there:
            made = self._shared.get(key)
            if made is None or not made.holds(at):
                old = old or made
                if self._shared.is_mine_to_make(key):
                    return self._make(request, key, old, at)
                if old is not None and old.will_do(at):
                    return old.give(request, at)
                made = self._awaited(key, at)
            if made is not None:
                STORE.put(key, made)
                return made.give(request, at)
        return self._make(request, key, old, at)

    def _awaited(self, key: Key, at: datetime) -> KeptAnswer | None:
        until = time.monotonic() + WAIT_FOR_ANOTHER_SECONDS
        while time.monotonic() < until:
            time.sleep(_POLL_SECONDS)
            made = self._shared.get(key)
            if made is not None and made.holds(at):
                return made
        return None

    def _make(self, request: HttpRequest, key: Key, old: KeptAnswer | None, at: datetime) -> HttpResponseBase:
        try:
            # Before it is made: what changes meanwhile makes it outdated, never the other way round.
            made_of = page_sources.everything()
        except page_sources.Unreadable:
            if old is not None and old.will_do(at):
                return old.give(request, at)
            return self.get_response(request)
        asked = request.META.get("HTTP_IF_NONE_MATCH")
        if old is not None and asked:
            # It is known to be a page that is kept: have it whole.
            del request.META["HTTP_IF_NONE_MATCH"]
        if request.META.get("QUERY_STRING"):
            request.META["QUERY_STRING"] = key[3]
        response = self.get_response(request)
        if asked:
            request.META["HTTP_IF_NONE_MATCH"] = asked
        kept = _kept(request, response, key, made_of, at)
        if kept is None:
            self._shared.give_up(key)
            return response
        given = kept.give(request, timezone.now())
        kept.rest(given.get("Content-Encoding", ""))
        STORE.put(key, kept)
        self._shared.put(key, kept, at)
        return given


def _counted(request: HttpRequest, response: HttpResponseBase, at: datetime) -> HttpResponseBase:
    terms = terms_of(response)
    if terms is None or terms.counted is None or request.method != "GET" or _has_session(request):
        return response
    count_visit(request.META, terms.counted, day=timezone.localdate(at))
    return response


def _has_session(request: HttpRequest) -> bool:
    return "HTTP_COOKIE" in request.META and settings.SESSION_COOKIE_NAME in request.COOKIES


def key_of(request: HttpRequest) -> Key | None:
    """Under what an answer is kept; ``None`` for a request that must have its own."""
    meta = request.META
    if request.method not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in meta or getattr(request, "is_dummy", False):
        return None
    if _has_session(request) or request.path_info.startswith(_NEVER):
        return None
    # Files tell by themselves how long they are kept.
    if "." in request.path_info.rpartition("/")[2]:
        return None
    query = meta.get("QUERY_STRING", "")
    if len(request.path) + len(query) > LONGEST_ADDRESS:
        return None
    query = canonical(query) if query else ""
    if query and not KNOWN.issuperset(name for name, _value in parse_qsl(query, keep_blank_values=True)):
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    return str(request.scheme), host, request.path, query, code_version()


def canonical(query: str) -> str:
    """A query without what follows people, else as it came: an answer that repeats it must not repeat another's."""
    pairs = parse_qsl(query, keep_blank_values=True)
    known = [(name, value) for name, value in pairs if not _follows_people(name)]
    return query if len(known) == len(pairs) else urlencode(known)


def _follows_people(name: str) -> bool:
    return name in _TRACKING or name.startswith(_TRACKING_PREFIX)


def _within_the_city(terms: Terms, at: datetime) -> Terms:
    """An election period changes the head and foot of every page (Lei 9.504/1997 art. 73, VI, b)."""
    city = city_identity().city
    change = changes_at([city], at) if city else None
    if change is None:
        return terms
    boundary = min(change, terms.boundary) if terms.boundary else change
    return replace(terms, until=min(terms.until, boundary), boundary=boundary)


def _kept(
    request: HttpRequest, response: HttpResponseBase, key: Key, sources: dict[str, str], at: datetime
) -> KeptAnswer | None:
    """An answer as it is kept, or ``None`` if it may not be."""
    terms = terms_of(response)
    if terms is None or not isinstance(response, HttpResponse) or response.status_code not in _STATUSES:
        return None
    if request.method != "GET" or response.cookies or response.has_header("Content-Encoding") or key[3] != terms.query:
        return None
    vary = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    if not vary <= _VARY or "public" not in response.get("Cache-Control", ""):
        return None
    headers = {name: value for name, value in response.items() if name.lower() not in _LEFT_OUT}
    etag = response.get("ETag", "")
    if not etag:
        etag = f'"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
    terms = _within_the_city(terms, at)
    made_of = {name: sources.get(name, "") for name in terms.made_of}
    made_of.setdefault(page_sources.LOG, sources[page_sources.LOG])
    return KeptAnswer(response.status_code, headers, etag, terms, made_of, {"": response.content}, at)
