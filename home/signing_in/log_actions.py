"""What happens at the door, in the register of acts and in the log of the machine: never a password, never an address.

An account is named by its number; where none is meant, none is named.
"""

import logging
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.log_actions import LogFormatter, log

logger = logging.getLogger("conecta.security")

SLOWED = "conecta.sign_in_slowed"
CODE_SLOWED = "conecta.code_slowed"
SIGNED_OUT = "conecta.signed_out_everywhere"
ENROLLED = "conecta.second_factor_enrolled"
NEW_CODES = "conecta.recovery_codes_made"
CODE_USED = "conecta.recovery_code_used"
TURNED_OFF = "conecta.second_factor_turned_off"
RESET = "conecta.second_factor_reset"

_LABELS: dict[str, Any] = {
    SLOWED: gettext_lazy("Muitas senhas erradas"),
    CODE_SLOWED: gettext_lazy("Muitos códigos errados do segundo fator"),
    SIGNED_OUT: gettext_lazy("Saiu de todos os aparelhos"),
    ENROLLED: gettext_lazy("Segundo fator ligado"),
    NEW_CODES: gettext_lazy("Códigos de recuperação novos"),
    CODE_USED: gettext_lazy("Entrou com um código de recuperação"),
    TURNED_OFF: gettext_lazy("Segundo fator desligado"),
    RESET: gettext_lazy("Segundo fator zerado"),
}


def note(action: str, *, about: Any, by: Any = None, **data: Any) -> None:
    """Write it in both: ``about`` is the account, ``by`` who did it, if it was a person."""
    # The user of a request is not quite one, and the register would pass it over.
    log(instance=get_user_model()._default_manager.get(pk=about.pk), action=action, user=by, data=data)
    warn(action, account=about.pk)


def warn(action: str, *, account: int | None = None) -> None:
    """In the log of the machine alone."""
    logger.warning(action.removeprefix("conecta."), extra={"account": account})


@hooks.register("register_log_actions")
def register_door_actions(actions: Any) -> None:
    """Names of what happens at the door, and what each entry says."""
    for action, label in _LABELS.items():
        actions.register_action(action)(_formatter(label))


def _formatter(its_label: Any) -> type[LogFormatter]:
    class Told(LogFormatter):
        label = its_label

        def format_message(self, log_entry: Any) -> str:
            left = log_entry.data.get("left")
            if left is None:
                return str(its_label)
            words = ngettext("%(what)s: resta %(left)d.", "%(what)s: restam %(left)d.", left)
            return words % {"what": its_label, "left": left}

    return Told
