"""Why an act on what people say is not done: each error is a sentence for whoever tried."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.models import Refused
from services.newsroom.acts import SHORTEST_REASON


class NotYours(Refused):
    """Another's to do."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or _("Isto cabe a outra pessoa. Fale com a Ouvidoria."))


class WrongOrder(Refused):
    """Not at this point: it was done already, or something comes first."""


class Unsaid(Refused):
    """A text that the act is made of is missing, or too short to tell anything."""


def require_reason(reason: str) -> str:
    """The reason, if it is a sentence and not a word. Raises ``Unsaid``."""
    if len(reason.strip()) < SHORTEST_REASON:
        sentence = ngettext(
            "Diga o motivo em pelo menos %d letra: a pessoa vai ler.",
            "Diga o motivo em pelo menos %d letras: a pessoa vai ler.",
            SHORTEST_REASON,
        )
        raise Unsaid(sentence % SHORTEST_REASON)
    return reason.strip()


def require_text(text: str, longest: int) -> str:
    """The text, if there is one. Raises ``Unsaid``."""
    text = text.strip()
    if not text or "\x00" in text:
        raise Unsaid(_("Escreva o texto antes de enviar."))
    if len(text) > longest:
        sentence = ngettext(
            "O texto passou de %d letra. Escreva menos.", "O texto passou de %d letras. Escreva menos.", longest
        )
        raise Unsaid(sentence % longest)
    return text
