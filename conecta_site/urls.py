"""Every address of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps import views as sitemaps
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.cache import cache_control
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from conecta_site import health, security_txt_views
from conecta_site.api import urls as api_urls
from conecta_site.api_door import API_PATH, WAGTAIL_API_PATH
from conecta_site.reference import reference
from conecta_site.robots import robots
from conecta_site.wagtail_api.addresses import urls as wagtail_api_urls
from home.about.sitemap import About
from home.first_day.accepting_views import accepting
from home.observatory.sitemap import Observatory
from services import sitemap
from services.uploads.serving import guarded

handler404 = "home.not_found.not_found"
handler500 = "home.failing.failing"

SITEMAPS = {**sitemap.SITEMAPS, "observatory": Observatory, "about": About}


def uploaded(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file that was uploaded, as the server in front gives it out. Raises ``Http404``, for too long a name too."""
    try:
        return guarded(serve(request, path, str(settings.MEDIA_ROOT)))
    except OSError as error:
        raise Http404(path) from error


urlpatterns: list[URLPattern | URLResolver] = [
    # Before Wagtail's own of the same names.
    path("admin/", include("home.signing_in.urls")),
    # Before the admin, which lets in only those who have an account.
    path("admin/convite/<str:token>/", accepting, name="conecta_invitation"),
    path("admin/", include(wagtailadmin_urls)),
    path("documentos/", include(wagtaildocs_urls)),
    path(API_PATH, api_urls),
    path(WAGTAIL_API_PATH, wagtail_api_urls),
    path("healthz/live", health.live),
    path("healthz/ready", health.ready),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", robots),
    path(security_txt_views.ADDRESS, security_txt_views.security_txt),
    path("", include("home.urls")),
]

if settings.CONECTA.demo:
    # In production the web server in front gives out what editors upload; Django's own helper does in debugging only.
    urlpatterns += [
        path("media/<path:path>", cache_control(max_age=3600)(uploaded)),
    ]

urlpatterns += i18n_patterns(
    # Wagtail's own doors (the password of a restricted page) stand before any catch-all.
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"),
    path("api/", reference, name="api_reference"),
    path("", include("search.urls")),
    path("", include("feedback.urls")),
    path("", include("home.widget.urls")),
    path("", include("home.reading.urls")),
    path("", include("home.observatory.urls")),
    path("", include("home.about.urls")),
    path("", include("home.offline.urls")),
    # Before Wagtail's catch-all: an entry is served from its record, without Wagtail's routing.
    path("", include("services.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
