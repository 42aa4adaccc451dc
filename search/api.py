"""Search over HTTP. The answer is written as JSON at once: its shape is held by tests, not by checking each answer."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.errors import HttpError

from search.engines.base import EngineError
from search.schemas import SearchQuery, SearchResults
from search.searching import Results, search
from services import languages
from services.models.published import PublishedRecord
from services.record.identity import is_id
from services.schemas import Problem

router = Router()

_NAMED = ("topic", "secretariat", "district")


@router.get(
    "/search",
    response={200: SearchResults, 422: Problem, 503: Problem},
    operation_id="search",
    url_name="search",
    tags=["search"],
)
def search_records(request: HttpRequest, query: Query[SearchQuery]) -> HttpResponse:
    """What people look for, best first. ``Server-Timing`` says how many milliseconds the engine took."""
    try:
        found = search(query.q, locale=_locale(query.lang), filters=filters_of(query), page=query.page, size=query.size)
    except EngineError as error:
        raise HttpError(503, _("A busca está indisponível; tente de novo em instantes.")) from error
    return _answer(request, found)


def filters_of(query: SearchQuery) -> dict[str, list[str]]:
    """The filters that were asked for, with ids for slugs."""
    filters: dict[str, list[str]] = {"kind": [query.kind]} if query.kind else {}
    for name in _NAMED:
        value = getattr(query, name)
        if value is not None:
            filters[name] = ids_of(name, value)
    return filters


def ids_of(kind: str, name: str) -> list[str]:
    """The ids that an id or a slug may stand for: one query, none for what can only be an id.

    Ten letters may be both ("transporte"); with a digit among them they are an id.
    """
    if is_id(name) and not name.isalpha():
        return [name]
    named = PublishedRecord.objects.public().filter(kind=kind, slug=name).values_list("entry_id", flat=True)
    return sorted({name, *named})


def _locale(tag: str | None) -> str:
    locale = languages.locale_of(tag) if tag else languages.source_locale()
    if locale is None:
        raise HttpError(422, _("lang: este site publica em %s.") % ", ".join(languages.spoken()))
    return locale


def _answer(request: HttpRequest, found: Results) -> HttpResponse:
    body: dict[str, Any] = {
        "total": found.total,
        "next": _next_address(request, found.page + 1) if found.page < found.pages else None,
        "query": found.query,
        "corrected": found.corrected,
        "results": [hit.as_data() for hit in found.hits],
    }
    response = HttpResponse(json.dumps(body, ensure_ascii=False), content_type="application/json")
    response["Server-Timing"] = f"engine;dur={found.engine_ms:.2f}"
    response["Cache-Control"] = "no-cache"
    return response


def _next_address(request: HttpRequest, page: int) -> str:
    parameters = request.GET.copy()
    parameters["page"] = str(page)
    return request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}")
