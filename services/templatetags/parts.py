"""Links to a part's style and script, where the site does not load them on every page already."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from services.joined import is_joined

register = template.Library()


@register.simple_tag
def style(path: str) -> SafeString | str:
    """A link to a stylesheet, or nothing."""
    return "" if is_joined(path) else format_html('<link rel="stylesheet" href="{}">', static(path))


@register.simple_tag
def script(path: str) -> SafeString | str:
    """A deferred script, or nothing."""
    return "" if is_joined(path) else format_html('<script src="{}" defer></script>', static(path))
