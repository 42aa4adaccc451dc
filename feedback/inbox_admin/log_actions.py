"""What the register of acts says of comments that were shown, and of rows that were taken out."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from feedback.comments import HIDDEN, SHOWN
from feedback.inbox_admin.export_views import EXPORTED


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Names of acts, and what each entry says."""

    @actions.register_action(SHOWN)
    class Shown(LogFormatter):
        label = gettext_lazy("Comentário mostrado no portal")

        def format_message(self, log_entry: Any) -> str:
            return _("Comentário mostrado no portal.")

    @actions.register_action(HIDDEN)
    class Hidden(LogFormatter):
        label = gettext_lazy("Comentário tirado do portal")

        def format_message(self, log_entry: Any) -> str:
            return _("Comentário tirado do portal.")

    @actions.register_action(EXPORTED)
    class Exported(LogFormatter):
        label = gettext_lazy("Caixa de entrada exportada")

        def format_message(self, log_entry: Any) -> str:
            rows = int(log_entry.data.get("rows", 0))
            text = ngettext("Caixa de entrada exportada: %d linha.", "Caixa de entrada exportada: %d linhas.", rows)
            return text % rows
