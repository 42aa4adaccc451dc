"""The observatory's pages and files: the same for everybody, made of kept tables alone."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from home.observatory.files import LICENCE, csv_of, dictionary, json_of
from home.observatory.keeping import OBSERVATORY, last_made
from home.observatory.keeping import kept as kept_tables
from home.observatory.register import BY_NAME, SECTIONS, TABLES
from home.observatory.shape import Section
from home.observatory.showing import in_short, shown_section
from services.kept_pages import answer, new_page

#: Files are made anew a few times a day.
_FILE_CACHING = "public, max-age=300, stale-while-revalidate=3600"


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Every section in short: a handful of queries, one less if the page is kept."""
    at, made_at = timezone.now(), last_made()

    def render() -> str:
        found = kept_tables(table for section in SECTIONS for table in section.tables)
        sections = [in_short(section, found.rows) for section in SECTIONS]
        context = {"sections": sections, "made_at": made_at, "licence": LICENCE}
        return render_to_string("conecta_home/observatory/index.html", context, request)

    return _answer(request, render, at, made_at)


@require_safe
def section(request: HttpRequest, name: str) -> HttpResponseBase:
    """A section with all its tables; ``?embed=1``: without head and foot, for other sites to show in a frame."""
    found = BY_NAME.get(name)
    if found is None:
        raise Http404(name)
    return _embedded(found)(request) if request.GET.get("embed") == "1" else _section(request, found)


def _section(request: HttpRequest, asked: Section) -> HttpResponseBase:
    at, made_at = timezone.now(), last_made()

    def render() -> str:
        context = {
            "shown": shown_section(asked, kept_tables(asked.tables).rows),
            "made_at": made_at,
            "licence": LICENCE,
            "sections": SECTIONS,
            "embed_address": f"{request.build_absolute_uri(request.path)}?embed=1",
        }
        return render_to_string("conecta_home/observatory/section.html", context, request)

    return _answer(request, render, at, made_at)


def _embedded(asked: Section) -> Callable[[HttpRequest], HttpResponseBase]:
    """The one view that any site may have in a frame: it holds nothing but figures, and no form."""

    @xframe_options_exempt
    @csp_replace({"frame-ancestors": ["*"]})
    def view(request: HttpRequest) -> HttpResponseBase:
        at, made_at = timezone.now(), last_made()

        def render() -> str:
            shown = shown_section(asked, kept_tables(asked.tables).rows)
            context = {"shown": shown, "made_at": made_at, "whole": request.build_absolute_uri(request.path)}
            return render_to_string("conecta_home/observatory/embed.html", context, request)

        return _answer(request, render, at, made_at)

    return view


@require_safe
def data(request: HttpRequest) -> HttpResponseBase:
    """The dictionary of data in words: every file and what each of its columns means."""
    at, made_at = timezone.now(), last_made()

    def render() -> str:
        context = {"sections": SECTIONS, "licence": LICENCE, "made_at": made_at}
        return render_to_string("conecta_home/observatory/data.html", context, request)

    return _answer(request, render, at, made_at)


@require_safe
def table_file(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """A table as CSV or JSON: one query."""
    table = TABLES.get(name)
    if table is None:
        raise Http404(name)
    found = kept_tables([table])
    rows = found.rows[table.name]
    if form == "json":
        return _file(request, json_of(table, rows, made_at=found.made_at), "application/json")
    response = _file(request, csv_of(table, rows), "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{table.name}.csv"'
    return response


@require_safe
def dictionary_file(request: HttpRequest) -> HttpResponseBase:
    """The dictionary of data, for programs: one query."""
    told = dictionary(base=request.build_absolute_uri("/").rstrip("/"), made_at=last_made())
    return _file(request, json.dumps(told, ensure_ascii=False, indent=1), "application/json")


def _answer(
    request: HttpRequest, render: Callable[[], str], at: datetime, made_at: datetime | None
) -> HttpResponseBase:
    embedded = {"embed": "1"} if request.GET.get("embed") == "1" else {}
    page = new_page(render(), at=at, changed=made_at)
    return answer(request, page, at, made_of=[OBSERVATORY], query=embedded)


def _file(request: HttpRequest, text: str, content_type: str) -> HttpResponseBase:
    whole = HttpResponse(text, content_type=content_type)
    whole["ETag"] = f'"{hashlib.blake2b(text.encode(), digest_size=16).hexdigest()}"'
    response = get_conditional_response(request, etag=whole["ETag"], response=whole) or whole
    response["ETag"] = whole["ETag"]
    response["Cache-Control"] = _FILE_CACHING
    # Figures of everybody, for any site's script.
    response["Access-Control-Allow-Origin"] = "*"
    return response
