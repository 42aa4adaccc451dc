"""The APIs' own door: they know no visitor, so they need no session, login, message or redirect of the portal's."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import Resolver404, resolve
from django.utils import translation

from conecta_site.api_protocol import not_found, with_headers
from conecta_site.rate_limit import refused, take

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
    # Django's own handler would render it, once all middleware had its say.
    return response.render() if isinstance(response, SimpleTemplateResponse) else response
