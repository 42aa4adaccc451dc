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
        from services import actions, completeness_panel, forms, panels, previews, scores, signals, workflow  # noqa: F401
        from services.duties import register_duty
        from services.newsroom import at_once, narrowing, notices, reminders, telling  # noqa: F401

        register_duty("renew scores", scores.renew_scores, every=timedelta(minutes=10))
        register_duty("remind of approvals", reminders.remind, every=timedelta(hours=1))
        actions.install()
        completeness_panel.install()
        telling.install()
        narrowing.install()
        notices.install()
        panels.install(page_form=forms.EntryPageForm, entry_form=forms.EntryForm, live_form=forms.LiveAtOnceForm)
