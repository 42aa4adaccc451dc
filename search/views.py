"""The results page of the portal: plain links and forms, whole without script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from search.choosing import address, chosen_in, groups, tags
from search.engines.base import EngineError, Sort
from search.facets import FACETS, REMOTE, as_filters
from search.findable import findable
from search.hits import hits_of
from search.insight_views import heard, taken_previous
from search.judging_views import judging
from search.names import Names, names
from search.nearest import nearest
from search.respelt import as_written
from search.searching import Results, search
from search.text import language_of
from services import languages

SIZE = 20
#: Further on nobody reads, and engines must count all before.
MOST_PAGES = 50
#: Beside the results in a place: some of those for which one may stay at home.
_APART = 5
_NEAREST = 6
SORTS: dict[Sort, str | Promise] = {
    "relevance": gettext_lazy("mais úteis"),
    "title": gettext_lazy("de A a Z"),
    "updated": gettext_lazy("mais recentes"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, and when."""

    query: str
    locale: str
    chosen: Mapping[str, Sequence[str]]
    sort: Sort
    exact: bool
    page: int
    at: datetime

    def search(self, *, size: int, page: int = 1, **other: Any) -> Results:
        """What is found; or for the same with ``other`` values chosen, or exactly."""
        filters = as_filters({**self.chosen, **other.pop("chosen", {})}, on=self.at.date())
        how = {"sort": self.sort, "exact": self.exact, "today": timezone.localdate(self.at), **other}
        return search(self.query, locale=self.locale, filters=filters, size=size, page=page, **how)


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """``?q=``, with facets, ``sort``, ``exact`` and ``page``. What they should not hold is left out, never an error."""
    previous = taken_previous(request)
    asked = _asked(request)
    context: dict[str, Any] = {"query": asked.query, "exact": asked.exact}
    context["share_url"] = request.build_absolute_uri(f"{request.path}?{request.GET.urlencode()}")
    try:
        found = asked.search(size=SIZE, page=asked.page, facets=[facet.name for facet in FACETS])
        known = names(asked.locale, version=found.version)
        context |= _page(request, asked, found, known)
        context["findable"] = findable(request.GET, found)
        context |= _understood(request, asked, found)
        context |= _apart(request, asked, found, known)
    except EngineError:
        return render(request, "conecta_search/results.html", context | {"unavailable": True}, status=503)
    context |= heard(
        request,
        asked.query,
        locale=asked.locale,
        found=bool(found.total),
        first_page=found.page == 1,
        narrowed=bool(asked.chosen),
        previous=previous,
    )
    context |= judging(request, asked.query, locale=asked.locale)
    response = render(request, "conecta_search/results.html", context)
    if "judging" in context:
        response["Cache-Control"] = "private, no-store"
    return response


def _asked(request: HttpRequest) -> Asked:
    sort, page = request.GET.get("sort", ""), request.GET.get("page", "")
    return Asked(
        query=" ".join(request.GET.get("q", "").split()),
        locale=languages.current_locale(),
        chosen=chosen_in(request.GET),
        sort=next((each for each in SORTS if each == sort), "relevance"),
        exact=request.GET.get("exact") == "1",
        page=min(max(int(page), 1), MOST_PAGES) if page.isdecimal() and len(page) < 6 else 1,
        at=timezone.now(),
    )


def _page(request: HttpRequest, asked: Asked, found: Results, known: Names) -> dict[str, Any]:
    """The page of results, and all that changes it."""
    chosen = asked.chosen
    further = found.page < min(found.pages, MOST_PAGES)
    return {
        "results": found,
        "hits": hits_of(found.hits, found.plan, known.city, at=asked.at),
        "first": (found.page - 1) * SIZE + 1,
        "groups": groups(found.facets, chosen, total=found.total, titles=known.titles, on=asked.at.date()),
        "tags": tags(request, chosen, known.titles),
        "whole": address(request, {}),
        "sort": asked.sort,
        "sorts": [
            {"label": label, "address": address(request, chosen, sort=name), "chosen": name == asked.sort}
            for name, label in SORTS.items()
        ],
        "previous": address(request, chosen, page=found.page - 1) if found.page > 1 else "",
        "next": address(request, chosen, page=found.page + 1) if further else "",
        "first_page": address(request, chosen),
        "city": known.city,
        "topics": [] if found.total else _near(asked, known),
    }


def _near(asked: Asked, known: Names) -> list[Any]:
    return nearest(asked.query, known.topics, language=language_of(asked.locale), most=_NEAREST)


def _understood(request: HttpRequest, asked: Asked, found: Results) -> dict[str, Any]:
    """How a misspelt query was understood, and how much there is for it as it was typed."""
    if not found.corrected or not found.hits:
        return {}
    return {
        "corrected": as_written(found.corrected, found.hits),
        "typed": address(request, asked.chosen, exact=1),
        "typed_total": asked.search(size=1, exact=True).total,
    }


def _apart(request: HttpRequest, asked: Asked, found: Results, known: Names) -> dict[str, Any]:
    """Beside what is given in the places that were chosen: what is done by phone or internet."""
    places = asked.chosen.get("district", ())
    if not places or REMOTE in places or found.page > 1:
        return {}
    remote = {"district": [REMOTE]}
    more = asked.search(size=SIZE + _APART, chosen=remote)
    shown = {hit.id for hit in found.hits}
    others = [hit for hit in more.hits if hit.id not in shown][:_APART]
    return {
        "apart": hits_of(others, more.plan, known.city, at=asked.at),
        "apart_total": more.total,
        "apart_address": address(request, {**asked.chosen, **remote}),
    }
