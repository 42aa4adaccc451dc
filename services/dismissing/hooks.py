"""Where advice is waved away, and how it is told in an entry's history."""

from typing import Any

from django.urls import URLResolver, include, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from services.dismissing.acts import DISMISSED, RESTORED
from services.dismissing.views import DismissView, RestoreView


@hooks.register("register_admin_urls")
def dismissing_urls() -> list[URLResolver]:
    """Below the admin's own address."""
    place = "<int:content_type>/<str:pk>/<slug:finding>/"
    patterns = [
        path(f"dispensar/{place}", DismissView.as_view(), name="dismiss"),
        path(f"mostrar/{place}", RestoreView.as_view(), name="restore"),
    ]
    return [path("conecta/sugestoes/", include((patterns, "conecta_dismissing")))]


@hooks.register("register_log_actions")
def dismissing_acts(actions: Any) -> None:
    """What was advised, and why it does not fit."""

    @actions.register_action(DISMISSED)
    class Dismissed(LogFormatter):
        label = gettext_lazy("Sugestão dispensada")

        def format_message(self, log_entry: Any) -> str:
            return str(_("Sugestão dispensada: %(advice)s Motivo: %(reason)s") % log_entry.data)

    @actions.register_action(RESTORED)
    class Restored(LogFormatter):
        label = gettext_lazy("Sugestão mostrada de novo")

        def format_message(self, log_entry: Any) -> str:
            return str(_("Sugestão mostrada de novo: %s") % log_entry.data["advice"])
