"""How a deadline is told: in words, and in a tone that a colour may go with."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: Days before the last from which a deadline presses.
SOON = 5


@dataclass(frozen=True)
class Told:
    """A deadline as people say it."""

    text: str
    tone: Literal["overdue", "soon", "calm", "done"]


def told(due_on: date, today: date, *, answered_on: date | None = None) -> Told:
    """Of what is owed on a day, as of today, or as of the day on which it was answered."""
    if answered_on is not None:
        late = (answered_on - due_on).days
        if late <= 0:
            return Told(_("respondida no prazo"), "done")
        text = ngettext("respondida com %d dia de atraso", "respondida com %d dias de atraso", late) % late
        return Told(text, "done")
    left = (due_on - today).days
    if left < 0:
        return Told(ngettext("venceu há %d dia", "venceu há %d dias", -left) % -left, "overdue")
    if left == 0:
        return Told(_("vence hoje"), "soon")
    text = ngettext("vence em %d dia", "vence em %d dias", left) % left
    return Told(text, "soon" if left <= SOON else "calm")
