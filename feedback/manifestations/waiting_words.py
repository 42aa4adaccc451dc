"""Where a deadline stands, as a sentence for who waits. Pure but for the language."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.models import Manifestation
from services.wording import whole_day

State = Manifestation.State


def sentence(manifestation: Manifestation, *, today: date) -> str:
    """Until when the answer comes, and how many days that is."""
    if manifestation.erased_at is not None:
        return _("O que você disse foi apagado a seu pedido.")
    if manifestation.state in {State.ANSWERED, State.CLOSED}:
        return _("A Prefeitura já respondeu.") if manifestation.answered_at else _("Encerrada.")
    left, day = (manifestation.due_on - today).days, whole_day(manifestation.due_on)
    if left < 0:
        late = ngettext(
            "O prazo acabou há %(days)d dia, em %(day)s.", "O prazo acabou há %(days)d dias, em %(day)s.", -left
        )
        complain = _("Você pode cobrar da Ouvidoria: o telefone está no fim desta página.")
        return f"{late % {'days': -left, 'day': day}} {complain}"
    if left == 0:
        return _("A resposta vem até hoje, %s.") % day
    still = ngettext(
        "A resposta vem até %(day)s: falta %(days)d dia.", "A resposta vem até %(day)s: faltam %(days)d dias.", left
    )
    return still % {"days": left, "day": day}
