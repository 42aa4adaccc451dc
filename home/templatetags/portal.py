"""What the portal's own templates need: the city's identity, and icons."""

from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from home.icons import symbol_for
from home.identity import Identity
from home.languages import Tongue, tongues
from home.views import identity_now

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


@register.simple_tag(takes_context=True)
def languages(context: dict[str, Any]) -> list[Tongue]:
    """The page that is made, in each language of the site."""
    return tongues(context)
