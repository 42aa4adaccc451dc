"""The bulk actions of the list of services, and how they are told in a service's history."""

from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import localize
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from services.selections.bulk_views import ApproveAction, AssignAction, ExportAction, ReviewAction, TagAction

for _action in (AssignAction, ReviewAction, TagAction, ApproveAction, ExportAction):
    hooks.register("register_bulk_action", _action)


@hooks.register("register_log_actions")
def bulk_acts(actions: Any) -> None:
    """What is no new draft."""

    @actions.register_action("conecta.service.assign")
    class Assign(LogFormatter):
        label = _("Dar a uma pessoa")

        def format_message(self, log_entry: Any) -> str:
            return str(_("Pessoa responsável: %s") % log_entry.data["person"])

    @actions.register_action("conecta.service.review_due")
    class ReviewDue(LogFormatter):
        label = _("Marcar revisão")

        def format_message(self, log_entry: Any) -> str:
            return _("Revisar até %s") % localize(parse_date(log_entry.data["due"]))
