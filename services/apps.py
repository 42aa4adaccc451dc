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
        """Make Wagtail's actions atomic with the records, listen to the models, dress the forms."""
        from services import actions, forms, panels, previews, signals  # noqa: F401

        actions.install()
        panels.install(page_form=forms.EntryPageForm, entry_form=forms.EntryForm, live_form=forms.LiveAtOnceForm)
