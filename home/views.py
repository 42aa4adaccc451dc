"""The city's colours as a stylesheet: the portal allows no style inside a page."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from home.contrast import lighter
from home.identity import Identity, city_identity


def identity_now() -> Identity:
    """What of the city's identity is shown in the page that is being made."""
    return city_identity().shown_at(timezone.now())


@require_safe
@cache_control(public=True, max_age=86400)
def identity_css(request: HttpRequest) -> HttpResponse:
    """The tokens that the city's colour replaces; its address names the colour, so it may be kept."""
    identity = city_identity()
    css = ""
    if identity.colour:
        tokens = {
            "color-primary-default": identity.colour,
            "color-primary-darken-01": identity.colour_dark,
            "color-primary-pastel-02": lighter(identity.colour, 0.8),
            "blue-warm-vivid-5": lighter(identity.colour, 0.94),
            "blue-warm-vivid-10": lighter(identity.colour, 0.92),
            "interactive": identity.colour,
            "visited": identity.colour_dark,
        }
        css = f":root{{{';'.join(f'--{name}:{value}' for name, value in tokens.items())}}}\n"
    return HttpResponse(css, content_type="text/css; charset=utf-8")
