"""``/estilo/``: every part of the portal in its states, for those who may enter the admin."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from home import themes
from home.contrast import contrast
from home.identity import city_identity
from home.style_page.components import COMPONENTS

#: Pairs of tokens whose contrast the page tells: letters on their background.
_PAIRS = (
    ("color", "background"),
    ("color-secondary-07", "background"),
    ("interactive", "background"),
    ("background", "interactive"),
    ("pure-0", "color-primary-default"),
    ("color", "warning-alternative"),
)


@require_safe
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """The page; a login for strangers, 404 for those who have no business in the admin."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    colour = city_identity().colour
    looks = (themes.light(colour), themes.dark(colour), themes.HIGH_CONTRAST)
    ratios = [
        (letters, ground, [f"{contrast(look[letters], look[ground]):.1f}" for look in looks])
        for letters, ground in _PAIRS
    ]
    return render(request, "conecta_home/style_page.html", {"components": COMPONENTS, "ratios": ratios})
