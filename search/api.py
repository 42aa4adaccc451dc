"""Search over HTTP. The answer is written as JSON at once: its shape is held by tests, not by checking each answer."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.errors import HttpError
from pydantic_core import to_json

from search.asked import NAMED, with_ids
from search.display import Display
from search.engines.base import EngineError
from search.extract import extract
from search.facets import BY_NAME, as_filters, choices
from search.kinds import KIND_LABELS
from search.marking import Part, Words, words_of
from search.names import names
from search.respelt import as_written
from search.schemas import SearchQuery, SearchResults, Suggestions, SuggestQuery
from search.searching import Results, search, suggest
from search.suggesting import Suggestion
from services import languages
from services.api.following import next_page
from services.api.public import locale_asked
from services.freshness import told
from services.schemas import Problem

router = Router()


@router.get(
    "/search",
    response={200: SearchResults, 422: Problem, 503: Problem},
    operation_id="search",
    url_name="search",
    tags=["search"],
)
def search_records(request: HttpRequest, query: Query[SearchQuery]) -> HttpResponse:
    """What people look for, best first. ``Server-Timing`` says how many milliseconds the engine took."""
    at = timezone.now()
    locale = locale_asked(query.lang)
    try:
        found = search(
            query.q,
            locale=locale,
            filters=as_filters(with_ids(chosen(query)), on=at.date()),
            facets=query.facets,
            page=query.page,
            size=query.size,
            sort=query.sort,
            exact=query.exact,
            today=timezone.localdate(at),
        )
    except EngineError as error:
        raise HttpError(503, _("A busca está indisponível; tente de novo em instantes.")) from error
    words = words_of(found.plan) if query.extract else None
    body: dict[str, Any] = {
        "total": found.total,
        "next": next_page(request, page=found.page, size=found.size, total=found.total),
        "query": found.query,
        "corrected": as_written(found.corrected, found.hits),
        "degraded": found.degraded,
        "results": [_result(hit, words, at) for hit in found.hits],
        "facets": _facets(found, locale, at) if query.facets else {},
    }
    response = _json(body)
    response["Server-Timing"] = f"engine;dur={found.engine_ms:.2f}"
    response["Content-Language"] = languages.wire_tag(locale)
    return response


@router.get(
    "/suggest",
    response={200: Suggestions, 422: Problem, 503: Problem},
    operation_id="suggest",
    url_name="suggest",
    tags=["search"],
)
def suggest_entries(request: HttpRequest, query: Query[SuggestQuery]) -> HttpResponse:
    """Entries whose names go on from what is being typed, in the middle of a name too, accents or not."""
    locale = locale_asked(query.lang)
    try:
        found = suggest(query.q, locale=locale, limit=query.limit)
    except EngineError as error:
        raise HttpError(503, _("A busca está indisponível; tente de novo em instantes.")) from error
    with translation.override(locale):
        results = [_suggestion(each) for each in found]
    return _json({"query": query.q, "results": results})


def _suggestion(found: Suggestion) -> dict[str, str]:
    entry = found.entry
    return {
        "id": entry.id,
        "kind": entry.kind,
        "label": str(KIND_LABELS[entry.kind]),
        "title": entry.title,
        "url": entry.url,
        "name": found.name,
    }


def chosen(query: SearchQuery) -> dict[str, list[str]]:
    """The filters that were asked for."""
    asked: dict[str, list[str]] = {name: list(getattr(query, name)) for name in (*NAMED, "kind", "channel")}
    asked["free"] = [] if query.free is None else [str(query.free).lower()]
    asked["rating"] = [query.rating] if query.rating else []
    return {name: values for name, values in asked.items() if values}


def _result(hit: Display, words: Words | None, at: datetime) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": hit.id,
        "source_id": hit.source_id,
        "kind": hit.kind,
        "title": hit.title,
        "summary": hit.summary,
        "url": hit.url,
        "answer": list(hit.answer),
    }
    if words is not None:
        shown["extract"] = [_part(part) for part in extract(hit, words)]
    status = hit.status(at)
    if status is not None:
        shown["status"] = told(status)
    return shown


def _part(part: Part) -> dict[str, Any]:
    return {"text": part.text, "found": True} if part.found else {"text": part.text}


def _facets(found: Results, locale: str, at: datetime) -> dict[str, list[dict[str, Any]]]:
    titles = names(locale, version=found.version).titles
    with translation.override(locale):
        return {
            name: [
                {"value": choice.value, "label": choice.label, "count": choice.count}
                for choice in choices(BY_NAME[name], counts, titles=titles, on=at.date())
            ]
            for name, counts in found.facets.items()
        }


def _json(body: dict[str, Any]) -> HttpResponse:
    response = HttpResponse(to_json(body), content_type="application/json")
    response["Cache-Control"] = "no-cache"
    return response
