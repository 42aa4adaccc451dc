"""How invitations, roles and what was left out are told in the register of acts."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from home.first_day.backup_views import ADDED, REMOVED
from home.first_day.inviting import ACCEPTED, REVOKED, ROLES_GIVEN, SENT
from home.first_day.views import LEFT_OUT, TAKEN_UP


def _roles(log_entry: Any) -> str:
    return ", ".join(log_entry.data.get("roles", []))


@hooks.register("register_log_actions")
def first_day_acts(actions: Any) -> None:
    """Names of acts, and what each entry says."""

    @actions.register_action(SENT)
    class Sent(LogFormatter):
        label = gettext_lazy("Convidar uma pessoa")

        def format_message(self, log_entry: Any) -> str:
            return _("Convite para: %s") % _roles(log_entry)

    @actions.register_action(REVOKED)
    class Revoked(LogFormatter):
        label = gettext_lazy("Cancelar um convite")

        def format_message(self, log_entry: Any) -> str:
            return _("Convite cancelado: %s") % _roles(log_entry)

    @actions.register_action(ACCEPTED)
    class Accepted(LogFormatter):
        label = gettext_lazy("Aceitar um convite")

        def format_message(self, log_entry: Any) -> str:
            return _("Convite aceito: %s") % _roles(log_entry)

    @actions.register_action(ROLES_GIVEN)
    class RolesGiven(LogFormatter):
        label = gettext_lazy("Dar um papel")

        def format_message(self, log_entry: Any) -> str:
            return _("Novo papel: %s") % _roles(log_entry)

    @actions.register_action(LEFT_OUT)
    class LeftOut(LogFormatter):
        label = gettext_lazy("Dispensar um primeiro passo")

        def format_message(self, log_entry: Any) -> str:
            return str(_("Passo dispensado: %(step)s (%(reason)s)") % log_entry.data)

    @actions.register_action(TAKEN_UP)
    class TakenUp(LogFormatter):
        label = gettext_lazy("Retomar um primeiro passo")

        def format_message(self, log_entry: Any) -> str:
            return str(_("Passo retomado: %(step)s") % log_entry.data)

    added, removed = gettext_lazy("Chave das cópias acrescentada"), gettext_lazy("Chave das cópias tirada")
    actions.register_action(ADDED, gettext_lazy("Acrescentar uma chave das cópias"), added)
    actions.register_action(REMOVED, gettext_lazy("Tirar uma chave das cópias"), removed)
