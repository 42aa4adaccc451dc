"""The charter: entries, rules, workflow, records, log, interchange."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    """Conecta's core app."""

    name = "services"
    label = "conecta_services"
    verbose_name = _("Carta de Serviços")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make Wagtail's actions atomic with the records, and listen to the models."""
        from services import actions, signals  # noqa: F401, PLC0415

        actions.install()
