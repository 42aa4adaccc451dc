"""``search=`` asks the portal's own search, and keeps its ranking."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.api.v2.utils import BadRequestError

from search.searching import MAX_SIZE, search
from services.languages import locale_of, source_locale
from services.record import Kind

#: Of how many results the other filters choose: nobody pages so far, and each hundred is a search.
MOST_RANKED = 1_000


class Ranked:
    """Pages in the order of a search: as much of a queryset as paging needs."""

    def __init__(self, pages: Any, ids: Sequence[str]) -> None:
        places = {entry_id: place for place, entry_id in enumerate(ids)}
        rows = pages.filter(entry_id__in=ids).order_by().values_list("pk", "entry_id")
        self._pages = pages
        self._ordered = [pk for pk, _entry_id in sorted(rows, key=lambda row: places[row[1]])]

    def count(self) -> int:
        """How many there are."""
        return len(self._ordered)

    def __getitem__(self, part: slice) -> list[Any]:
        shown = self._ordered[part]
        found = {page.pk: page for page in self._pages.order_by().filter(pk__in=shown)}
        return [found[pk] for pk in shown if pk in found]


class RankingFilter:
    """The last filter: what was asked before it narrows the results. Without ``locale`` the source language is read."""

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        """Raises ``BadRequestError`` for an operator that our search has not, ``EngineError`` if it can not answer."""
        operator = request.GET.get("search_operator", "or")
        if operator != "or":
            sentence = _("search_operator: esta busca só tem “or”; quem tem mais das palavras vem primeiro.")
            raise BadRequestError(sentence)
        if "search" not in request.GET:
            return queryset
        locale = locale_of(request.GET.get("locale", "")) or source_locale()
        ids = _found(request.GET["search"], locale=locale, kinds=view.kinds, today=timezone.localdate(view.at))
        pages = queryset.filter(locale__language_code=locale)
        if request.GET.get("order"):
            return pages.filter(entry_id__in=ids)
        return Ranked(pages, ids)


def _found(query: str, *, locale: str, kinds: Sequence[Kind], today: date) -> list[str]:
    ids: list[str] = []
    if not kinds:
        return ids
    for page in range(1, MOST_RANKED // MAX_SIZE + 1):
        found = search(query, locale=locale, filters={"kind": kinds}, page=page, size=MAX_SIZE, today=today)
        ids += [hit.id for hit in found.hits]
        if page >= found.pages:
            break
    return list(dict.fromkeys(ids))
