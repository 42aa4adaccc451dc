"""Rendered pages, kept for as long as nothing that they show can have changed.

A page is made of the log, of time, and of the site's own face. So its key holds the place in
the log, and what is kept says until when it holds; the site's face may lag by ``MAX_AGE``,
as it does at every reader who kept the page himself.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

#: How long a page may be kept without asking again, here and at the reader's.
MAX_AGE = timedelta(seconds=60)


@dataclass(frozen=True)
class Page:
    """A page's HTML, when what it shows was last published, and the moment before which it holds."""

    html: str
    changed: datetime | None
    until: datetime

    @property
    def etag(self) -> str:
        """Of its bytes: other words, another footer or another stylesheet make another page."""
        return f'"{hashlib.blake2b(self.html.encode(), digest_size=16).hexdigest()}"'


def key_of(request: HttpRequest, place: str) -> str:
    """The key of an address at a place in the log: scheme, host and path, the language among them."""
    address = f"{place} {request.build_absolute_uri(request.path)}"
    return f"conecta-page-{hashlib.blake2b(address.encode(), digest_size=16).hexdigest()}"


def new_page(html: str, *, at: datetime, changed: datetime | None = None, boundary: datetime | None = None) -> Page:
    """A page made at a moment, that holds until the boundary and no longer than ``MAX_AGE``."""
    latest = at + MAX_AGE
    return Page(html, changed, min(latest, boundary) if boundary else latest)


def kept(key: str, at: datetime) -> Page | None:
    """The page of a key, if it still holds."""
    page: Page | None = cache.get(key)
    return page if page and at < page.until else None


def keep(key: str, page: Page, at: datetime) -> None:
    """Keep a page until it holds no more."""
    cache.set(key, page, timeout=max(1, int((page.until - at).total_seconds())))


def answer(request: HttpRequest, page: Page, at: datetime) -> HttpResponseBase:
    """The page, or 304 if its reader has it. The same for everybody.

    ``Last-Modified`` is told and never asked about: time changes a page that nobody modified.
    """
    response = get_conditional_response(request, etag=page.etag, response=HttpResponse(page.html))
    assert response is not None  # noqa: S101 - the stub allows None for a call without a response
    response["ETag"] = page.etag
    if page.changed:
        response["Last-Modified"] = http_date(page.changed.timestamp())
    response["Cache-Control"] = f"public, max-age={int((page.until - at).total_seconds())}"
    return response
