"""``/api/v1/exports``: which formats there are, and the whole charter in each of them as a stream.

A file's ``Conecta-Cursor`` is the log's place before its first record was read: who keeps a copy goes on from
there with ``/changes?after=``, and misses nothing that was published while the file was made.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from services import changes, languages
from services.api.public import locale_asked
from services.exporting import PublishedCharter, last_changed
from services.interchange import FORMATS, Format
from services.record import Kind, etag_of
from services.schemas import InLanguage, Problem

router = Router()

WRITTEN = {name: format_ for name, format_ in FORMATS.items() if format_.write is not None}


class ExportFormat(Schema):
    """A format in which the charter can be had."""

    name: str
    media_type: str
    suffix: str = Field(description="What the file's name ends in")
    of_one: list[Kind] = Field(description="Kinds of which one record alone can be had in it")
    href: str = Field(description="Where the whole charter is in it")


class ExportFormats(Schema):
    """All formats."""

    total: int
    next: Literal[None] = None
    results: list[ExportFormat]


@router.get(
    "/exports",
    response=ExportFormats,
    operation_id="list_exports",
    url_name="list_exports",
    tags=["exports"],
    summary="List the formats of the whole charter",
)
def list_exports(request: HttpRequest) -> dict[str, Any]:
    """In the order of their names."""
    found = [_described(request, WRITTEN[name]) for name in sorted(WRITTEN)]
    return {"total": len(found), "next": None, "results": found}


def _described(request: HttpRequest, format_: Format) -> dict[str, Any]:
    return {
        "name": format_.name,
        "media_type": format_.media_type,
        "suffix": format_.suffix,
        "of_one": sorted(format_.of_one),
        "href": request.build_absolute_uri(f"{request.path.rstrip('/')}/{format_.name}"),
    }


# Described, not enforced: another name is a 404 that tells the near ones.
FormatName = Annotated[str, Field(json_schema_extra={"enum": sorted(WRITTEN)})]

_FILES: dict[str, Any] = {
    "responses": {
        200: {
            "description": "The file",
            "headers": {
                "Conecta-Cursor": {
                    "description": "Where to go on with /changes?after=",
                    "schema": {"type": "string"},
                }
            },
            "content": {format_.media_type.partition(";")[0]: {"schema": {}} for format_ in WRITTEN.values()},
        }
    }
}


@router.get(
    "/exports/{format_name}",
    response={304: None, 404: Problem, 422: Problem},
    operation_id="get_export",
    url_name="get_export",
    tags=["exports"],
    summary="The whole charter in a format",
    openapi_extra=_FILES,
)
def get_export(request: HttpRequest, format_name: FormatName, query: Query[InLanguage]) -> HttpResponseBase:
    """As a stream, of all that is public."""
    format_ = WRITTEN.get(format_name)
    if format_ is None or format_.write is None:
        raise Http404(_no_format(format_name))
    locale = locale_asked(query.lang)
    cursor = changes.cursor(*changes.head())
    changed = last_changed()
    charter = PublishedCharter(locale, timezone.now())
    # A HEAD is told what a GET would be, and nothing is made for it.
    is_asked = request.META["REQUEST_METHOD"] != "HEAD"
    pieces: Iterator[bytes] = format_.write(charter) if is_asked else iter(())
    response = StreamingHttpResponse(pieces, content_type=format_.media_type)
    # Weak: a file also says when it was made.
    response["ETag"] = f'W/"{etag_of(f"{cursor} {format_name} {locale}")}"'
    if changed is not None:
        response["Last-Modified"] = http_date(changed.timestamp())
    response["Cache-Control"] = "public, no-cache"
    response["Content-Language"] = languages.wire_tag(locale)
    response["Content-Disposition"] = f'attachment; filename="carta-de-servicos-{format_name}{format_.suffix}"'
    response["Conecta-Cursor"] = cursor
    modified = int(changed.timestamp()) if changed else None
    told: Any = response
    held: HttpResponseBase | None = get_conditional_response(
        request, etag=response["ETag"], last_modified=modified, response=told
    )
    return held or response


def _no_format(name: str) -> str:
    near = get_close_matches(name, WRITTEN, n=3, cutoff=0.4) or sorted(WRITTEN)
    return _("Não há o formato %(name)s. Há: %(near)s.") % {"name": name[:60], "near": ", ".join(near)}
