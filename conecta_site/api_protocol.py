"""What HTTP asks of every API address alike: HEAD, OPTIONS, reading from other sites, no error without a problem."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext as _

from conecta_site.problems import MEDIA_TYPE, problem

View = Callable[..., HttpResponseBase]

#: Any site's script may read an answer; as a page of its own it may load nothing, and stand in no frame.
_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Content-Language, Content-Disposition, Conecta-Cursor, RateLimit, RateLimit-Policy, Retry-After"
    ),
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}


def follow_protocol(patterns: Iterable[URLPattern | URLResolver]) -> list[URLPattern]:
    """The same addresses, whose views answer HEAD and OPTIONS, other sites' scripts, and errors with a problem."""
    return [
        URLPattern(pattern.pattern, _following(pattern.callback), pattern.default_args, pattern.name)
        for pattern in patterns
        if isinstance(pattern, URLPattern)
    ]


def not_found(request: HttpRequest, **_values: Any) -> HttpResponseBase:
    """For an address under the API that it does not have."""
    return with_headers(problem(404, _("A API não tem este endereço; openapi.json lista os que tem.")))


def _following(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **values: Any) -> HttpResponseBase:
        asked = request.method
        if asked == "HEAD":
            # The server drops the body; a HEAD differs in nothing else.
            request.method = "GET"
        try:
            response = view(request, *args, **values)
        except Http404:
            response = not_found(request)
        finally:
            request.method = asked
        if response.status_code == 405:
            response = _other_method(asked or "", response)
        elif response.status_code >= 400 and response["Content-Type"] != MEDIA_TYPE:
            response = problem(response.status_code)
        return with_headers(response)

    # ninja's views guard cookie-authenticated operations themselves.
    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


def with_headers(response: HttpResponseBase) -> HttpResponseBase:
    """The response with what every answer of the API promises."""
    for name, value in _HEADERS.items():
        response[name] = value
    return response


def _other_method(asked: str, refused: HttpResponseBase) -> HttpResponseBase:
    methods = [method for method in refused.headers.get("Allow", "GET").split(", ") if method]
    allowed = ", ".join([*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"])
    if asked == "OPTIONS":
        response = HttpResponse(status=204)
        # Other sites' scripts read; what they would write, they would write with their visitors' addresses.
        read = [method for method in allowed.split(", ") if method != "POST"]
        response["Access-Control-Allow-Methods"] = ", ".join(read)
        response["Access-Control-Allow-Headers"] = "Authorization, Content-Type, If-None-Match"
        response["Access-Control-Max-Age"] = "86400"
    else:
        response = problem(405, _("Este endereço aceita: %s.") % allowed)
    response["Allow"] = allowed
    return response
