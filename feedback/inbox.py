"""What the ombudsman does with a manifestation: each act checked, in one transaction, a movement in its history.

Each raises a ``Refused`` whose sentence says why not: ``NotYours``, ``WrongOrder``, ``Unsaid``.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback import configured
from feedback.deadlines import ANSWER_DAYS, last_day
from feedback.manifestations.contacts import open_contact
from feedback.models import LONGEST_TEXT, Manifestation, Movement
from feedback.naming import titles_of
from feedback.reading import Reader
from feedback.refusals import NotYours, WrongOrder, require_reason, require_text
from feedback.roles import ANSWER, CHANGE
from services.neighbours import the_city

_OPEN = (Manifestation.State.RECEIVED, Manifestation.State.IN_HAND)


def held(manifestation: Manifestation) -> Manifestation:
    """It as it is now, locked until the transaction ends."""
    return Manifestation.objects.select_for_update().get(pk=manifestation.pk)


def move(
    manifestation: Manifestation, act: str, by: Any, *, at: datetime, text: str = "", public: bool = False
) -> Movement:
    """Enter a step in a manifestation's history."""
    return Movement.objects.create(manifestation=manifestation, act=act, by=by, at=at, text=text, public=public)


def longer(starts: date, days: int) -> date:
    """So many days later, by the city's calendar and the rule that the installation chose."""
    return last_day(starts, days, city=the_city(), next_working_day=configured.next_working_day())


def require(manifestation: Manifestation, user: Any, codename: str) -> None:
    """Whether an act on it is somebody's, for the whole city. Raises ``NotYours``."""
    reader = Reader.of(user)
    if not reader.may_everywhere(codename) or (manifestation.restricted and not reader.sees_restricted):
        raise NotYours


def _require_open(manifestation: Manifestation) -> None:
    if manifestation.state == Manifestation.State.CLOSED:
        raise WrongOrder(_("Esta manifestação está encerrada."))


def _take_in_hand(manifestation: Manifestation) -> None:
    if manifestation.state == Manifestation.State.RECEIVED:
        manifestation.state = Manifestation.State.IN_HAND


@transaction.atomic
def classify(
    manifestation: Manifestation,
    user: Any,
    *,
    at: datetime,
    kind: str | None = None,
    service_id: str | None = None,
    body_id: str | None = None,
) -> Movement:
    """Say what it is, of which service, and whose to answer; ``None`` leaves a value as it is.

    One that becomes a denunciation leaves the sight of bodies at once, whatever they were asked.
    """
    row = held(manifestation)
    require(row, user, CHANGE)
    _require_open(row)
    kind = row.kind if kind is None else kind
    service_id = row.service_id if service_id is None else service_id
    body_id = row.body_id if body_id is None else body_id
    names = titles_of({service_id, body_id}, "service", "secretariat")
    if kind not in Manifestation.Kind.values or not {service_id, body_id} - {"", row.service_id, row.body_id} <= set(
        names
    ):
        raise WrongOrder(_("Escolha um tipo, um serviço e um órgão que existam."))
    row.kind, row.service_id, row.body_id = kind, service_id, body_id
    _take_in_hand(row)
    row.save(update_fields=["kind", "service_id", "body_id", "state"])
    told = [row.get_kind_display(), names.get(service_id, service_id), names.get(body_id, body_id)]
    return move(row, Movement.Act.CLASSIFIED, user, at=at, text=" · ".join(str(each) for each in told if each))


@transaction.atomic
def assign(manifestation: Manifestation, user: Any, person: Any, *, at: datetime) -> Movement:
    """Give it to somebody who may answer it, or with ``None`` to nobody."""
    row = held(manifestation)
    require(row, user, CHANGE)
    _require_open(row)
    if person is not None:
        reader = Reader.of(person)
        if not reader.may_everywhere(ANSWER) or (row.restricted and not reader.sees_restricted):
            raise WrongOrder(_("Esta pessoa não responde a manifestações."))
    row.assigned_to = person
    _take_in_hand(row)
    row.save(update_fields=["assigned_to", "state"])
    name = (person.get_full_name() or person.get_username()) if person is not None else _("ninguém")
    return move(row, Movement.Act.ASSIGNED, user, at=at, text=name)


@transaction.atomic
def extend(manifestation: Manifestation, user: Any, reason: str, *, at: datetime) -> Movement:
    """Thirty days more, once, with a reason that the person reads (Lei 13.460 art. 16).

    They begin where the first thirty end, and not after those have passed: an extension tells in time.
    """
    row = held(manifestation)
    require(row, user, ANSWER)
    if row.state not in _OPEN:
        raise WrongOrder(_("Só se prorroga o prazo do que ainda não foi respondido."))
    if row.extended_at is not None:
        raise WrongOrder(_("O prazo já foi prorrogado. A lei permite uma única vez."))
    if timezone.localdate(at) > row.due_on:
        raise WrongOrder(_("O prazo já venceu e não pode mais ser prorrogado. Responda assim que puder."))
    row.extension_reason = require_reason(reason)
    row.extended_at = at
    row.due_on = longer(row.due_on, ANSWER_DAYS)
    _take_in_hand(row)
    row.save(update_fields=["extended_at", "extension_reason", "due_on", "state"])
    return move(row, Movement.Act.EXTENDED, user, at=at, text=row.extension_reason, public=True)


@transaction.atomic
def note(manifestation: Manifestation, user: Any, text: str, *, at: datetime) -> Movement:
    """A remark that only those who see all manifestations read."""
    row = held(manifestation)
    require(row, user, CHANGE)
    return move(row, Movement.Act.NOTED, user, at=at, text=require_text(text, LONGEST_TEXT))


@transaction.atomic
def answer(manifestation: Manifestation, user: Any, text: str, *, at: datetime) -> Movement:
    """Answer the person (art. 12, sole paragraph, IV). When the first answer came is kept."""
    row = held(manifestation)
    require(row, user, ANSWER)
    _require_open(row)
    row.answer = require_text(text, LONGEST_TEXT)
    row.answered_at = at
    row.first_answered_at = row.first_answered_at or at
    row.state = Manifestation.State.ANSWERED
    row.save(update_fields=["answer", "answered_at", "first_answered_at", "state"])
    return move(row, Movement.Act.ANSWERED, user, at=at, text=row.answer, public=True)


@transaction.atomic
def close(manifestation: Manifestation, user: Any, *, at: datetime) -> Movement:
    """End it. What was not answered is not closed: a manifestation is owed an answer (art. 12)."""
    row = held(manifestation)
    require(row, user, ANSWER)
    _require_open(row)
    if row.state != Manifestation.State.ANSWERED:
        raise WrongOrder(_("Responda antes de encerrar: toda manifestação tem direito a uma resposta."))
    row.state, row.closed_at = Manifestation.State.CLOSED, at
    row.save(update_fields=["state", "closed_at"])
    return move(row, Movement.Act.CLOSED, user, at=at, public=True)


@transaction.atomic
def see_contact(manifestation: Manifestation, user: Any, *, at: datetime) -> dict[str, str]:
    """Who brought it, for Ouvidoria alone; that it was looked up stays in the history (art. 10 § 7)."""
    row = held(manifestation)
    if not Reader.of(user).sees_restricted:
        raise NotYours
    if not hasattr(row, "contact"):
        raise WrongOrder(_("Esta pessoa não deixou contato."))
    move(row, Movement.Act.CONTACT_SEEN, user, at=at)
    return open_contact(row)
