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
        """Register the checks, and the index with the worker."""
        from search import checks  # noqa: F401 - registers itself
        from search.follower import converge
        from services import changes

        changes.register_follower("search", converge)
