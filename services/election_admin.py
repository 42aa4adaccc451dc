"""What the history of the site says of an election period."""

from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from services.election_log import BEGAN, ENDED, SET


def _days(days: list[str | None]) -> str:
    first, last = (parse_date(day) if day else None for day in days)
    if first is None or last is None:
        return _("sem período")
    return _("de %(first)s a %(last)s") % {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Set, begun, ended."""

    @actions.register_action(SET)
    class _Set(LogFormatter):
        label = gettext_lazy("Marcar o período eleitoral")

        def format_message(self, log_entry: Any) -> str:
            """With the days."""
            return _("Período eleitoral: %(days)s") % {"days": _days(log_entry.data["days"])}

    began, ended = gettext_lazy("O período eleitoral começou"), gettext_lazy("O período eleitoral terminou")
    actions.register_action(BEGAN, gettext_lazy("Começar o período eleitoral"), began)
    actions.register_action(ENDED, gettext_lazy("Terminar o período eleitoral"), ended)
