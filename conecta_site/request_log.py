"""One line for each request: its id, what was asked for, what came of it and how long it took. Nothing of who asked.

Neither address nor name nor what was searched for: the query is left out, and so is every part of a path that may be
a secret (a private link, a link to set a password).
"""

import logging
import re
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from conecta_site import slow_queries  # noqa: F401 - watches connections, from before the first is opened

logger = logging.getLogger("conecta.request")

HEADER = "X-Request-Id"
#: Of the request that this thread is answering.
request_id: ContextVar[str] = ContextVar("conecta_request_id", default="")

_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
#: A document or a telephone, with or without its points and dashes; a day has a digit less.
_NUMBER = re.compile(r"(?:\d[.-]?){9}")
_LETTERS = re.compile(r"[^\W\d_]+")
HIDDEN = "…"
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})


def id_of(environ: Mapping[str, Any]) -> str:
    """The id that a server in front gave, if it is one, else a new one."""
    given: str = environ.get("HTTP_X_REQUEST_ID", "")
    return given if _ID.fullmatch(given) else uuid.uuid4().hex


@lru_cache(maxsize=2_048)
def readable_path(path: str) -> str:
    """A path without what may be a secret or a person's number."""
    return "/".join(part if _is_readable(part) else HIDDEN for part in path.split("/"))


def _is_readable(part: str) -> bool:
    """Whether it is made of what people read: small letters, words, short numbers."""
    if _NUMBER.search(part) or part != part.lower() or set(part) & set(":=@+%"):
        return False
    return all(len(word) <= 15 or _LETTERS.fullmatch(word) for word in re.split(r"[-_.]", part))


class RequestLogMiddleware:
    """Stands before everything."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Note the request when it is answered."""
        with identified(request.META) as given:
            began = time.perf_counter()
            response = self.get_response(request)
            note(request.method or "", request.path, response.status_code, began)
        response[HEADER] = given
        return response


@contextmanager
def identified(environ: Mapping[str, Any]) -> Iterator[str]:
    """The id of the request that this thread answers meanwhile."""
    given = id_of(environ)
    token = request_id.set(given)
    try:
        yield given
    finally:
        request_id.reset(token)


def note(method: str, path: str, status: int, began: float) -> None:
    """A line for a request that was answered; ``began`` by ``time.perf_counter``."""
    if logger.isEnabledFor(logging.INFO):
        logger.info(
            "request",
            extra={
                "method": method if method in _METHODS else "other",
                "path": readable_path(path),
                "status": status,
                "ms": round((time.perf_counter() - began) * 1000, 2),
            },
        )
