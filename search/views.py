"""The results page of the portal: plain links and a form, whole without script."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from search.document import KINDS
from search.engines.base import EngineError
from search.searching import Results, search
from services import languages

SIZE = 20
#: Further on nobody reads, and engines must count all before.
MOST_PAGES = 50
KIND_NAMES: dict[str, str | Promise] = {
    "service": gettext_lazy("Serviços"),
    "procedure": gettext_lazy("Passo a passo"),
    "information": gettext_lazy("Informações"),
    "secretariat": gettext_lazy("Órgãos"),
    "unit": gettext_lazy("Unidades de atendimento"),
    "form": gettext_lazy("Formulários"),
    "topic": gettext_lazy("Temas"),
    "life_event": gettext_lazy("Momentos da vida"),
}
#: The same, of one result.
KIND_LABELS: dict[str, str | Promise] = {
    "service": pgettext_lazy("kind", "Serviço"),
    "procedure": pgettext_lazy("kind", "Passo a passo"),
    "information": pgettext_lazy("kind", "Informação"),
    "secretariat": pgettext_lazy("kind", "Órgão"),
    "unit": pgettext_lazy("kind", "Unidade de atendimento"),
    "form": pgettext_lazy("kind", "Formulário"),
    "topic": pgettext_lazy("kind", "Tema"),
    "life_event": pgettext_lazy("kind", "Momento da vida"),
}


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
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    query = " ".join(request.GET.get("q", "").split())
    context: dict[str, Any] = {"query": query, "kind": kind}
    try:
        found = search(
            query,
            locale=languages.locale_of(get_language() or "") or languages.source_locale(),
            filters={"kind": [kind]} if kind else {},
            facets=("kind",),
            page=_page(request.GET.get("page", "")),
            size=SIZE,
        )
    except EngineError:
        return render(request, "conecta_search/results.html", context | {"unavailable": True}, status=503)
    context |= {
        "results": found,
        "hits": [(hit, KIND_LABELS[hit.kind]) for hit in found.hits],
        "first": (found.page - 1) * SIZE + 1,
        "choices": _choices(request, found, kind),
        "previous": _address(request, page=found.page - 1) if found.page > 1 else "",
        "next": _address(request, page=found.page + 1) if found.page < min(found.pages, MOST_PAGES) else "",
    }
    return render(request, "conecta_search/results.html", context)


def _page(text: str) -> int:
    return min(max(int(text), 1), MOST_PAGES) if text.isdecimal() and len(text) < 6 else 1


def _choices(request: HttpRequest, found: Results, kind: str) -> list[Choice]:
    # Words that say nothing ("de", "um") are asked of no index, and counted nowhere.
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
