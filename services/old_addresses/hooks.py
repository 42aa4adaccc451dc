"""The former site's addresses in Wagtail's admin: the button of its redirects leads to this screen."""

from django.urls import URLResolver, include, path
from django.views.generic import RedirectView
from wagtail import hooks

from services.old_addresses.address_views import AddressesView, PlanView


# Before Wagtail's own import at these addresses, which takes circles, other sites and paths that never lead anywhere.
@hooks.register("register_admin_urls", order=-1)
def address_urls() -> list[URLResolver]:
    """In the place of Wagtail's two steps, so that there is one door."""
    patterns = [
        path("", AddressesView.as_view(), name="index"),
        path("process/", RedirectView.as_view(pattern_name="wagtailredirects:start_import"), name="process"),
        path("<uuid:sheet>/", PlanView.as_view(), name="plan"),
    ]
    return [path("redirects/import/", include((patterns, "conecta_old_addresses")))]
