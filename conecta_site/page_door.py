"""Before Django: a page that this process keeps, to whoever asks without a cookie or a key, as Django would give it.

Decided is nothing here. Which requests may have a kept page, and under what, ``conecta_site.caching`` says the first
time that a request of these very words comes; and what the middleware before it adds is taken from its first answer.
Given out is a page only while all that it is made of is known, without a question to the database, to be as it was.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from conecta_site.caching import GIVEN, STORE, Given
from conecta_site.compression import encoding_for
from conecta_site.kept_answers import KeptAnswer, Key
from conecta_site.request_log import HEADER, identified, note
from services.visits.counting import count_visit

Headers = list[tuple[str, str]]
Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Any]
#: What of a request can make its page another one.
Words = tuple[str, ...]
#: Requests whose words are remembered; each takes some hundred bytes.
MOST = 4_096
#: With any of these a request is Django's.
_DJANGOS = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_IF_NONE_MATCH")


@dataclass(frozen=True, slots=True)
class _Way:
    """The key of a page, and what was put around it by the middleware that stands before the store."""

    key: Key
    encoding: str
    around: tuple[tuple[str, str], ...]


class PageDoor:
    """Stands before the whole application. Safe for threads."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._ways: OrderedDict[Words, _Way] = OrderedDict()

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """A kept page, or what the application says."""
        words = words_of(environ)
        answer: Iterable[bytes]
        if words is None:
            answer = self.application(environ, start_response)
            return answer
        way = self._ways.get(words)
        if way is not None:
            kept = STORE.get(way.key)
            at = timezone.now()
            if kept is not None and kept.status == 200 and kept.surely_holds(at):
                return self._give(kept, way, at, environ, start_response)
        answer = self.application(environ, self._learning(words, environ, start_response))
        return answer

    def _give(
        self, kept: KeptAnswer, way: _Way, at: datetime, environ: Environ, start_response: Start
    ) -> Iterable[bytes]:
        with identified(environ) as request_id:
            began = time.perf_counter()
            headers, body = kept.whole(at, way.encoding)
            visit = kept.terms.counted
            if visit is not None:
                count_visit(environ, visit, day=timezone.localdate(at))
            around = [pair for pair in way.around if pair[0] not in headers]
            start_response("200 OK", [*headers.items(), *around, (HEADER, request_id)])
            note("GET", way.key[2], kept.status, began)
        return [body]

    def _learning(self, words: Words, environ: Environ, start_response: Start) -> Start:
        def started(status: str, headers: Headers, *rest: Any) -> Any:
            given: Given | None = environ.pop(GIVEN, None)
            if given is not None and status.startswith("200") and "Set-Cookie" not in dict(headers):
                self._ways[words] = _Way(given.key, words[-1], _around(headers, given.kept))
                if len(self._ways) > MOST:
                    self._ways.popitem(last=False)
            return start_response(status, headers, *rest)

        return started


def words_of(environ: Environ) -> Words | None:
    """``None`` for a request that is Django's to answer. The last is the compression that its sender takes."""
    if environ["REQUEST_METHOD"] != "GET" or any(name in environ for name in _DJANGOS):
        return None
    host, scheme = environ.get("HTTP_HOST"), environ.get("HTTP_X_FORWARDED_PROTO", "")
    # What nobody checks is not remembered at any length.
    if not host or len(scheme) > len("https"):
        return None
    return (
        environ["wsgi.url_scheme"],
        scheme,
        host,
        environ.get("SCRIPT_NAME", ""),
        environ["PATH_INFO"],
        environ.get("QUERY_STRING", ""),
        encoding_for(environ.get("HTTP_ACCEPT_ENCODING", "")),
    )


def _around(headers: Headers, kept: KeptAnswer) -> tuple[tuple[str, str], ...]:
    own = {name.lower() for name in kept.headers} | kept.MADE_ANEW | {HEADER.lower()}
    return tuple((name, value) for name, value in headers if name.lower() not in own)
