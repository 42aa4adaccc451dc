"""How an answer is sent: who may keep it and for how long, and when it need not be sent again."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from services import changes, languages

#: A shared cache hands an answer out for so long without asking: what is published is seen at most so much later.
FRESH = timedelta(seconds=60)
#: While the site is down, a cache may go on with what it has, as long as nothing in it has begun or ended.
STALE_IF_DOWN = timedelta(days=1)
#: How long this process remembers what an address last said of itself.
_REMEMBERED = timedelta(hours=1)


@dataclass(frozen=True)
class Answer:
    """A body, and what a cache needs to know of it."""

    body: str | bytes
    etag: str
    locale: str = ""
    media_type: str = "application/json"
    #: When what it tells changed last; ``None`` where time itself changes it, and where that is not known.
    changed: datetime | None = None
    #: The next moment at which it says something else without a publication.
    until: datetime | None = None
    #: It was made for one person's place or draft.
    private: bool = False


def send(request: HttpRequest, answer: Answer, at: datetime) -> HttpResponseBase:
    """The response, or 304 to whoever has it already."""
    response = HttpResponse(answer.body, content_type=answer.media_type)
    _describe(response, answer, at)
    changed = int(answer.changed.timestamp()) if answer.changed else None
    return (
        get_conditional_response(request, etag=response["ETag"], last_modified=changed, response=response) or response
    )


def _describe(response: HttpResponseBase, answer: Answer, at: datetime) -> None:
    response["ETag"] = quote_etag(answer.etag)
    response["Cache-Control"] = "private, no-store" if answer.private else _cache_control(answer.until, at)
    if answer.changed is not None:
        response["Last-Modified"] = http_date(answer.changed.timestamp())
    if answer.locale:
        response["Content-Language"] = languages.wire_tag(answer.locale)


def _cache_control(until: datetime | None, at: datetime) -> str:
    fresh, stale = (kept if until is None else min(kept, until - at) for kept in (FRESH, STALE_IF_DOWN))
    # A reader's own cache asks each time: an editor who published sees it at once.
    return f"public, max-age=0, s-maxage={int(fresh.total_seconds())}, stale-if-error={int(stale.total_seconds())}"


def known(request: HttpRequest, at: datetime) -> HttpResponseBase | None:
    """304 without making the answer anew, if nothing was published since this address last gave it: one query."""
    if not {"If-None-Match", "If-Modified-Since"}.intersection(request.headers):
        return None
    remembered = cache.get(_name(request))
    if remembered is None:
        return None
    place, answer = remembered
    if place != changes.recent_head() or (answer.until is not None and answer.until <= at):
        return None
    response = send(request, answer, at)
    return response if response.status_code == 304 else None


def remember(request: HttpRequest, answer: Answer, place: tuple[str, int]) -> None:
    """Note what an address says of itself while the log is at this place: without its body."""
    bodiless = Answer(b"", answer.etag, answer.locale, answer.media_type, answer.changed, answer.until)
    cache.set(_name(request), (place, bodiless), _REMEMBERED.total_seconds())


def _name(request: HttpRequest) -> str:
    address = request.build_absolute_uri().encode("utf-8", "surrogatepass")
    return f"conecta-answer-{hashlib.blake2b(address, digest_size=16).hexdigest()}"
