"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    """Labelled so that it installs beside a host site's own ``feedback``."""

    name = "feedback"
    label = "conecta_feedback"
    verbose_name = _("Avaliação")
    default_auto_field = "django.db.models.BigAutoField"
