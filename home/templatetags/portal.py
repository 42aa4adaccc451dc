"""What the portal's own templates need: the city's identity, its style and script, and icons."""

from typing import Any, cast
from urllib.parse import quote

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from home.bundle_views import current_style
from home.bundles import Bundle, script_bundle, style_bundle
from home.cards.naming import Card, card_of, card_of_site
from home.icons import drawing, favicon, symbol_for
from home.identity import Identity, city_identity
from home.languages import Tongue, tongues
from home.translations import first_pages
from home.views import identity_now
from services.found.addresses import current_tag, in_languages, whole
from services.interchange.schema_org import embedded_site
from services.languages import current_locale, source_locale, wire_tag
from services.record import Entry, Record

register = template.Library()


@register.simple_tag
def identity() -> Identity:
    """The city's name, arms, colours and contacts."""
    return identity_now()


@register.simple_tag
def city_tongue() -> SafeString:
    """`` lang="…"`` for what the city wrote of itself, on a page in another language (WCAG 3.1.2): it is in its own."""
    own = wire_tag(source_locale())
    return format_html(' lang="{}"', own) if own != current_tag() else SafeString()


def _address(bundle: Bundle) -> str:
    view = {"css": "style", "js": "script"}[bundle.kind]
    return reverse(f"conecta_home:{view}", args=[bundle.name.partition(".")[0]])


@register.simple_tag
def portal_head() -> SafeString:
    """All that a page asks for beside itself: one script, one stylesheet; its icon is in the page.

    The script stands first and is awaited: it puts on the look that the reader chose before anything is drawn.
    """
    return format_html(
        '<script src="{}"></script><link rel="stylesheet" href="{}">{}',
        _address(script_bundle()),
        _address(current_style()),
        portal_icon(),
    )


@register.simple_tag
def portal_style() -> str:
    """Address of the stylesheet, for a page without the portal's frame."""
    return _address(current_style())


@register.simple_tag
def plain_style() -> str:
    """Address of the stylesheet without the city's colour: for a page that may ask no database."""
    return _address(style_bundle(""))


@register.simple_tag
def portal_icon() -> SafeString:
    """The sign of the browser's tab, in the page: it costs no request."""
    drawn = quote(favicon(city_identity().colour), safe="/:=")
    return format_html('<link rel="icon" href="data:image/svg+xml,{}">', drawn)


@register.simple_tag
def icon(name: str, url: str = "") -> SafeString:
    """A drawing beside words that say the same."""
    # The drawings are ours, and no part of them is anybody's text.
    inside = mark_safe(drawing(symbol_for(name, url)))  # noqa: S308
    return format_html('<svg class="c-icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', inside)


@register.simple_tag(takes_context=True)
def part(context: Context, template_name: str, told: dict[str, Any]) -> SafeString:
    """A part of the portal, from the template that pages include, told what a page would tell it."""
    around = context.template
    assert around is not None  # noqa: S101 - a tag is drawn inside a template
    with context.push(**told):
        return around.engine.get_template(template_name).render(context)


@register.inclusion_tag("conecta_home/social_card.html", takes_context=True)
def social_card(context: dict[str, Any], identity: Identity) -> dict[str, Any]:
    """The picture of a page that is shared: its entry's, or the site's. A preview has none."""
    if context.get("preview"):
        return {}
    record = context.get("record")
    own = isinstance(record, Entry) and bool(record.url)
    card: Card = card_of(cast("Record", record), identity) if own else card_of_site(current_locale(), identity)
    return {"card": card, "address": whole(reverse("conecta_home:card", args=[card.stem]))}


@register.inclusion_tag("conecta_services/parts/found.html", takes_context=True)
def found_home(context: dict[str, Any], page: Any, identity: Identity) -> dict[str, Any]:
    """What the first page says of itself to search engines: one query."""
    if getattr(context["request"], "is_preview", False):
        return {"hidden": True}
    search = f"{reverse('conecta_search:results')}?q={{search_term_string}}"
    name = identity.name or str(page.title)
    said = embedded_site(name, base_url=whole(""), language=current_tag(), search=search)
    return {
        "canonical": whole(reverse("wagtail_serve", args=[""])),
        "languages": in_languages(first_pages(page)),
        # Written by for_a_page: no <, > or & is left in it.
        "data": mark_safe(said),  # noqa: S308
    }


@register.simple_tag(takes_context=True)
def languages(context: dict[str, Any]) -> list[Tongue]:
    """The page that is made, in each language of the site."""
    return tongues(context)
