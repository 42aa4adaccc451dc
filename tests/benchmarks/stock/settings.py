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
# Our APIs' own door would spare Wagtail's API sessions and logins.
MIDDLEWARE = [name for name in OUR_MIDDLEWARE if name != "conecta_site.api_door.APIDoorMiddleware"]
ROOT_URLCONF = "tests.benchmarks.stock.urls"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
