"""Addresses of the stock site: ours, with every page served by Wagtail, and Wagtail's API v2."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from conecta_site.urls import urlpatterns as ours
from services.urls import app_name
from services.urls import urlpatterns as services_urls

router = WagtailAPIRouter("wagtailapi")
router.register_endpoint("pages", PagesAPIViewSet)

_listings = [pattern for pattern in services_urls if pattern.name != "entry"]

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include(wagtailadmin_urls)),
    path("api/v2/", router.urls),
]
urlpatterns += i18n_patterns(
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"),
    path("", include("search.urls")),
    path("", include((_listings, app_name))),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
# The templates name the portal's own addresses; behind Wagtail's last one they are never asked for here.
urlpatterns += ours
