"""What a form brought, read as far as it can be: what is too much, or written in another way, refuses nothing.

Django answers such a request with an error. A manifestation is received all the same (Lei 13.460 art. 11): what could
be read of it is kept, and it is marked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParser, MultiPartParserError

#: Of a body that is more than Django reads; the longest text that a form takes is a small part of it.
_MOST_BYTES = 2_500_000
_MOST_FIELDS = 100
_MULTIPART = "multipart/form-data"


@dataclass(frozen=True)
class Sent:
    """The fields, the files, and whether that is all that was sent."""

    fields: QueryDict
    files: "Sequence[UploadedFile[Any]]" = ()
    whole: bool = True


def sent(request: HttpRequest, files: str) -> Sent:
    """What a form brought; ``files`` is the name of its field for files."""
    # A middleware of the site that has read it already has left nothing to read.
    if request.content_type == _MULTIPART and not hasattr(request, "_files"):
        return _of_parts(request, files)
    try:
        return Sent(request.POST, request.FILES.getlist(files))
    except (SuspiciousOperation, BadRequest):
        return Sent(_beginning(request), whole=False)


def _of_parts(request: HttpRequest, files: str) -> Sent:
    """Of more files than the server counts none is kept: all are closed by then. The words came before them."""
    parser = None
    try:
        parser = MultiPartParser(request.META, request, request.upload_handlers, "utf-8")
        fields, held = parser.parse()
    except (SuspiciousOperation, MultiPartParserError):
        read: QueryDict | None = getattr(parser, "_post", None)
        return Sent(QueryDict(mutable=True) if read is None else read, whole=False)
    return Sent(fields, held.getlist(files))


def _beginning(request: HttpRequest) -> QueryDict:
    """The fields in the first bytes of a body."""
    found = QueryDict(mutable=True)
    for pair in request.read(_MOST_BYTES).split(b"&", _MOST_FIELDS)[:_MOST_FIELDS]:
        name, _equals, value = pair.partition(b"=")
        found.appendlist(_words(name), _words(value))
    return found


def _words(part: bytes) -> str:
    """Letters as the web has them, or as older programs do, whatever the request says of itself."""
    plain = unquote_to_bytes(part.replace(b"+", b" "))
    try:
        return plain.decode()
    except UnicodeDecodeError:
        return plain.decode("latin-1")
