"""What a page says of itself to those who are outside: search engines, and whoever prints it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django import template
from django.urls import NoReverseMatch
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from services.found import addresses, trail
from services.interchange.schema_org import embedded, embedded_questions
from services.languages import current_locale, wire_tag
from services.listings import Listing
from services.record import City, Information, Record

register = template.Library()
#: What a page is about, and the way to it, are the same at all times.
_ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC)


@register.inclusion_tag("conecta_services/parts/found.html", takes_context=True)
def found_entry(context: dict[str, Any], record: Record) -> dict[str, Any]:
    """Of an entry's page: its one address, its languages, and what it is about. A preview is for nobody to find."""
    if context.get("preview") or not record.url:
        return {"hidden": True}
    neighbours = context["neighbours"]
    return {
        "canonical": addresses.whole(record.url),
        "languages": addresses.in_languages(neighbours.in_languages),
        # An article tells it itself.
        "data": "" if context.get("article") else _told(record, neighbours.city),
    }


@register.simple_tag(takes_context=True)
def told_of(context: dict[str, Any], record: Record) -> str:
    """What an article's page is about, for search engines."""
    if context.get("preview") or not record.url:
        return ""
    return format_html('<script type="application/ld+json">{}</script>', _told(record, context["city"]))


def _told(record: Record, city: City | None) -> SafeString:
    crumbs = [(crumb.title, crumb.url) for crumb in trail.to_entry(record)]
    return _block(embedded(record, addresses.site_at(_ANY_TIME), city, trail=crumbs))


@register.inclusion_tag("conecta_services/parts/found.html", takes_context=True)
def found_listing(context: dict[str, Any], listing: Listing) -> dict[str, Any]:
    """Of an index; a page of one letter, whose entries the map of the site tells, is not for finding."""
    if "letra" in context["request"].GET:
        return {"hidden": True}
    return found_page(f"conecta_services:{listing.path}")


@register.inclusion_tag("conecta_services/parts/found.html")
def found_page(route: str, *args: object) -> dict[str, Any]:
    """Of a page of the interface, which speaks every language: its address and its languages, by its route."""
    paths = addresses.everywhere(route, *args)
    return {"canonical": addresses.whole(paths[current_locale()]), "languages": addresses.in_languages(paths)}


@register.inclusion_tag("conecta_services/parts/found.html", takes_context=True)
def found_here(context: dict[str, Any]) -> dict[str, Any]:
    """The same by the route of this very request; of an address with a question in it, nothing."""
    # What a phone keeps is drawn for nobody who asks.
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if request is None or match is None or request.GET:
        return {}
    try:
        paths = addresses.everywhere(match.view_name, *match.args, **match.kwargs)
    except NoReverseMatch:
        return {}
    return {"canonical": addresses.whole(paths[current_locale()]), "languages": addresses.in_languages(paths)}


@register.inclusion_tag("conecta_services/parts/found.html")
def found_below(path: str, in_languages: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Of a page that is no route's: its own path, and its paths by database language if it is in several."""
    return {"canonical": addresses.whole(path), "languages": addresses.in_languages(in_languages or {})}


@register.inclusion_tag("conecta_services/parts/found.html", takes_context=True)
def found_questions(context: dict[str, Any], questions: Sequence[Information]) -> dict[str, Any]:
    """Of the page of questions and answers: these too."""
    # An answer in another language is no answer of this page.
    own = [question for question in questions if question.locale.lower() == current_locale()]
    if not own:
        return found_here(context)
    return {**found_here(context), "data": _block(embedded_questions(own, addresses.site_at(context["at"])))}


@register.simple_tag(takes_context=True)
def trail_told(context: dict[str, Any], here: str, above: str = "", above_url: str = "") -> str:
    """The way to a page of the interface, beside the one that is seen; an entry's stands in its page's head."""
    request = context.get("request")
    if request is None or request.GET or any(context.get(name) for name in ("record", "preview")):
        return ""
    way = trail.to_page(str(here), request.path, above=str(above), above_url=above_url)
    said = _block(embedded(None, addresses.site_at(_ANY_TIME), trail=[(crumb.title, crumb.url) for crumb in way]))
    return format_html('<script type="application/ld+json">{}</script>', said)


@register.filter
def tongue(told: object) -> str:
    """`` lang="…"`` for what is told in another language than the page (WCAG 3.1.2): an entry, or one's address."""
    if isinstance(told, str):
        said = addresses.tongue(told)
    else:
        locale = getattr(told, "locale", "") or ""
        said = wire_tag(locale.lower()) if locale else ""
    return format_html(' lang="{}"', said) if said and said != addresses.current_tag() else ""


@register.filter
def short_address(record: Record) -> str:
    """The whole short link of an entry."""
    return addresses.whole(addresses.short_path(record))


def _block(json_ld: str) -> SafeString:
    # Written by for_a_page: no <, > or & is left in it.
    return mark_safe(json_ld)  # noqa: S308
