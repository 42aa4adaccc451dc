"""Answers travel compressed, where their words may be measured by whoever listens.

BREACH: who sees how long a compressed answer is, and may write part of it, finds out a secret beside that part. So:

- what is the same for everybody (pages, search results, the API) holds no secret: Brotli, or gzip;
- what is made for one visitor, which Django marks with ``Vary: Cookie`` or a cookie, holds at most the token of a
  form, masked anew in each answer: Django's own gzip, whose length it makes uncertain by up to a hundred bytes;
- what must not be stored outside the admin (a manifestation and its answers, a draft by a signed link) may hold
  secrets that stay: as it is.
"""

import gzip
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import cast

import brotli
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.urls import reverse
from django.utils.cache import has_vary_header, patch_vary_headers
from django.utils.text import compress_sequence

from home.widget.script import accepted

#: Shorter ones fit into the packet that carries their headers.
LEAST = 500
#: Measured with pages of 18 to 25 kB: from 6 on Brotli takes up to nine times as long for 1% less.
BROTLI_QUALITY = 5
#: For what goes out many times: 7% less. A page of 40 kB took 35 ms on a busy machine; with the best of all (11), 85.
FINE_QUALITY = 10
#: Of Brotli's windows, as powers of two.
_SMALLEST_WINDOW, _LARGEST_WINDOW = 16, 22
GZIP_LEVEL = 6
_TYPES = frozenset(
    {"application/json", "application/javascript", "application/xml", "application/x-ndjson", "image/svg+xml"}
)
_ENDINGS = ("+json", "+xml")


@lru_cache(maxsize=256)
def encoding_for(accept_encoding: str) -> str:
    """The best compression that an ``Accept-Encoding`` allows; ``""`` for none."""
    return accepted(accept_encoding)


def compressed(content: bytes, encoding: str, quality: int = BROTLI_QUALITY) -> bytes:
    """The content by the name of a compression; the quality is Brotli's."""
    if encoding == "br":
        # A window as long as the content: its usual 4 MiB would be taken and given back for each page.
        window = min(max(len(content).bit_length(), _SMALLEST_WINDOW), _LARGEST_WINDOW)
        found: bytes = brotli.compress(content, quality=quality, mode=brotli.MODE_TEXT, lgwin=window)
        return found
    return gzip.compress(content, GZIP_LEVEL, mtime=0)


def weak(etag: str) -> str:
    """The validator of the same words in other bytes (RFC 9110, 8.8.3)."""
    return etag if etag.startswith("W/") else f"W/{etag}"


class CompressionMiddleware:
    """Stands before whatever makes answers, behind what only adds headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._masking = GZipMiddleware(lambda _request: HttpResponse())

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Compress what is text, long enough and not compressed yet."""
        response = self.get_response(request)
        if response.has_header("Content-Encoding") or not _is_text(response) or response.status_code == 206:
            return response
        if _is_for_one(response):
            if _may_hold_secrets(request, response):
                return response
            masked: HttpResponseBase = self._masking.process_response(request, response)
            return masked
        if not isinstance(response, HttpResponse):
            return _streamed(request, response)
        if len(response.content) < LEAST:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        encoding = encoding_for(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        if encoding:
            response.content = compressed(response.content, encoding)
            _tell(response, encoding)
            response["Content-Length"] = str(len(response.content))
        return response


def _streamed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """What is made while it is sent, such as an export: gzip alone can end a part without ending the whole."""
    if not isinstance(response, StreamingHttpResponse) or response.is_async:
        return response
    patch_vary_headers(response, ("Accept-Encoding",))
    if encoding_for(request.META.get("HTTP_ACCEPT_ENCODING", "")):
        response.streaming_content = compress_sequence(cast("Iterator[bytes]", response.streaming_content))
        _tell(response, "gzip")
        del response["Content-Length"]
    return response


def _tell(response: HttpResponseBase, encoding: str) -> None:
    response["Content-Encoding"] = encoding
    if response.has_header("ETag"):
        response["ETag"] = weak(response["ETag"])


def _is_text(response: HttpResponseBase) -> bool:
    media_type = response.get("Content-Type", "").partition(";")[0].strip().lower()
    return media_type.startswith("text/") or media_type in _TYPES or media_type.endswith(_ENDINGS)


def _is_for_one(response: HttpResponseBase) -> bool:
    caching = response.get("Cache-Control", "")
    return (
        bool(response.cookies) or has_vary_header(response, "Cookie") or "no-store" in caching or "private" in caching
    )


def _may_hold_secrets(request: HttpRequest, response: HttpResponseBase) -> bool:
    if request.path_info.startswith(reverse("wagtailadmin_home")):
        return False
    return "no-store" in response.get("Cache-Control", "")
