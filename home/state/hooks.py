"""The state of the system in the admin's settings."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.state.views import state


@hooks.register("register_admin_urls")
def state_urls() -> list[URLPattern | URLResolver]:
    """One page."""
    return [path("conecta/estado/", include(([path("", state, name="state")], "conecta_state")))]


class _StateItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("conecta_services.view_signoflife"))


@hooks.register("register_settings_menu_item")
def state_item() -> MenuItem:
    """Among the settings."""
    return _StateItem(_("Estado do sistema"), reverse("conecta_state:state"), icon_name="desktop", order=900)
