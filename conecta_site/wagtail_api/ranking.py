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
#: What narrows a list beyond kind and language, which the engine knows itself.
_NARROWING = frozenset(
    {"id", "title", "slug", "show_in_menus", "child_of", "descendant_of", "ancestor_of", "translation_of", "site"}
)


class Hits:
    """The ids that a search finds, best first, asked for a hundred at a time."""

    def __init__(self, query: str, *, locale: str, kinds: Sequence[Kind], today: date) -> None:
        self._query, self._kinds = query, kinds
        self._options: dict[str, Any] = {"locale": locale, "filters": {"kind": kinds}, "size": MAX_SIZE, "today": today}
        self._hundreds: dict[int, list[str]] = {}
        self.total = 0
        if kinds:
            self._hundred(0)

    def _hundred(self, number: int) -> list[str]:
        if number not in self._hundreds:
            found = search(self._query, page=number + 1, **self._options)
            self._hundreds[number], self.total = [hit.id for hit in found.hits], found.total
        return self._hundreds[number]

    def between(self, start: int, stop: int) -> list[str]:
        """The ids in these places."""
        stop = min(stop, self.total)
        if start >= stop:
            return []
        first, last = start // MAX_SIZE, (stop - 1) // MAX_SIZE
        ids = [entry_id for number in range(first, last + 1) for entry_id in self._hundred(number)]
        return ids[start - first * MAX_SIZE : stop - first * MAX_SIZE]


class Ranked:
    """All pages that a search finds: as much of a queryset as paging needs."""

    def __init__(self, pages: Any, hits: Hits) -> None:
        self._pages, self._hits = pages.order_by(), hits

    def count(self) -> int:
        """How many there are."""
        return self._hits.total

    def __getitem__(self, part: slice) -> list[Any]:
        ids = self._hits.between(part.start, part.stop)
        found = {page.entry_id: page for page in self._pages.filter(entry_id__in=ids)}
        return [found[entry_id] for entry_id in ids if entry_id in found]


class NarrowedRanked:
    """Those of the first results that other filters leave, in their order."""

    def __init__(self, pages: Any, hits: Hits) -> None:
        places = {entry_id: place for place, entry_id in enumerate(hits.between(0, MOST_RANKED))}
        rows = pages.filter(entry_id__in=places).order_by().values_list("pk", "entry_id")
        self._pages = pages.order_by()
        self._ordered = [pk for pk, _entry_id in sorted(rows, key=lambda row: places[row[1]])]

    def count(self) -> int:
        """How many there are."""
        return len(self._ordered)

    def __getitem__(self, part: slice) -> list[Any]:
        shown = self._ordered[part]
        found = {page.pk: page for page in self._pages.filter(pk__in=shown)}
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
        hits = Hits(request.GET["search"], locale=locale, kinds=view.kinds, today=timezone.localdate(view.at))
        pages = queryset.filter(locale__language_code=locale)
        if request.GET.get("order"):
            return pages.filter(entry_id__in=hits.between(0, MOST_RANKED))
        return NarrowedRanked(pages, hits) if _NARROWING.intersection(request.GET) else Ranked(pages, hits)
