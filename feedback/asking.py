"""What the ombudsman asks of a body, and what the body does with it (Lei 13.460 art. 16, sole paragraph)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.deadlines import BODY_DAYS
from feedback.inbox import held, longer, move, require
from feedback.models import LONGEST_TEXT, BodyRequest, Manifestation, Movement
from feedback.naming import titles_of
from feedback.reading import Reader
from feedback.refusals import NotYours, WrongOrder, require_reason, require_text
from feedback.roles import ANSWER_AS_BODY, CHANGE

_OPEN = (Manifestation.State.RECEIVED, Manifestation.State.IN_HAND)


@transaction.atomic
def ask_body(manifestation: Manifestation, user: Any, body_id: str, text: str, *, at: datetime) -> BodyRequest:
    """Ask a body for what the answer needs: it has twenty days. Raises ``Refused``."""
    row = held(manifestation)
    require(row, user, CHANGE)
    if row.restricted:
        raise WrongOrder(_("Uma denúncia não é enviada ao órgão: só a Ouvidoria a vê."))
    if row.state not in _OPEN:
        raise WrongOrder(_("Esta manifestação já foi respondida."))
    name = titles_of({body_id}, "secretariat").get(body_id)
    if name is None:
        raise WrongOrder(_("Escolha um órgão."))
    if row.requests.filter(body_id=body_id, answered_at=None).exists():
        raise WrongOrder(_("Este órgão já tem um pedido sem resposta."))
    request = BodyRequest.objects.create(
        manifestation=row,
        body_id=body_id,
        text=require_text(text, LONGEST_TEXT),
        asked_at=at,
        asked_by=user,
        due_on=longer(timezone.localdate(at), BODY_DAYS),
    )
    row.state = Manifestation.State.IN_HAND
    row.save(update_fields=["state"])
    move(row, Movement.Act.ASKED, user, at=at, text=name, public=True)
    return request


@transaction.atomic
def answer_as_body(request: BodyRequest, user: Any, text: str, *, at: datetime) -> Movement:
    """The body's answer to the ombudsman, who writes the one to the person."""
    row, request = _held(request, user)
    request.answer = require_text(text, LONGEST_TEXT)
    request.answered_at, request.answered_by = at, user
    request.save(update_fields=["answer", "answered_at", "answered_by"])
    return move(row, Movement.Act.BODY_ANSWERED, user, at=at, text=_name(request))


@transaction.atomic
def extend_as_body(request: BodyRequest, user: Any, reason: str, *, at: datetime) -> Movement:
    """Twenty days more, once, with a reason, while the first twenty last."""
    row, request = _held(request, user)
    if request.extended_at is not None:
        raise WrongOrder(_("O prazo do órgão já foi prorrogado. A lei permite uma única vez."))
    if timezone.localdate(at) > request.due_on:
        raise WrongOrder(_("O prazo já venceu e não pode mais ser prorrogado. Responda assim que puder."))
    request.extension_reason = require_reason(reason)
    request.extended_at = at
    request.due_on = longer(request.due_on, BODY_DAYS)
    request.save(update_fields=["extended_at", "extension_reason", "due_on"])
    return move(row, Movement.Act.BODY_EXTENDED, user, at=at, text=f"{_name(request)}: {request.extension_reason}")


def _held(request: BodyRequest, user: Any) -> tuple[Manifestation, BodyRequest]:
    row = held(request.manifestation)
    request = BodyRequest.objects.select_for_update().get(pk=request.pk)
    if row.restricted or not Reader.of(user).may(ANSWER_AS_BODY, request.body_id):
        raise NotYours
    if request.answered_at is not None:
        raise WrongOrder(_("Este pedido já foi respondido."))
    if row.state not in _OPEN:
        raise WrongOrder(_("A Ouvidoria já respondeu a esta manifestação."))
    return row, request


def _name(request: BodyRequest) -> str:
    return titles_of({request.body_id}, "secretariat").get(request.body_id, request.body_id)
