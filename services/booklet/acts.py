"""What the register of acts says of booklets."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

ASKED = "conecta.booklet.asked"
FROZEN = "conecta.booklet.frozen"
TABLE = "conecta.booklet.general_table"


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Names of acts, and what each entry says."""
    frozen = gettext_lazy("Edição guardada para sempre")
    actions.register_action(FROZEN, gettext_lazy("Guardar edição da carta"), frozen)

    @actions.register_action(ASKED)
    class Asked(LogFormatter):
        label = gettext_lazy("Gerar livreto")

        def format_message(self, log_entry: Any) -> str:
            day = log_entry.data.get("as_of")
            return _("Livreto pedido, como a carta era em %(day)s") % {"day": day} if day else _("Livreto pedido")

    @actions.register_action(TABLE)
    class Table(LogFormatter):
        label = gettext_lazy("Congelar o Quadro Geral de Serviços")

        def format_message(self, log_entry: Any) -> str:
            return _("Quadro Geral de %(year)s pedido") % {"year": log_entry.data.get("year", "")}
