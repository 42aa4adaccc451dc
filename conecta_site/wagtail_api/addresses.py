"""The addresses of ``/api/v2``."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import re_path
from django.utils.translation import gettext as _
from wagtail.api.v2.router import WagtailAPIRouter

from conecta_site.wagtail_api.file_views import Documents, Images
from conecta_site.wagtail_api.page_views import Pages

_WITHOUT_SLASH = re.compile(r"(pages|images|documents)(/\d+|/find)?")
_router = WagtailAPIRouter("wagtailapi")
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
    response["Access-Control-Allow-Origin"] = "*"
    return response


_patterns, _app_name, _namespace = _router.urls
urls: Any = ([*_patterns, re_path(r"^(?P<rest>.*)$", _elsewhere)], _app_name, _namespace)
