"""The transaction that publishes: counter first, then pages, then records, versions and links.

``publishing()`` opens it. Whatever is marked inside is projected once, at its end: the
entries are read again as they stand, in every language, and what is public is made equal.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction, TranslatableMixin

from services import changes
from services.completing import complete
from services.heads import Heads
from services.languages import source_locale
from services.mapping import locale_of, own_record
from services.models import (
    ENTRY_MODELS,
    LogHead,
    ProjectAgain,
    PublishedEntry,
    PublishedPage,
    PublishedRecord,
    PublishedVersion,
    RecordLink,
    Sourced,
)
from services.record import SCHEMA, City, Entry, Question, Secretariat, etag_of, from_json, to_json
from services.references import references, text_links, translated

#: Dependents projected in the same transaction; what is beyond is the worker's.
FAN_OUT = 200

#: First part of the address of entries that are no pages.
PREFIXES = {
    "unit": "unidades",
    "form": "formularios",
    "topic": "temas",
    "audience": "publicos",
    "life_event": "momentos",
    "district": "distritos",
}

EntryId = tuple[str, str]
_pending: ContextVar[dict[EntryId, None] | None] = ContextVar("conecta_pending", default=None)
_gate_open: ContextVar[bool] = ContextVar("conecta_gate_open", default=False)


@contextmanager
def gate_opened() -> Iterator[None]:
    """Let incomplete content through, for an import that was asked to publish a corpus as it is."""
    token = _gate_open.set(True)
    try:
        yield
    finally:
        _gate_open.reset(token)


def gate_is_open() -> bool:
    """Whether incomplete content may go public here."""
    return _gate_open.get()


@contextmanager
def publishing() -> Iterator[None]:
    """A transaction that may change what is public. Nested ones join the outermost.

    Raises ``PublishingBusy`` if another publisher holds the log for too long.
    """
    if _pending.get() is not None:
        yield
        return
    with transaction.atomic():
        LogHead.lock()
        token = _pending.set({})
        try:
            yield
            _flush()
        finally:
            _pending.reset(token)


def mark(kind: str, entry_id: str) -> None:
    """Note that what is public of an entry may have changed."""
    with publishing():
        pending = _pending.get()
        if pending is not None:
            pending[kind, entry_id] = None


def _flush() -> None:
    pending = _pending.get() or {}
    while pending:
        entry = next(iter(pending))
        del pending[entry]
        for dependent in project(*entry):
            pending[dependent] = None


@dataclass(frozen=True)
class NewEntry:
    """A live entry that was created in bulk: its own record, its address, its revision."""

    own: Entry
    url: str
    revision_id: int | None


@dataclass(frozen=True)
class Difference:
    """Where the read model is not what the pages say."""

    kind: str
    entry_id: str
    locale: str
    problem: str


def wanted(kind: str, entry_id: str) -> dict[str, tuple[Entry, Entry, int | None]]:
    """What should be public of an entry: by locale its own record, the complete one, and the live revision."""
    model = ENTRY_MODELS[kind]
    rows = model._default_manager.filter(record_id=entry_id)
    if issubclass(model, TranslatableMixin):
        rows = rows.select_related("locale")
    entries = {locale_of(entry): entry for entry in rows}
    source = entries.pop(source_locale(), None)
    if source is None or not is_public(source):
        return {}
    own = own_record(source)
    found = {source_locale(): _completed(source, own)}
    for entry in entries.values():
        texts = _approved_texts(entry)
        if texts is not None:
            found[locale_of(entry)] = _completed(entry, translated(own, texts))
    return {locale: entry for locale, entry in found.items() if entry[1].url or kind not in _ADDRESSED}


_ADDRESSED = frozenset({"service", "procedure", "secretariat", "information"})


def _completed(entry: Any, own: Entry) -> tuple[Entry, Entry, int | None]:
    heads = Heads(locale_of(entry))
    return own, complete(own, url=address(entry), heads=heads), getattr(entry, "live_revision_id", None)


def _approved_texts(entry: Any) -> Entry | None:
    """The record of a translation as it was approved; the row itself may hold newer, unapproved text."""
    if not is_public(entry) or entry.live_revision_id is None:
        return None
    if entry.live_revision.object_id != str(entry.pk):
        return None  # an alias made independent carries the source's revision, in the source's language
    return own_record(entry.live_revision.as_object())


def is_public(entry: Sourced) -> bool:
    """Whether an entry may have a record: live, no alias, behind no view restriction."""
    if isinstance(entry, PublishedPage):
        return bool(entry.live) and entry.alias_of_id is None and not is_restricted(entry)
    if isinstance(entry, PublishedEntry):
        return bool(entry.live)
    return bool(entry.title)  # type: ignore[attr-defined]


def is_restricted(page: PublishedPage) -> bool:
    """Whether the page or one above it asks visitors for a password, login or group."""
    paths = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    return bool(PageViewRestriction.objects.filter(page__path__in=paths).exists())


def address(entry: Any) -> str:
    """The path of an entry's page in its language, ``""`` if it has none."""
    with translation.override(locale_of(entry)):
        if isinstance(entry, PublishedPage):
            parts = entry.get_url_parts()
            return parts[2] if parts else ""
        if entry.kind in PREFIXES:
            return reverse("wagtail_serve", args=[f"{PREFIXES[entry.kind]}/{entry.slug}/"])
    return ""


