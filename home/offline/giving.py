"""Packed bytes as an answer, in the compression that a browser takes."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from home.offline.modules import Packed
from home.widget.script import accepted

JSON = "application/json; charset=utf-8"
SCRIPT = "text/javascript; charset=utf-8"


def given(request: HttpRequest, body: Packed, caching: str, *, media_type: str) -> HttpResponse:
    """The bytes, with how long they may be kept."""
    encoding = accepted(request.headers.get("Accept-Encoding", ""))
    response = HttpResponse(body.bodies[encoding], content_type=media_type)
    if encoding:
        response["Content-Encoding"] = encoding
    response["Cache-Control"] = caching
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
