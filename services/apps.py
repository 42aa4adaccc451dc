"""The charter: entries, rules, workflow, records, log, interchange."""

from datetime import timedelta

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
        from services import actions, completeness_panel, forms, panels, previews, scores, signals  # noqa: F401
        from services.duties import register_duty

        register_duty("renew scores", scores.renew_scores, every=timedelta(minutes=10))
        actions.install()
        completeness_panel.install()
        panels.install(page_form=forms.EntryPageForm, entry_form=forms.EntryForm, live_form=forms.LiveAtOnceForm)