def project(kind: str, entry_id: str) -> list[EntryId]:
    """Make what is public of an entry equal to what it says, in every language.

    Inside ``publishing()``. Returns the entries that embed what changed.
    """
    target = wanted(kind, entry_id)
    heads = {head.locale: head for head in PublishedRecord.objects.filter(kind=kind, entry_id=entry_id)}
    now = timezone.now()
    shared_changed = False
    for locale in target.keys() | heads.keys():
        head = heads.get(locale)
        if locale in target:
            own, record, revision_id = target[locale]
            shared_changed |= _put(head, locale, own, record, revision_id, now)
        elif head is not None and not head.deleted:
            _bury(head, now)
            shared_changed = True
    return dependents(kind, entry_id) if shared_changed else []


def _put(
    head: PublishedRecord | None, locale: str, own: Entry, record: Entry, revision_id: int | None, now: datetime
) -> bool:
    """Write a head if it differs; whether what others embed of it changed."""
    body = to_json(record)
    etag = etag_of(body)
    if head is not None and not head.deleted and head.etag == etag:
        if head.schema != SCHEMA:
            PublishedRecord.objects.filter(pk=head.pk).update(schema=SCHEMA)
        _put_links(head, own)
        return False
    before = _shared(head)
    head = head or PublishedRecord(kind=record.kind, entry_id=record.id, locale=locale, published_at=now)
    if head.deleted:
        head.published_at = now
    fill_head(head, record, body, etag, sequence=LogHead.take(1), now=now)
    head.save()
    PublishedVersion.objects.create(
        record=head, sequence=head.sequence, etag=etag, body=body, published_at=now, revision_id=revision_id
    )
    _put_links(head, own)
    transaction.on_commit(changes.nudge_followers, robust=True)
    return before != shared_of(record)


def publish_new(entries: Sequence[NewEntry], heads: Heads) -> None:
    """Write the records of entries that were just created in bulk, all in the source language.

    Inside ``publishing()``. The same as ``project`` on each, in a handful of queries.
    """
    if not entries:
        return
    now = timezone.now()
    locale = source_locale()
    kind = entries[0].own.kind
    ids = [entry.own.id for entry in entries]
    heads.load(ref for entry in entries for _relation, ref in references(entry.own))
    before = {h.entry_id: h for h in PublishedRecord.objects.filter(kind=kind, entry_id__in=ids, locale=locale)}
    number = LogHead.take(len(entries))
    rows, bodies = [], []
    for sequence, entry in enumerate(entries, start=number):
        record = complete(entry.own, url=entry.url, heads=heads)
        body = to_json(record)
        row = before.get(record.id) or PublishedRecord(kind=kind, entry_id=record.id, locale=locale)
        row.published_at = now
        fill_head(row, record, body, etag_of(body), sequence=sequence, now=now)
        rows.append(row)
        bodies.append(record)
    PublishedRecord.objects.bulk_create(row for row in rows if row.pk is None)
    for row in before.values():
        row.save()
    _bulk_versions_and_links(entries, rows, now)
    for record in bodies:
        heads.remember(record)
    linking = RecordLink.objects.filter(target_kind=kind, target_id__in=ids).exclude(record__entry_id__in=ids)
    for dependent in linking.values_list("record__kind", "record__entry_id").distinct():
        mark(*dependent)
    transaction.on_commit(changes.nudge_followers, robust=True)


