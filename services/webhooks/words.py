"""What became of a message, in a sentence."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.models import Webhook
from services.webhooks import events

_PROBLEMS = {
    "": gettext_lazy("Recebida."),
    "redirect": gettext_lazy("Mandou ir a outro endereço. Isso não é seguido: escreva o endereço certo."),
    "gone": gettext_lazy("Respondeu que não quer mais receber."),
    "silent": gettext_lazy("Não respondeu a tempo."),
    "unknown_host": gettext_lazy("Ninguém tem este nome na internet: confira o endereço."),
    "certificate": gettext_lazy("O certificado de segurança do site não vale."),
    "written": gettext_lazy("O endereço está mal escrito."),
    "internal": gettext_lazy("O endereço leva à rede interna, e isso não é permitido."),
    "key": gettext_lazy("A chave desta instalação mudou: troque o segredo."),
}
_TYPES = {
    events.PUBLISHED: gettext_lazy("Publicado"),
    events.REMOVED: gettext_lazy("Saiu do ar"),
    events.RESTARTED: gettext_lazy("Recomeço"),
    events.PING: gettext_lazy("Teste"),
}


def became(problem: str, status: int | None) -> str:
    """``Recebida.``; or why not."""
    if problem == "status":
        return _("Respondeu com erro (%(status)s).") % {"status": status}
    return str(_PROBLEMS[problem])


def event_type(value: str) -> str:
    """``Publicado``."""
    return str(_TYPES.get(value, value))


def state(webhook: Webhook) -> str:
    """How it is with a subscriber."""
    if not webhook.active:
        return _("Desligado")
    if webhook.paused_at is not None:
        return _("Parado: %(why)s") % {"why": webhook.get_pause_display()}
    if webhook.failures:
        return _("Com falhas, tentando de novo")
    return _("Em dia") if webhook.delivered_at else _("Ligado")
