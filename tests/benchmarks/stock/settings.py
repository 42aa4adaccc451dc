"""Settings of the stock site: ours, with apps that leave Wagtail as it is, and with Wagtail's own API."""

from conecta_site.settings import *  # noqa: F403
from conecta_site.settings import INSTALLED_APPS as OURS
from conecta_site.settings import MIDDLEWARE as OUR_MIDDLEWARE

_QUIET = {
    "services": "tests.benchmarks.stock.apps.QuietServices",
    "home": "tests.benchmarks.stock.apps.QuietHome",
}
INSTALLED_APPS = [
    *(_QUIET.get(app, app) for app in OURS),
    "tests.benchmarks.stock.apps.StockConfig",
    "wagtail.api.v2",
    "rest_framework",
]
# Ours would spare Wagtail's pages and API sessions and logins.
_DOORS = {"conecta_site.api_door.APIDoorMiddleware", "conecta_site.caching.PageCacheMiddleware"}
MIDDLEWARE = [name for name in OUR_MIDDLEWARE if name not in _DOORS]
ROOT_URLCONF = "tests.benchmarks.stock.urls"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