def _bulk_versions_and_links(entries: Sequence[NewEntry], rows: Sequence[PublishedRecord], now: datetime) -> None:
    PublishedVersion.objects.bulk_create(
        PublishedVersion(
            record=row,
            sequence=row.sequence,
            etag=row.etag,
            body=row.body,
            published_at=now,
            revision_id=entry.revision_id,
        )
        for entry, row in zip(entries, rows, strict=True)
    )
    RecordLink.objects.bulk_create(
        RecordLink(record=row, relation=relation, target_kind=target_kind, target_id=target_id)
        for entry, row in zip(entries, rows, strict=True)
        for relation, target_kind, target_id in sorted(links_of(entry.own))
    )


def fill_head(
    head: PublishedRecord, record: Entry, body: str, etag: str, *, sequence: int, now: datetime
) -> None:
    """Set a head's columns from its record."""
    head.sequence, head.changed_at, head.deleted, head.schema = sequence, now, False, SCHEMA
    head.body, head.etag = body, etag
    head.source, head.source_id = record.source, record.source_id
    head.title, head.slug, head.url = record.title, record.slug, record.url


def _bury(head: PublishedRecord, now: datetime) -> None:
    """Leave a tombstone: who it was and where it came from, and nothing that it said."""
    head.sequence, head.changed_at, head.deleted = LogHead.take(1), now, True
    head.body = head.etag = head.title = head.slug = head.url = ""
    head.save()
    head.links.all().delete()
    PublishedVersion.objects.create(record=head, sequence=head.sequence, deleted=True, published_at=now)
    transaction.on_commit(changes.nudge_followers, robust=True)


def links_of(own: Entry) -> set[tuple[str, str, str]]:
    """Relation, kind and id of all that an entry points to, public or not."""
    found = {(relation, ref.kind, ref.id) for relation, ref in references(own)}
    return found | {("text", "", entry_id) for entry_id in text_links(own)}


def _put_links(head: PublishedRecord, own: Entry) -> None:
    before = {(link.relation, link.target_kind, link.target_id): link.pk for link in head.links.all()}
    after = links_of(own)
    RecordLink.objects.filter(pk__in=[pk for link, pk in before.items() if link not in after]).delete()
    RecordLink.objects.bulk_create(
        RecordLink(record=head, relation=relation, target_kind=kind, target_id=entry_id)
        for relation, kind, entry_id in sorted(after - before.keys())
    )


def shared_of(record: Entry) -> tuple[Any, ...]:
    """What others embed of a record: when it changes, they are projected again."""
    if isinstance(record, Secretariat):
        return record.title, record.url, record.standards
    if isinstance(record, Question):
        return record.title, record.url, record.help, record.answers
    if isinstance(record, City):
        return (record.standards,)
    return record.title, record.url


def _shared(head: PublishedRecord | None) -> tuple[Any, ...] | None:
    return shared_of(from_json(head.body)) if head is not None and not head.deleted else None


def dependents(kind: str, entry_id: str) -> list[EntryId]:
    """Entries that embed this one; beyond ``FAN_OUT`` they become the worker's duty, and none is returned."""
    if kind == "city":
        rows = PublishedRecord.objects.public().filter(kind__in=("service", "secretariat"))
    else:
        rows = PublishedRecord.objects.public().linking_to(kind, entry_id)
    found: list[EntryId] = list(rows.order_by("kind", "entry_id").values_list("kind", "entry_id").distinct())
    if len(found) <= FAN_OUT:
        return found
    project_later(found)
    return []


def project_later(entries: Iterable[EntryId]) -> None:
    """Leave a durable duty for the worker."""
    ProjectAgain.objects.bulk_create(
        [ProjectAgain(kind=kind, entry_id=entry_id) for kind, entry_id in entries], ignore_conflicts=True
    )


def project_pending(*, limit: int = FAN_OUT) -> int:
    """Do up to ``limit`` duties in one transaction; how many there were."""
    with publishing():
        duties = list(ProjectAgain.objects.order_by("pk")[:limit])
        for duty in duties:
            mark(duty.kind, duty.entry_id)
        ProjectAgain.objects.filter(pk__in=[duty.pk for duty in duties]).delete()
    return len(duties)
