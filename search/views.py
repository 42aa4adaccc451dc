"""The results page of the portal: plain links and a form, whole without script."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from search.document import KINDS
from search.engines.base import EngineError
from search.insight_views import heard, taken_previous
from search.judging_views import judging
from search.kinds import KIND_LABELS, KIND_NAMES
from search.searching import Results, search
from services import languages

SIZE = 20
#: Further on nobody reads, and engines must count all before.
MOST_PAGES = 50


@dataclass(frozen=True)
class Choice:
    """A link that narrows the results."""

    label: str | Promise
    address: str
    count: int
    chosen: bool


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """``?q=``, with ``kind`` and ``page``. What they should not hold is left out, never an error."""
    previous = taken_previous(request)
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    query = " ".join(request.GET.get("q", "").split())
    locale = languages.current_locale()
    context: dict[str, Any] = {"query": query, "kind": kind}
    try:
        found = search(
            query,
            locale=locale,
            filters={"kind": [kind]} if kind else {},
            facets=("kind",),
            page=_page(request.GET.get("page", "")),
            size=SIZE,
            today=timezone.localdate(),
        )
    except EngineError:
        return render(request, "conecta_search/results.html", context | {"unavailable": True}, status=503)
    context |= heard(
        request,
        query,
        locale=locale,
        found=bool(found.total),
        first_page=found.page == 1,
        narrowed=bool(kind),
        previous=previous,
    )
    context |= judging(request, query, locale=locale)
    context |= {
        "results": found,
        "hits": [(hit, KIND_LABELS[hit.kind]) for hit in found.hits],
        "first": (found.page - 1) * SIZE + 1,
        "choices": _choices(request, found, kind),
        "previous": _address(request, page=found.page - 1) if found.page > 1 else "",
        "next": _address(request, page=found.page + 1) if found.page < min(found.pages, MOST_PAGES) else "",
    }
    response = render(request, "conecta_search/results.html", context)
    if "judging" in context:
        response["Cache-Control"] = "private, no-store"
    return response


def _page(text: str) -> int:
    return min(max(int(text), 1), MOST_PAGES) if text.isdecimal() and len(text) < 6 else 1


def _choices(request: HttpRequest, found: Results, kind: str) -> list[Choice]:
    counts = found.facets.get("kind", {})
    everything = Choice(gettext_lazy("Tudo"), _address(request, kind=None, page=None), sum(counts.values()), not kind)
    kinds = [
        Choice(KIND_NAMES[each], _address(request, kind=each, page=None), counts.get(each, 0), each == kind)
        for each in KINDS
        if counts.get(each) or each == kind
    ]
    return [everything, *kinds] if len(kinds) > 1 or kind else []


def _address(request: HttpRequest, **changed: str | int | None) -> str:
    parameters = request.GET.copy()
    for name, value in changed.items():
        if value is None:
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"{request.path}?{parameters.urlencode()}"
