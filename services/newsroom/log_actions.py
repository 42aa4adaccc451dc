"""What the log says of the newsroom's acts, in the history of each page and in the reports."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

PASSED_ON = "conecta.passed_on"
BEGUN_AGAIN = "conecta.begun_again"
URGENT = "conecta.urgent"
TAKEN_DOWN = "conecta.taken_down"
LIVE_AT_ONCE = "conecta.live_at_once"
REVERTED = "conecta.reverted"


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Names of acts, and what each entry says."""

    @actions.register_action(PASSED_ON)
    class PassedOn(LogFormatter):
        label = gettext_lazy("Revisão passada à Comunicação")

        def format_message(self, log_entry: Any) -> str:
            body = str(log_entry.data.get("body", ""))
            return _("%s não tem revisor disponível: a Comunicação faz a primeira revisão.") % body

    @actions.register_action(BEGUN_AGAIN)
    class BegunAgain(LogFormatter):
        label = gettext_lazy("Revisão recomeçada")

        def format_message(self, log_entry: Any) -> str:
            return str(log_entry.data.get("reason", ""))

    @actions.register_action(URGENT)
    class Urgent(LogFormatter):
        label = gettext_lazy("Publicação urgente")

        def format_message(self, log_entry: Any) -> str:
            return _("Publicado com urgência: %s") % str(log_entry.data.get("reason", ""))

    @actions.register_action(TAKEN_DOWN)
    class TakenDown(LogFormatter):
        label = gettext_lazy("Tirado do ar")

        def format_message(self, log_entry: Any) -> str:
            return _("Tirado do ar: %s") % str(log_entry.data.get("reason", ""))

    @actions.register_action(LIVE_AT_ONCE)
    class LiveAtOnce(LogFormatter):
        label = gettext_lazy("Publicado sem aprovação prévia")

        def format_message(self, log_entry: Any) -> str:
            return str(_ACTS.get(log_entry.data.get("act", ""), _ACTS["changed"]))

    @actions.register_action(REVERTED)
    class Reverted(LogFormatter):
        label = gettext_lazy("Desfeito pela Comunicação")

        def format_message(self, log_entry: Any) -> str:
            return _("Voltou ao que era antes.")


_ACTS = {
    "created": gettext_lazy("Criado, sem aprovação prévia."),
    "changed": gettext_lazy("Mudado, sem aprovação prévia."),
    "deleted": gettext_lazy("Excluído, sem aprovação prévia."),
}
