"""What a person may do with what they brought: say whether it was solved, open it again, have a copy, erase it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from feedback.manifestations import contacts
from feedback.manifestations.attachments import drop_files
from feedback.manifestations.receiving import due_on
from feedback.models import Contact, Manifestation, Movement
from services.neighbours import the_city

State, Act = Manifestation.State, Movement.Act
#: After an answer: who says nothing for so long is content with it.
REOPENED_WITHIN = timedelta(days=30)


def may_reopen(manifestation: Manifestation, *, at: datetime) -> bool:
    """Whether it was answered, and not too long ago."""
    answered = manifestation.answered_at
    return manifestation.state == State.ANSWERED and answered is not None and at - answered <= REOPENED_WITHIN


def may_judge(manifestation: Manifestation) -> bool:
    """Whether there is an answer of which to say if it solved anything."""
    return bool(manifestation.answered_at) and manifestation.state in {State.ANSWERED, State.CLOSED}


def say_resolved(protocol: str, resolved: str, *, at: datetime) -> bool:
    """Note whether the answer solved it; whether that was for saying."""
    if resolved not in Manifestation.Resolved.values:
        return False
    with transaction.atomic():
        found = _locked(protocol)
        if not may_judge(found):
            return False
        if found.resolved != resolved:
            found.resolved = resolved
            found.save(update_fields=["resolved"])
            _note(found, Act.SAID_RESOLVED, at, str(Manifestation.Resolved(resolved).label))
    return True


def reopen(protocol: str, text: str, *, at: datetime) -> bool:
    """Put an answered one before the city again, with a deadline as at first; whether that could be."""
    text = text.replace("\x00", "").strip()
    with transaction.atomic():
        found = _locked(protocol)
        if not text or not may_reopen(found, at=at):
            return False
        found.state, found.reopened_at = State.IN_HAND, at
        found.due_on = due_on(at, city=the_city())
        found.save(update_fields=["state", "reopened_at", "due_on"])
        _note(found, Act.REOPENED, at, text)
    return True


def erase(protocol: str, *, at: datetime) -> None:
    """Take away what was said, who said it and every file (LGPD art. 18 VI); that it was said is still counted.

    What quotes it goes with it: answers, notes, what bodies were asked.
    """
    with transaction.atomic():
        found = _locked(protocol)
        if found.erased_at is not None:
            return
        found.text = found.answer = found.extension_reason = ""
        found.erased_at, found.closed_at, found.state = at, found.closed_at or at, State.CLOSED
        found.doubtful = False
        found.save()
        Contact.objects.filter(manifestation=found).delete()
        drop_files(found)
        found.movements.update(text="")
        found.requests.update(text="", answer="", extension_reason="")
        _note(found, Act.ERASED, at)


def copy_of(manifestation: Manifestation) -> dict[str, Any]:
    """All that is kept of it, as plain values (LGPD art. 18 II and V); of work inside the city, what and when."""
    who = contacts.opened(manifestation)
    return {
        "protocol": manifestation.protocol,
        "kind": manifestation.kind,
        "text": manifestation.text,
        "service_id": manifestation.service_id,
        "unit_id": manifestation.unit_id,
        "body_id": manifestation.body_id,
        "page_version": manifestation.version,
        "language": manifestation.locale,
        "way": manifestation.way,
        "written_down_by_the_city": manifestation.taken_by_id is not None,
        "received_at": manifestation.received_at,
        "marked_to_be_checked": manifestation.doubtful,
        "state": manifestation.state,
        "answer_until": manifestation.due_on,
        "extended_at": manifestation.extended_at,
        "extension_reason": manifestation.extension_reason,
        "answer": manifestation.answer,
        "first_answered_at": manifestation.first_answered_at,
        "answered_at": manifestation.answered_at,
        "resolved": manifestation.resolved,
        "reopened_at": manifestation.reopened_at,
        "closed_at": manifestation.closed_at,
        "erased_at": manifestation.erased_at,
        "contact": {"name": who.name, "email": who.email, "phone": who.phone, "address": who.address} if who else None,
        "movements": [
            {"act": each.act, "at": each.at, "text": each.text if each.public else None}
            for each in manifestation.movements.all()
        ],
        "asked_of_bodies": [
            {"body_id": each.body_id, "asked_at": each.asked_at, "until": each.due_on, "answered_at": each.answered_at}
            for each in manifestation.requests.all()
        ],
    }


def _locked(protocol: str) -> Manifestation:
    return Manifestation.objects.select_for_update().get(protocol=protocol)


def _note(manifestation: Manifestation, act: str, at: datetime, text: str = "") -> None:
    Movement.objects.create(manifestation=manifestation, act=act, at=at, text=text, public=True)
