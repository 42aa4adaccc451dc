"""App configuration."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    """Labelled so that it installs beside a host site's own ``feedback``."""

    name = "feedback"
    label = "conecta_feedback"
    verbose_name = _("Avaliação")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the worker's duties, and who may what."""
        from feedback import checks, configured, roles  # noqa: F401 - registers itself
        from feedback.manifestations.closing import close_answered, forget_old
        from feedback.manifestations.news import tell_people
        from feedback.models import DataOfficer
        from feedback.page_help import duties as page_help
        from feedback.participation import roles as participation
        from feedback.privacy.forgetting import forget_texts
        from feedback.reminders import remind
        from feedback.summaries import publish_summaries
        from services.acts.watching import watch
        from services.articles.keeping import varies_by
        from services.duties import register_duty

        roles.grant_permissions()
        participation.grant_permissions()
        watch(DataOfficer)
        varies_by(configured.offered)
        register_duty("publish ratings", publish_summaries, every=timedelta(hours=1))
        register_duty("remind of manifestations", remind, every=timedelta(minutes=30))
        register_duty("tell who brought manifestations", tell_people, every=timedelta(minutes=1), apart=True)
        register_duty("close answered manifestations", close_answered, every=timedelta(hours=1))
        register_duty("forget old contacts and files", forget_old, every=timedelta(days=1))
        register_duty("forget old texts", forget_texts, every=timedelta(days=1))
        page_help.register()
