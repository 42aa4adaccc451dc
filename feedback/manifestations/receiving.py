"""The one way in for a manifestation: from the portal, and written down by the ombudsman's office.

Its receipt is never refused (Lei 13.460 art. 11): what is missing, sent too often or filled in by a program is kept
and marked. Motives are never asked (art. 10 §2), and nobody has to say who they are.
"""

import logging
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from feedback import configured
from feedback.deadlines import ANSWER_DAYS, last_day
from feedback.manifestations import contacts
from feedback.manifestations.attachments import Clean, Refused, attach, checked
from feedback.manifestations.secret_letters import digest_of, kept_token, secret_for
from feedback.models import LONGEST_TEXT, Manifestation, Movement
from services.languages import source_locale
from services.models.published import PublishedRecord
from services.neighbours import the_city
from services.passing_names import DAY, count_of
from services.record import City, Service, from_json
from services.timing import timezone_of

logger = logging.getLogger(__name__)

#: From one place in a day; those beyond are looked at with care: a family, a queue at a counter's computer.
MOST_OF_A_DAY = 10
_PROTOCOLS_TRIED = 20


@dataclass(frozen=True)
class Brought:
    """What a person brought. ``token`` is the same when the same is sent again; every other part may be missing."""

    token: uuid.UUID
    kind: str = ""
    text: str = ""
    service_id: str = ""
    version: str = ""
    locale: str = ""
    way: str = Manifestation.Way.PORTAL
    contact: contacts.Who = contacts.NOBODY
    files: Sequence["UploadedFile[Any]"] = field(default_factory=tuple)
    #: Whether that is all that was sent: of too much at once not everything is read.
    whole: bool = True


@dataclass(frozen=True)
class Receipt:
    """What the person takes with them: the secret is kept nowhere else."""

    manifestation: Manifestation
    secret: str


def receive(
    brought: Brought, *, at: datetime, place: str = "", by_program: bool = False, taken_by: Any = None
) -> Receipt:
    """Keep a manifestation; one that was kept already stays as it was, and its receipt is given again.

    ``place`` is a passing name of where it came from, ``""`` at a counter; ``taken_by`` who wrote it down.
    """
    token = _token_of(brought)
    secret = secret_for(token)
    kept = Manifestation.objects.filter(token=kept_token(token)).first()
    if kept is not None:
        return Receipt(kept, secret)
    flood = bool(place) and count_of(f"manifestation-{place}", seconds=DAY) > MOST_OF_A_DAY
    city = the_city()
    manifestation = _made(brought, at=at, city=city)
    manifestation.token = kept_token(token)
    manifestation.taken_by = taken_by
    manifestation.doubtful = manifestation.doubtful or flood or by_program
    files, refused = checked(brought.files)
    if not brought.whole:
        refused.append(Refused(_("O que você enviou"), _("não foi lido por inteiro. Se faltou algo, envie de novo.")))
    for _again in range(_PROTOCOLS_TRIED):
        manifestation.protocol = f"{at.astimezone(timezone_of(city)).year}.{secrets.randbelow(10**8):08}"
        manifestation.secret_digest = digest_of(secret, protocol=manifestation.protocol)
        try:
            with transaction.atomic():
                manifestation.save()
                _complete(manifestation, brought.contact, files, refused)
        except IntegrityError:
            manifestation.pk = None
            # Either the second tap was answered by another thread, or that number was given before.
            kept = Manifestation.objects.filter(token=manifestation.token).first()
            if kept is not None:
                return Receipt(kept, secret)
        else:
            return Receipt(manifestation, secret)
    raise RuntimeError("no protocol is free")


def due_on(at: datetime, *, city: City | None) -> Any:
    """The day until which what comes in at a moment is to be answered (art. 16)."""
    today = at.astimezone(timezone_of(city)).date()
    return last_day(today, ANSWER_DAYS, city=city, next_working_day=configured.next_working_day())


def _token_of(brought: Brought) -> uuid.UUID:
    """Of a form that was filled in anew after the back button, another one: only the same, said again, is the same."""
    who = brought.contact
    said = (brought.kind, brought.text, brought.service_id, brought.way, who.name, who.email, who.phone, who.address)
    return uuid.uuid5(brought.token, "\x1f".join([*said, *(str(file.name) for file in brought.files)]))


def _made(brought: Brought, *, at: datetime, city: City | None) -> Manifestation:
    # No database keeps the first, and no person types it; a new line is one letter in a form, and two on the way.
    text = brought.text.replace("\x00", "").replace("\r\n", "\n").strip()
    known = brought.kind in Manifestation.Kind.values
    service = _service(brought.service_id)
    whole = brought.whole and known and bool(text or brought.files) and len(text) <= LONGEST_TEXT
    return Manifestation(
        # Until the ombudsman's office has read it, only they see what may be a denunciation.
        kind=brought.kind if known else Manifestation.Kind.DENUNCIATION,
        text=text,
        service_id=service.id if service else "",
        body_id=service.secretariat.id if service and service.secretariat else "",
        version=brought.version.replace("\x00", "")[:32] if service else "",
        locale=brought.locale or source_locale(),
        way=brought.way if brought.way in Manifestation.Way.values else Manifestation.Way.PORTAL,
        received_at=at,
        due_on=due_on(at, city=city),
        doubtful=not whole or bool(brought.service_id and service is None),
    )


def _complete(
    manifestation: Manifestation, contact: contacts.Who, files: Sequence[Clean], refused: Sequence[Refused]
) -> None:
    attach(manifestation, files)
    if contact != contacts.NOBODY and not contacts.seal(manifestation, contact):
        logger.error("A contact was not kept: CONECTA_CONTACT_KEYS is not set.")
    Movement.objects.create(
        manifestation=manifestation,
        act=Movement.Act.RECEIVED,
        at=manifestation.received_at,
        by=manifestation.taken_by,
        public=True,
        text="\n".join(f"{each.name} {each.why}" for each in refused),
    )


def _service(record_id: str) -> Service | None:
    rows = PublishedRecord.objects.public().filter(kind="service", entry_id=record_id[:10], locale=source_locale())
    body = rows.values_list("body", flat=True).first() if record_id and "\x00" not in record_id else None
    record = from_json(body) if body else None
    return record if isinstance(record, Service) else None
