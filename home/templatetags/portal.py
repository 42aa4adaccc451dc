"""What the portal's own templates need: the city's identity, and icons."""

from typing import Any, cast

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from home.cards.naming import Card, card_of, card_of_site
from home.icons import symbol_for
from home.identity import Identity
from home.views import identity_now
from services.found.addresses import whole
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
