"""The page for an address that leads nowhere: it looks for what the words of the address may have meant."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from search.display import Display
from search.engines.base import EngineError
from search.searching import search
from services.languages import current_locale, source_locale, spoken

_SUGGESTIONS = 5
_MOST_WORDS = 8
_WORD = re.compile(r"[^\W\d_]{2,}")
_PAGE = re.compile(r"\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
#: What other sites put into every address.
_NO_WORDS = frozenset(
    {"index", "home", "pagina", "page", "site", "www", "noticia", "noticias", "category", "wp", "view"}
)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with up to five entries that the address may have meant."""
    query, found = ("", ()) if request.method != "GET" else meant(request.path)
    context = {"suggestions": found, "search_query": query}
    return render(request, "404.html", context, status=404)


def meant(path: str) -> tuple[str, Sequence[Display]]:
    """The words of an address, and what they find: those of its end, or else of the whole."""
    parts = [words for part in _PAGE.sub("", unquote(path)).split("/") if (words := _words(part))]
    if not parts or ("." in path.rsplit("/", 1)[-1] and not _PAGE.search(path)):
        # A picture or a script that is not there is nobody's question.
        return "", ()
    query = " ".join(parts[-1])
    for words in (parts[-1], [word for part in parts for word in part]):
        found = _found(" ".join(words[:_MOST_WORDS]))
        if found:
            return query, found
    return query, ()


def _words(part: str) -> list[str]:
    tags = {tag.lower() for tag in spoken()}
    words: list[Any] = _WORD.findall(part)
    return [] if part.lower() in tags else [word for word in words if word.lower() not in _NO_WORDS][:_MOST_WORDS]


def _found(query: str) -> Sequence[Display]:
    """In the reader's language, or else in the city's: an old address may be in either."""
    try:
        for locale in dict.fromkeys((current_locale(), source_locale())):
            hits = search(query, locale=locale, size=_SUGGESTIONS).hits
            if hits:
                return hits
    except EngineError:
        pass
    return ()
