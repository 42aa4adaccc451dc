"""The transaction that publishes: counter first, then pages, then records, versions and links.

``publishing()`` opens it. Whatever is marked inside is projected once, at its end: the
entries are read again as they stand, in every language, and what is public is made equal.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page

from services.completeness import score
from services.keys import PAGE_KINDS
from services.models import (
    ENTRY_MODELS,
    LogHead,
    ProjectAgain,
    PublishedRecord,
    PublishedVersion,
    PublishingBusy,
    RecordLink,
    Sourced,
)
from services.projecting import is_restricted, wanted
from services.record import SCHEMA, City, Entry, Question, Secretariat, etag_of, from_json, to_json
from services.record.identity import id_of
from services.references import references, text_links

logger = logging.getLogger(__name__)

#: Dependents projected in the same transaction; what is beyond is the worker's.
FAN_OUT = 200

EntryId = tuple[str, str]
_pending: ContextVar[dict[EntryId, None] | None] = ContextVar("conecta_pending", default=None)


@contextmanager
def publishing() -> Iterator[None]:
    """A transaction that may change what is public. Nested ones join the outermost.

    Raises ``PublishingBusy`` if another publisher holds the log for too long.
    """
    if _pending.get() is not None:
        yield
        return
    with LogHead.held():
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


def entry_of(instance: Any) -> EntryId | None:
    """The entry that an object is, even one that was loaded as a base page; no query."""
    if isinstance(instance, Sourced):
        return instance.kind, instance.record_id or id_of(instance.translation_key)  # type: ignore[attr-defined]
    if isinstance(instance, Page):
        model = instance.specific_class
        if model is not None and issubclass(model, Sourced):
            return model.kind, id_of(instance.translation_key)
    return None


def mark_all(entries: Iterable[EntryId]) -> None:
    """Mark many: what is beyond ``FAN_OUT`` becomes the worker's duty."""
    found = list(dict.fromkeys(entries))
    with publishing():
        if len(found) > FAN_OUT:
            project_later(found)
            return
        for entry in found:
            mark(*entry)


def mark_below(page: Page) -> None:
    """Mark a page and all below it, whose addresses or whose doors have changed.

    What must not be public any more is gone in this transaction, however much it is.
    """
    found: list[EntryId] = []
    for kind in PAGE_KINDS:
        pages: Any = ENTRY_MODELS[kind]._default_manager
        rows = pages.filter(path__startswith=page.path).values_list("record_id", flat=True)
        found += [(kind, entry_id) for entry_id in rows]
    with publishing():
        if not is_restricted(page):
            mark_all(found)
            return
        for entry in found:
            mark(*entry)


def _flush() -> None:
    pending = _pending.get() or {}
    while pending:
        entry = next(iter(pending))
        del pending[entry]
        for dependent in project(*entry):
            pending[dependent] = None


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
            shared_changed |= put(head, locale, own, record, revision_id, now)
        elif head is not None and not head.deleted:
            bury(head, now)
            shared_changed = True
    return dependents(kind, entry_id) if shared_changed else []


def put(
    head: PublishedRecord | None, locale: str, own: Entry, record: Entry, revision_id: int | None, now: datetime
) -> bool:
    """Write a head if it differs; whether what others embed of it changed. Inside ``publishing()``."""
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
    _keep_version(head, now, revision_id)
    _put_links(head, own)
    return before != shared_of(record)


def fill_head(head: PublishedRecord, record: Entry, body: str, etag: str, *, sequence: int, now: datetime) -> None:
    """Set a head's columns from its record."""
    head.sequence, head.changed_at, head.deleted, head.schema = sequence, now, False, SCHEMA
    head.body, head.etag = body, etag
    head.source, head.source_id = record.source, record.source_id
    head.title, head.slug, head.url = record.title, record.slug, record.url
    head.percent = score(record).percent


def bury(head: PublishedRecord, now: datetime) -> None:
    """Leave a tombstone: who it was and where it came from, and nothing that it said. Inside ``publishing()``."""
    head.sequence, head.changed_at, head.deleted = LogHead.take(1), now, True
    head.body = head.etag = head.title = head.slug = head.url = ""
    head.percent = None
    head.save()
    head.links.all().delete()
    _keep_version(head, now, None)


def _keep_version(head: PublishedRecord, now: datetime, revision_id: int | None) -> None:
    user = get_active_log_context().user
    PublishedVersion.objects.create(
        record=head,
        sequence=head.sequence,
        deleted=head.deleted,
        etag=head.etag,
        body=head.body,
        published_at=now,
        revision_id=revision_id,
        user=user if user and user.is_authenticated else None,
    )


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
    """Do up to ``limit`` duties in one transaction; how many were done.

    If that fails each is tried alone, and one that cannot be done goes to the end of the queue.
    """
    duties = list(ProjectAgain.objects.order_by("pk")[:limit])
    try:
        _do(duties)
    except PublishingBusy:
        return 0
    except Exception:
        logger.exception("project again: %d together failed, so each is tried alone", len(duties))
        return sum(_done_alone(duty) for duty in duties)
    return len(duties)


def _do(duties: list[ProjectAgain]) -> None:
    if not duties:
        return
    with publishing():
        for duty in duties:
            mark(duty.kind, duty.entry_id)
        ProjectAgain.objects.filter(pk__in=[duty.pk for duty in duties]).delete()


def _done_alone(duty: ProjectAgain) -> bool:
    try:
        _do([duty])
    except Exception:
        logger.exception("project again: %s failed", duty)
        with LogHead.held():
            ProjectAgain.objects.filter(pk=duty.pk).delete()
            project_later([(duty.kind, duty.entry_id)])
        return False
    return True
