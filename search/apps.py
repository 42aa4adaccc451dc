"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Labelled so that it installs beside a host site's own ``search``."""

    name = "search"
    label = "conecta_search"
    verbose_name = _("Busca")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks, and the indices with the worker."""
        from search import checks, keeping  # noqa: F401 - the first registers itself

        keeping.register()
