"""“Virou mudança”: which version of which page came of what somebody said, in a sentence for everybody."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from feedback.inbox import held, move
from feedback.models import Improvement, Manifestation, Movement, Rating
from feedback.reading import Reader
from feedback.refusals import NotYours, WrongOrder, require_reason
from feedback.roles import NOTE_IMPROVEMENT
from services.languages import source_locale
from services.models.published import PublishedVersion

#: Versions from which one chooses.
OFFERED = 20
_LONGEST = 300


def improvements_of(entry: Any) -> "QuerySet[Improvement]":
    """What changed in an entry (anything with ``kind`` and ``id``: a record, a ``Ref``), the newest first."""
    return Improvement.objects.filter(kind=entry.kind, entry_id=entry.id)


def since(moment: datetime) -> "QuerySet[Improvement]":
    """What changed anywhere from a moment on, the newest first."""
    return Improvement.objects.filter(at__gte=moment)


def versions_after(said: Manifestation | Rating) -> "QuerySet[PublishedVersion]":
    """Versions of the service and the body that were published after it was said, the newest first."""
    ids = [entry_id for entry_id in (said.service_id, said.body_id) if entry_id]
    rows = PublishedVersion.objects.filter(
        record__entry_id__in=ids,
        record__kind__in=["service", "secretariat"],
        record__locale=source_locale(),
        published_at__gt=said.received_at,
        deleted=False,
    )
    return rows.select_related("record").defer("body", "record__body").order_by("-sequence")


@transaction.atomic
def note_change(said: Manifestation | Rating, user: Any, *, sequence: int, sentence: str, at: datetime) -> Improvement:
    """Say that a version came of it. Raises ``Refused``."""
    reader = Reader.of(user)
    visible: QuerySet[Any] = reader.manifestations() if isinstance(said, Manifestation) else reader.comments()
    if not reader.may(NOTE_IMPROVEMENT, said.body_id) or not visible.filter(pk=said.pk).exists():
        raise NotYours
    version = versions_after(said).filter(sequence=sequence).first()
    if version is None:
        raise WrongOrder(_("Escolha uma publicação que veio depois do que a pessoa disse."))
    told = require_reason(sentence)[:_LONGEST]
    improvement = Improvement(
        kind=version.record.kind,
        entry_id=version.record.entry_id,
        sequence=version.sequence,
        revision_id=version.revision_id,
        sentence=told,
        by=user,
        at=at,
    )
    if isinstance(said, Manifestation):
        improvement.manifestation = held(said)
        move(said, Movement.Act.CHANGED, user, at=at, text=told, public=True)
    else:
        improvement.rating = said
    improvement.save()
    return improvement
