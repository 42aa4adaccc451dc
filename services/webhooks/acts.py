"""What the register of acts says of subscriptions."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from services.models import Webhook

PAUSED = "conecta.webhook.paused"
RESTARTED = "conecta.webhook.restarted"
NEW_SECRET = "conecta.webhook.secret"  # noqa: S105 - the name of an act
MOVED = "conecta.webhook.moved"
RESUMED = "conecta.webhook.resumed"
TESTED = "conecta.webhook.tested"


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Names of acts, and what each entry says."""
    restarted = gettext_lazy("O registro de mudanças recomeçou: tudo é enviado de novo")
    actions.register_action(RESTARTED, gettext_lazy("Recomeçar os envios do início"), restarted)
    new_secret = gettext_lazy("Segredo mostrado ou trocado")
    actions.register_action(NEW_SECRET, gettext_lazy("Mostrar ou trocar o segredo"), new_secret)
    resumed = gettext_lazy("Envios retomados")
    actions.register_action(RESUMED, gettext_lazy("Retomar os envios"), resumed)
    tested = gettext_lazy("Mensagem de teste enviada")
    actions.register_action(TESTED, gettext_lazy("Enviar uma mensagem de teste"), tested)

    @actions.register_action(PAUSED)
    class Paused(LogFormatter):
        label = gettext_lazy("Envios parados")

        def format_message(self, log_entry: Any) -> str:
            why = dict(Webhook.PAUSES).get(log_entry.data.get("why", ""), "")
            return _("Envios parados: %s") % why

    @actions.register_action(MOVED)
    class Moved(LogFormatter):
        label = gettext_lazy("Repetir envios")

        def format_message(self, log_entry: Any) -> str:
            data = log_entry.data
            return _("Envios a partir de %(after)s (antes: %(before)s)") % {
                "after": data.get("after", ""),
                "before": data.get("before", ""),
            }
