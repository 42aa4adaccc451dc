"""The addresses of ``/api/v2``."""

import re
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import re_path
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page
from wagtail.api.v2.router import WagtailAPIRouter

from conecta_site.wagtail_api.endpoint import HEADERS
from conecta_site.wagtail_api.file_views import Documents, Images
from conecta_site.wagtail_api.page_views import Pages


class _Router(WagtailAPIRouter):
    """Each answer has an ETag: who has it already is told so in 304."""

    def wrap_view(self, func: Any) -> Any:
        view = conditional_page(super().wrap_view(func))

        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **values: Any) -> Any:
            response = view(request, *args, **values)
            if isinstance(response, SimpleTemplateResponse):
                response.add_post_render_callback(_readable_anywhere)
            return response

        return answer


def _readable_anywhere(response: HttpResponseBase) -> None:
    """A 304 keeps only what Django thinks a cache needs."""
    response["Access-Control-Allow-Origin"] = "*"


_WITHOUT_SLASH = re.compile(r"(pages|images|documents)(/\d+|/find)?")
_router = _Router("wagtailapi")
for _endpoint in (Pages, Images, Documents):
    _router.register_endpoint(_endpoint.name, _endpoint)


def _elsewhere(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Wagtail's addresses end in a slash; what lacks only that leads there."""
    response: HttpResponse
    if request.method in {"GET", "HEAD"} and _WITHOUT_SLASH.fullmatch(rest):
        query = request.META.get("QUERY_STRING", "")
        response = HttpResponsePermanentRedirect(f"{request.path}/" + (f"?{query}" if query else ""))
    else:
        response = JsonResponse({"message": _("A API não tem este endereço.")}, status=404)
    for name, value in HEADERS.items():
        response[name] = value
    return response


_patterns, _app_name, _namespace = _router.urls
urls: Any = ([*_patterns, re_path(r"^(?P<rest>.*)$", _elsewhere)], _app_name, _namespace)
