"""Public answers: the same for everybody, with how long they hold and what they are made of.

Whoever keeps pages (a browser, a network of caches, ``conecta_site.caching``) keeps only what a view let out by
``answer`` or ``let_keep``. Nothing else is ever kept, so a draft, a preview or a form cannot be.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from services.page_sources import LOG

Answer = TypeVar("Answer", bound=HttpResponseBase)

#: How long a page may be kept without asking again, here and at the reader's.
MAX_AGE = timedelta(seconds=60)
#: How long a network of caches keeps it, and how long it may give out an old one while it asks: a minute together.
SHARED = timedelta(seconds=30)
#: The city's name, colours and contacts, on every page.
FACE = "face"


@dataclass(frozen=True)
class Counted:
    """Whose visit an answer is, by what way: ``services.visits`` counts it."""

    kind: str
    entry_id: str
    locale: str
    channel: str = "page"


@dataclass(frozen=True)
class Terms:
    """On which an answer may be kept."""

    #: Before this moment it need not be asked for again while its sources are the same.
    until: datetime
    #: From this moment on it is wrong (a suspension begins, an election period), if that is known.
    boundary: datetime | None = None
    #: Names of ``services.page_sources``.
    made_of: tuple[str, ...] = (LOG, FACE)
    #: Ids of the entries that it shows; ``None``: any change of the log may make it another.
    about: frozenset[str] | None = None
    #: The query that it answers, written so and not otherwise; with another one it is not kept.
    query: str = ""
    counted: Counted | None = None
    #: Only by this site's own machines: each time that it is asked for is to be seen.
    here_only: bool = False


@dataclass(frozen=True)
class Page:
    """A page's HTML, when what it shows was last published, and the moment before which it holds."""

    html: str
    changed: datetime | None
    until: datetime
    boundary: datetime | None = None

    @property
    def etag(self) -> str:
        """Of its bytes: other words, another footer or another stylesheet make another page."""
        return f'"{hashlib.blake2b(self.html.encode(), digest_size=16).hexdigest()}"'


def new_page(html: str, *, at: datetime, changed: datetime | None = None, boundary: datetime | None = None) -> Page:
    """A page made at a moment, that holds until the boundary and no longer than ``MAX_AGE``."""
    latest = at + MAX_AGE
    return Page(html, changed, min(latest, boundary) if boundary else latest, boundary)


def answer(
    request: HttpRequest,
    page: Page,
    at: datetime,
    *,
    about: Iterable[str] | None = None,
    made_of: Iterable[str] = (),
    query: Mapping[str, str] | None = None,
    counted: Counted | None = None,
) -> HttpResponseBase:
    """The page, or 304 if its reader has it. The same for everybody; ``Terms`` tells what the names mean.

    ``Last-Modified`` is told and never asked about: time changes a page that nobody modified.
    """
    response = get_conditional_response(request, etag=page.etag, response=HttpResponse(page.html))
    assert response is not None  # noqa: S101 - the stub allows None for a call without a response
    response["ETag"] = page.etag
    if page.changed:
        response["Last-Modified"] = http_date(page.changed.timestamp())
    terms = Terms(
        page.until,
        page.boundary,
        made_of=(LOG, FACE, *made_of),
        about=None if about is None else frozenset(about),
        query=urlencode(query or {}),
        counted=counted,
    )
    return let_keep(response, terms, at)


def let_keep(response: Answer, terms: Terms, at: datetime) -> Answer:
    """Let everybody keep an answer, on these terms."""
    response["Cache-Control"] = caching(terms, at)
    response.conecta_terms = terms  # type: ignore[attr-defined]
    return response


def terms_of(response: HttpResponseBase) -> Terms | None:
    """On which terms an answer may be kept; ``None``: it may not."""
    found: Terms | None = getattr(response, "conecta_terms", None)
    return found


def caching(terms: Terms, at: datetime) -> str:
    """``Cache-Control`` at a moment: no cache gives an answer out beyond its boundary, not even while it asks anew."""
    if terms.here_only:
        return "public, max-age=0, must-revalidate"
    left = max(0, int((terms.until - at).total_seconds()))
    shared = min(left, int(SHARED.total_seconds()))
    spare = SHARED if terms.boundary is None else min(SHARED, terms.boundary - at - timedelta(seconds=shared))
    stale = max(0, int(spare.total_seconds()))
    while_asking = f", stale-while-revalidate={stale}" if stale else ""
    return f"public, max-age={left}, s-maxage={shared}{while_asking}"
