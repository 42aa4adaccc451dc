"""How a file of records is given out: to any site, out of caches, again only where the log has moved on."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from services import changes

#: Seconds for which a cache may answer by itself.
MAX_AGE = 300
_METHODS = ["GET", "HEAD", "OPTIONS"]

View = Callable[[HttpRequest], HttpResponse]


def for_any_site(*, also: Callable[[HttpRequest], str] = lambda _request: "") -> Callable[[View], View]:
    """Answer GET, HEAD and OPTIONS. The ETag is the log's head, the address, and what ``also`` says: one query."""

    def wrap(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest) -> HttpResponse:
            response = _answer(request, view, also)
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = "ETag"
            return response

        return answer

    return wrap


def _answer(request: HttpRequest, view: View, also: Callable[[HttpRequest], str]) -> HttpResponse:
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        response["Allow"] = response["Access-Control-Allow-Methods"] = ", ".join(_METHODS)
        response["Access-Control-Allow-Headers"] = "If-None-Match"
        response["Access-Control-Max-Age"] = "86400"
        return response
    if request.method not in _METHODS:
        return HttpResponseNotAllowed(_METHODS)
    etag = quote_etag(f"{changes.cursor(*changes.head())}:{also(request)}:{request.get_full_path()}")
    unchanged: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    response = unchanged if isinstance(unchanged, HttpResponse) else view(request)
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response
