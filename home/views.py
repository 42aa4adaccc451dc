"""The city's colours as a stylesheet: the portal allows no style inside a page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from home.identity import city_identity


@require_safe
@cache_control(public=True, max_age=86400)
def identity_css(request: HttpRequest) -> HttpResponse:
    """The tokens that the city's colour replaces; its address names the colour, so it may be kept."""
    identity = city_identity()
    css = ""
    if identity.colour:
        css = (
            f":root{{--color-primary-default:{identity.colour};--color-primary-darken-01:{identity.colour_dark};"
            f"--interactive:{identity.colour}}}\n"
        )
    return HttpResponse(css, content_type="text/css; charset=utf-8")
