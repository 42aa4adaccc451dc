"""What holds for all three endpoints: no visitor, no writing, no value that a database refuses."""

import logging
from typing import Any, ClassVar

from django.http import Http404, HttpResponseRedirect
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from wagtail.api.v2.utils import BadRequestError

from conecta_site.wagtail_api.paging import Pagination
from search.engines.base import EngineError

#: Any site's script may read an answer; as a page of its own it may load nothing, and stand in no frame.
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "public, no-cache",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}
_ALLOWED = "GET, HEAD, OPTIONS"

logger = logging.getLogger(__name__)


class ReadOnly:
    """Before a view set of Wagtail's."""

    authentication_classes: ClassVar[list[Any]] = []
    permission_classes: ClassVar[list[Any]] = []
    renderer_classes: ClassVar[list[Any]] = [JSONRenderer]
    pagination_class = Pagination
    model: ClassVar[Any]

    def initial(self, request: Any, *args: Any, **values: Any) -> None:
        """Raises ``BadRequestError``."""
        super().initial(request, *args, **values)  # type: ignore[misc]
        if any("\0" in text for name, texts in request.GET.lists() for text in (name, *texts)):
            raise BadRequestError("null characters are not allowed")

    def options(self, request: Any, *args: Any, **values: Any) -> Response:
        """What another site's script may do here."""
        response = Response(status=204)
        response["Access-Control-Allow-Methods"] = _ALLOWED
        response["Access-Control-Allow-Headers"] = "Content-Type, If-None-Match"
        response["Access-Control-Max-Age"] = "86400"
        return response

    def find_view(self, request: Any) -> HttpResponseRedirect:
        """Lead to what ``id`` or ``html_path`` names. Raises ``Http404``."""
        found = self.find_object(self.get_queryset(), request)  # type: ignore[attr-defined]
        if found is None:
            raise Http404("not found")
        query = request.GET.copy()
        for name in self.find_query_parameters:  # type: ignore[attr-defined]
            query.pop(name, None)
        address = self.detail_url(found.pk)
        return HttpResponseRedirect(f"{address}?{query.urlencode()}" if query else address)

    def find_object(self, queryset: Any, request: Any) -> Any:
        """By its number. Raises ``BadRequestError`` for what is none."""
        if "id" not in request.GET:
            return None
        try:
            return queryset.filter(pk=int(request.GET["id"])).first()
        except ValueError as error:
            raise BadRequestError("id must be a positive integer") from error

    def detail_url(self, pk: int) -> str:
        """Where one of them is."""
        request = self.request  # type: ignore[attr-defined]
        path = request.wagtailapi_router.get_object_detail_urlpath(self.model, pk)
        return str(request.build_absolute_uri(path))

    def handle_exception(self, error: Exception) -> Response:
        """Every error as Wagtail's API says it: a message in JSON."""
        if isinstance(error, EngineError):
            sentence = _("A busca está indisponível; tente de novo em instantes.")
            return Response({"message": sentence}, status=503)
        return super().handle_exception(error)  # type: ignore[misc]

    def finalize_response(self, request: Any, response: Any, *args: Any, **values: Any) -> Any:
        """With the headers that every answer has."""
        finished = super().finalize_response(request, response, *args, **values)  # type: ignore[misc]
        for name, value in HEADERS.items():
            finished[name] = value
        if finished.status_code in {204, 405}:
            finished["Allow"] = _ALLOWED
        return finished
