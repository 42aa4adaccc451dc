"""What the portal's own templates need: the city's identity, and icons."""

from typing import Any, cast

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from home.cards.naming import Card, card_of, card_of_site
from home.icons import symbol_for
from home.identity import Identity
from home.translations import first_pages
from home.views import identity_now
from services.found.addresses import current_tag, in_languages, whole
from services.interchange.schema_org import embedded_site
from services.languages import current_locale
from services.record import Entry, Record

register = template.Library()


@register.simple_tag
def identity() -> Identity:
    """The city's name, arms, colours and contacts."""
    return identity_now()


@register.simple_tag
def icon(name: str, url: str = "") -> SafeString:
    """A drawing beside words that say the same."""
    address = f"{static('conecta_home/icons.svg')}#{symbol_for(name, url)}"
    return format_html('<svg class="c-icon" aria-hidden="true" focusable="false"><use href="{}"/></svg>', address)


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
