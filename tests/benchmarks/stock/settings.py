"""Settings of the stock site: ours, without what makes it Conecta, and with Wagtail's own API."""

from conecta_site.settings import *  # noqa: F403
from conecta_site.settings import INSTALLED_APPS as OURS

_REPLACED = {"services": "tests.benchmarks.stock.apps.QuietServices"}
INSTALLED_APPS = [
    *(_REPLACED.get(app, app) for app in OURS if not app.startswith("wagtail_localize")),
    "tests.benchmarks.stock.apps.StockConfig",
    "wagtail.api.v2",
    "rest_framework",
]
ROOT_URLCONF = "tests.benchmarks.stock.urls"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
