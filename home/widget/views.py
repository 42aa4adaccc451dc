"""The widget's script, for any site; and the page that shows how it is used."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from home.widget.script import Script, accepted, newest, versions
from services.languages import source_locale
from services.neighbours import Listed, listed, readable

#: An hour from a cache without asking; while this site is down the old one serves on, and says so itself.
_NEWEST = "public, max-age=3600, stale-while-revalidate=86400, stale-if-error=604800"
_PINNED = "public, max-age=31536000, immutable"


@require_safe
def script(request: HttpRequest, version: int | None = None) -> HttpResponseBase:
    """The newest version, or one that never changes. No query."""
    found = newest() if version is None else versions().get(version)
    if found is None:
        raise Http404(version)
    return _answer(request, found, _NEWEST if version is None else _PINNED)


def _answer(request: HttpRequest, found: Script, caching: str) -> HttpResponseBase:
    encoding = accepted(request.headers.get("Accept-Encoding", ""))
    whole = HttpResponse(found.bodies[encoding], content_type="text/javascript; charset=utf-8")
    if encoding:
        whole["Content-Encoding"] = encoding
    whole["ETag"] = f'"{found.integrity[-16:]}-{encoding}"'
    response = get_conditional_response(request, etag=whole["ETag"], response=whole) or whole
    response["Cache-Control"] = caching
    # With SRI a browser reads it across origins; a page that isolates itself asks for the second.
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@require_safe
@cache_control(public=True, max_age=300)
def for_sites(request: HttpRequest) -> HttpResponse:
    """How to have the charter on another site, with each form of the widget at work: two queries."""
    example: dict[str, Any] = {"service": _first("service"), "body": _first("secretariat")}
    portal = request.build_absolute_uri("/")
    context = {"portal": portal, "pinned": newest(), "share_url": request.build_absolute_uri(), **example}
    return render(request, "conecta_home/for_sites.html", context)


def _first(kind: str) -> Listed | None:
    rows = readable(get_language() or source_locale()).filter(kind=kind).exclude(url="").order_by("title", "entry_id")
    row = rows.first()
    return listed(row) if row else None
