"""The same page in the other languages of the site, as links that need no script."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import gettext, override

from services.languages import current_locale, spoken

#: Routes of addresses that are an entry's or a page's own, and so another in each language.
_OF_PAGES = frozenset(
    {"wagtail_serve", "conecta_services:entry", "conecta_services:changes", "conecta_services:checklist"}
)
#: What the form of results tells of the search before it (``search.insight``).
_SEARCHED_BEFORE = "anterior"


@dataclass(frozen=True)
class Tongue:
    """A language: its BCP 47 tag, its name in itself, and where it leads from the page that is made."""

    tag: str
    name: str
    url: str
    current: bool
    #: In that language, where the page is not in it: that the link leads to the first page.
    instead: str = ""
    instead_whole: str = ""


def tongues(context: Mapping[str, Any]) -> list[Tongue]:
    """Every language of the site with the page's address in it, or else its first page's; none of a site in one."""
    tags = spoken()
    if len(tags) < 2:
        return []
    current = current_locale()
    return [_tongue(tag, context, current=tag.lower() == current) for tag in tags]


def _tongue(tag: str, context: Mapping[str, Any], *, current: bool) -> Tongue:
    instead = _instead(tag, str(get_urlconf() or settings.ROOT_URLCONF), get_script_prefix())
    if current:
        found = _here(context, instead.url)
    else:
        with override(tag.lower()):
            found = _address(tag.lower(), context)
    return Tongue(tag, instead.name, found, current) if found else replace(instead, current=current)


@lru_cache(maxsize=64)
def _instead(tag: str, addresses: str, prefix: str) -> Tongue:
    """The first page in a language, as it is named there; ``addresses`` and ``prefix`` say where that is."""
    # Each names itself.
    name = str(dict(settings.LANGUAGES).get(tag.lower(), tag))
    with override(tag.lower()):
        whole = gettext("Esta página não está em %(language)s: o link leva à página inicial.") % {"language": name}
        first = reverse("wagtail_serve", args=[""], urlconf=addresses)
        return Tongue(tag, name, first, False, gettext("página inicial"), whole)


def _here(context: Mapping[str, Any], first: str) -> str:
    request = context.get("request")
    # A draft that is looked at may have no address yet.
    if getattr(request, "is_preview", False):
        return "#"
    return _asked(request, request.path) if isinstance(request, HttpRequest) else first


def _asked(request: HttpRequest, path: str) -> str:
    """With what was asked for beside the path; another language is no search after a search."""
    asked = [pair for pair in parse_qsl(request.META.get("QUERY_STRING", ""), True) if pair[0] != _SEARCHED_BEFORE]
    return f"{path}?{urlencode(asked)}" if asked else path


def _address(locale: str, context: Mapping[str, Any]) -> str:
    """The page's address in the language that is active; empty if it has none."""
    neighbours = context.get("neighbours")
    # Of an entry, or of a page below its own.
    own = context.get("in_languages") if neighbours is None else neighbours.in_languages
    if own is not None:
        return str(own.get(locale, ""))
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if not isinstance(request, HttpRequest) or match is None:
        return ""
    if match.view_name in _OF_PAGES:
        # Of Wagtail's own pages only the first is in every language.
        return reverse("wagtail_serve", args=[""]) if _is_first(context) else ""
    try:
        path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    except NoReverseMatch:
        return ""
    # What is at the same address in every language is in one. What was asked for is asked for there, too.
    return "" if path == request.path else _asked(request, path)


def _is_first(context: Mapping[str, Any]) -> bool:
    page = context.get("page")
    return page is not None and getattr(page, "depth", 0) == 2
