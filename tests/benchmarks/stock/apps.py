"""The apps of the stock site that differ from ours."""

from django.apps import AppConfig

from home.apps import HomeConfig
from services.apps import ServicesConfig


class StockConfig(AppConfig):
    """Plain Wagtail pages with the fields of ours."""

    name = "tests.benchmarks.stock"
    label = "stock"
    default_auto_field = "django.db.models.BigAutoField"


class QuietServices(ServicesConfig):
    """Our models, for topics and audiences, and our templates; no record, counter or receiver slows Wagtail down."""

    def ready(self) -> None:
        """Change nothing of Wagtail."""


class QuietHome(HomeConfig):
    """The portal's base template."""

    def ready(self) -> None:
        """Change nothing of Wagtail."""
