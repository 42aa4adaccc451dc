"""The one way in for an answer to a consultation. Nothing is refused for coming too often: it is set aside."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from feedback.models import LONGEST_ANSWER, ConsultationAnswer, ConsultationPage
from services.passing_names import DAY, count_of

#: Answers to one consultation that one place may give in a day and be counted: a family, a telecentre.
MOST_OF_ONE_PLACE = 5


class NotAnswered(ValueError):
    """What was sent is no answer to this; the text says what is wrong: ``closed``, ``option``, ``text``, ``empty``."""


@dataclass(frozen=True)
class Given:
    """What a person answered. ``token`` is the same when the same answer is sent again."""

    token: uuid.UUID
    locale: str
    option: str = ""
    text: str = ""


def answer(
    consultation: ConsultationPage, given: Given, *, at: datetime, place: str, by_program: bool = False
) -> ConsultationAnswer:
    """Keep an answer; one that was kept already stays as it was. ``place``: a passing name. Raises ``NotAnswered``."""
    kept = ConsultationAnswer.objects.filter(token=given.token).first()
    if kept is not None:
        return kept
    _check(consultation, given, at=at)
    new = ConsultationAnswer(
        token=given.token,
        consultation_id=consultation.record_id,
        option=given.option,
        text=given.text.strip(),
        locale=given.locale,
        received_at=at,
        set_aside=by_program or _is_burst(place, consultation.record_id),
    )
    try:
        with transaction.atomic():
            new.save()
    except IntegrityError:
        # The second tap was answered by another thread.
        return ConsultationAnswer.objects.get(token=given.token)
    return new


def _check(consultation: ConsultationPage, given: Given, *, at: datetime) -> None:
    if consultation.state(timezone.localdate(at)) != "open":
        raise NotAnswered("closed")
    if given.option and (not consultation.takes_options or given.option not in ConsultationAnswer.Option.values):
        raise NotAnswered("option")
    text = given.text.strip()
    if text and (not consultation.takes_text or len(text) > LONGEST_ANSWER or "\x00" in text):
        raise NotAnswered("text")
    if not given.option and not text:
        raise NotAnswered("empty")


def _is_burst(place: str, consultation_id: str) -> bool:
    return bool(place) and count_of(f"consultation-{place}-{consultation_id}", seconds=DAY) > MOST_OF_ONE_PLACE
