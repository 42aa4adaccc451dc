"""One record in a format that others speak: asked for by ``?format=``, or by ``Accept``."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from pydantic import Field

from services.api.answers import Answer, send
from services.exporting import formats_of, written_alone
from services.record import Kind, etag_of, from_json
from services.schemas import Absent, RecordQuery

#: The record itself, which every other format is made of.
ITSELF = "application/json"


def formats_field(kind: Kind) -> dict[str, Any]:
    """The parameter ``format``, for a model of a record's parameters."""
    names = ("json", *formats_of(kind))
    said = "Another format than the record itself; without it, ``Accept`` decides"
    return {"format": (Literal[names] | Absent, Field(default=None, description=said))}


def described(kind: Kind) -> dict[str, Any]:
    """What a description of the API adds of them."""
    types = {each.partition(";")[0] for each in formats_of(kind).values()} - {ITSELF}
    return {"responses": {200: {"content": {each: {"schema": {}} for each in sorted(types)}}}}


def form_asked(request: HttpRequest, kind: Kind, query: RecordQuery) -> str | None:
    """The name of the format that is asked for, ``None`` for the record itself. Raises ``HttpError``."""
    is_partial = not {"fields", "include"}.isdisjoint(request.GET)
    named: str | None = getattr(query, "format", None)
    if named is None:
        return None if is_partial else _accepted(request, kind)
    if named == "json":
        return None
    if is_partial:
        raise HttpError(422, _("format=%s traz o registro inteiro: tire fields e include.") % named)
    return named


def _accepted(request: HttpRequest, kind: Kind) -> str | None:
    # Of two formats of one type the first is meant.
    types = {media_type.partition(";")[0]: name for name, media_type in reversed(formats_of(kind).items())}
    preferred = request.get_preferred_type([ITSELF, *(each for each in types if each != ITSELF)])
    return None if preferred is None or str(preferred) == ITSELF else types[str(preferred)]


def send_as(request: HttpRequest, name: str, body: str, *, locale: str, spoken: str, at: datetime) -> HttpResponseBase:
    """A stored record in a format: written anew, with what it points to as far as the format tells it."""
    record = from_json(body)
    written = written_alone(name, record, locale, at)
    answer = Answer(written, etag_of(written.decode("latin-1")), spoken, formats_of(record.kind)[name])
    return varying(send(request, answer, at))


def varying(response: HttpResponseBase) -> HttpResponseBase:
    """A cache keeps one answer for each ``Accept``."""
    patch_vary_headers(response, ("Accept",))
    return response
