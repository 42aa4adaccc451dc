"""The APIs' own door: they know no visitor, so they need no session, login, message or redirect of the portal's."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone, translation

from conecta_site.api_protocol import not_found, with_headers
from conecta_site.rate_limit import refused, take
from services.languages import locale_of, source_locale
from services.record.identity import is_id
from services.visits.counting import note_visit

API_PATH = "api/v1/"
#: Wagtail's, for front ends that speak it.
WAGTAIL_API_PATH = "api/v2/"


class APIDoorMiddleware:
    """Stands behind what every answer needs, before what only people with a browser need."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer what is below either. Raises ``DisallowedHost`` as Django's common middleware does."""
        if not request.path_info.startswith((f"/{API_PATH}", f"/{WAGTAIL_API_PATH}")):
            return self.get_response(request)
        request.get_host()
        # A thread keeps the language of the last page that it answered.
        translation.activate(settings.LANGUAGE_CODE)
        response = _limited(request)
        if isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response


def _limited(request: HttpRequest) -> HttpResponseBase:
    allowance = None if request.method == "OPTIONS" else take(request)
    if isinstance(allowance, HttpResponseBase):
        return with_headers(allowance)
    if allowance is None:
        return _answer(request)
    response = with_headers(refused(allowance)) if allowance.left < 0 else _answer(request)
    allowance.describe(response)
    return response


def _answer(request: HttpRequest) -> HttpResponseBase:
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return not_found(request)
    request.resolver_match = match
    response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    visit = _visited(request, match, response)
    if visit is not None:
        note_visit(request, **visit, day=timezone.localdate())
    # Django's own handler would render it, once all middleware had its say.
    return response.render() if isinstance(response, SimpleTemplateResponse) else response


def _visited(request: HttpRequest, match: ResolverMatch, response: HttpResponseBase) -> dict[str, str] | None:
    """Which record was given out, for its count of visits; ``None`` for lists and whatever is not there.

    A browser that asks for another site's page tells that page's origin: the widget, or what another site made itself.
    """
    name, entry_id = match.url_name or "", match.kwargs.get("entry_id", "")
    if not name.startswith("get_") or not is_id(entry_id) or response.status_code not in (200, 304):
        return None
    locale = locale_of(response.get("Content-Language", "")) or source_locale()
    channel = "widget" if "HTTP_ORIGIN" in request.META else "api"
    return {"kind": name.removeprefix("get_"), "entry_id": entry_id, "locale": locale, "channel": channel}
