"""Who left an e-mail address is told that there is something to read: an answer, a longer deadline (arts. 12 and 16).

The mail holds the protocol and where to read, and nothing of what was said: a mailbox may be shared. Its address is
opened for this alone, and shown to nobody.
"""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from feedback.manifestations.contacts import opened
from feedback.models import Movement
from services.telling import admin_address, send

#: What is older is no news: a site that could not send for so long does not begin with it.
_NEWS_FOR = timedelta(days=7)
#: A mail that was begun and not sent for so long was a worker's that is no more.
_ABANDONED = timedelta(minutes=15)
_TOLD = (Movement.Act.ANSWERED, Movement.Act.EXTENDED)


def tell_people(at: datetime) -> int:
    """Send the mails that are due; how many went out. What did not is tried again."""
    untold = Movement.objects.filter(act__in=_TOLD, public=True, mailed_at=None, at__gt=at - _NEWS_FOR)
    waiting = untold.filter(
        Q(mail_begun_at=None) | Q(mail_begun_at__lt=at - _ABANDONED), manifestation__contact__isnull=False
    )
    sent = 0
    for movement in waiting.select_related("manifestation").order_by("at", "pk"):
        free = Movement.objects.filter(pk=movement.pk, mail_begun_at=movement.mail_begun_at, mailed_at=None)
        # Of two workers one has it.
        if free.update(mail_begun_at=at) and _tell(movement):
            Movement.objects.filter(pk=movement.pk).update(mailed_at=at)
            sent += 1
    return sent


def _tell(movement: Movement) -> bool:
    who = opened(movement.manifestation)
    try:
        validate_email(who.email if who else "")
    except ValidationError:
        return False
    assert who is not None  # noqa: S101 - nobody has no address
    with translation.override(movement.manifestation.locale):
        subject, text = _mail(movement)
    return send(who.email, subject, text, reference=f"manifestacao-{movement.pk}")


def _mail(movement: Movement) -> tuple[str, str]:
    protocol = movement.manifestation.protocol
    if movement.act == Movement.Act.EXTENDED:
        subject = _("Protocolo %(protocol)s: o prazo da resposta mudou") % {"protocol": protocol}
        said = _(
            "A Ouvidoria precisa de mais tempo para responder. O motivo e o novo prazo estão na página do protocolo."
        )
    else:
        subject = _("Protocolo %(protocol)s: há uma resposta para você") % {"protocol": protocol}
        said = _("A Ouvidoria respondeu à sua manifestação.")
    lines = [
        _("Olá."),
        "",
        said,
        "",
        _("Para ler, abra o endereço abaixo e informe o protocolo %(protocol)s e o código que você recebeu com ele:")
        % {"protocol": protocol},
        admin_address(reverse("conecta_feedback:follow")),
        "",
        _("Perdeu o código? Fale com a Ouvidoria e diga o protocolo."),
        "",
        _("Esta mensagem é automática e não recebe respostas."),
    ]
    return subject, "\n".join(lines) + "\n"
