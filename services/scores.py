"""The scores of entries, kept with each revision so that lists and reports need not judge anything."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from wagtail.models import Locale, Page

from services import completeness
from services.assessment import is_assessed
from services.completeness import Gap, score_of
from services.gate import gaps_of
from services.languages import source_locale
from services.mapping import locale_of
from services.models import ENTRY_MODELS, EntryScore, PublishedRecord, SecretariatPage
from services.record import from_json

#: Entries whose score is made new in one run of the worker's duty; the rest wait for the next.
AT_ONCE = 500


def score_row(kind: str, entry_id: str, found: Iterable[Gap]) -> EntryScore:
    """The row of an entry with these gaps, not saved."""
    gaps = list(found)
    return EntryScore(
        kind=kind,
        entry_id=entry_id,
        percent=score_of(kind, gaps).percent,
        required_gaps=len(completeness.required(gaps)),
        gaps="".join(f" {gap.rule.key}" for gap in gaps) + " " if gaps else "",
    )


def keep_score(entry: Any) -> None:
    """Write the score of an entry as it stands, saved or not. Translations and aliases have none of their own."""
    if not is_assessed(type(entry)) or locale_of(entry) != source_locale() or getattr(entry, "alias_of_id", None):
        return
    keep_scores([score_row(entry.kind, entry.record_id, gaps_of(entry))])


def keep_scores(scores: Iterable[EntryScore]) -> None:
    """Write rows over those that are there."""
    EntryScore.objects.bulk_create(
        scores,
        update_conflicts=True,
        unique_fields=["kind", "entry_id"],
        update_fields=["percent", "required_gaps", "gaps", "assessed_at"],
    )


def drop_score(entry: Any) -> None:
    """Forget an entry that is gone; of one that only lost a translation the score stays."""
    if is_assessed(type(entry)) and locale_of(entry) == source_locale() and not getattr(entry, "alias_of_id", None):
        EntryScore.objects.filter(kind=entry.kind, entry_id=entry.record_id).delete()


def renew_scores(_at: datetime) -> int:
    """Judge again what was never judged, or before the promises above it changed; how many, ``AT_ONCE`` at most.

    An entry that is saved is judged then; the commitments of a body or of the city change hundreds of others.
    """
    done = 0
    for entry in _stale():
        if done == AT_ONCE:
            break
        keep_score(entry.get_latest_revision_as_object())
        done += 1
    return done + _renew_public(AT_ONCE - done)


def _stale() -> Iterator[Any]:
    changed = dict(
        PublishedRecord.objects.public()
        .filter(kind__in=("secretariat", "city"), locale=source_locale())
        .values_list("entry_id", "changed_at")
    )
    city = max(PublishedRecord.objects.public().filter(kind="city").values_list("changed_at", flat=True), default=None)
    for body in SecretariatPage.objects.filter(locale=Locale.get_default(), alias_of=None):
        since = max((moment for moment in (changed.get(body.record_id), city) if moment), default=None)
        yield from _unjudged("service", since).child_of(body)
    for kind, model in ENTRY_MODELS.items():
        if kind != "service" and is_assessed(model):
            yield from _unjudged(kind, city if kind == "secretariat" else None)


def _unjudged(kind: str, since: datetime | None) -> Any:
    """The entries of a kind without a score, or with one from before a moment."""
    model: Any = ENTRY_MODELS[kind]
    judged = EntryScore.objects.filter(kind=kind, entry_id=OuterRef("record_id"))
    if since is not None:
        judged = judged.filter(assessed_at__gte=since)
    entries = model._default_manager.filter(~Exists(judged), locale=Locale.get_default())
    return entries.filter(alias_of=None) if issubclass(model, Page) else entries


def _renew_public(limit: int) -> int:
    """Count what is public of rows that were written before it was counted."""
    uncounted = list(PublishedRecord.objects.public().filter(percent=None)[: max(limit, 0)])
    for row in uncounted:
        row.percent = completeness.score(from_json(row.body)).percent
    PublishedRecord.objects.bulk_update(uncounted, ["percent"])
    return len(uncounted)
