"""The one gate: an entry's own content goes public only when all that is required of it is said."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from wagtail import hooks
from wagtail.models import Page

from services import completeness
from services.completeness import Gap, Incomplete
from services.completing import complete
from services.heads import Heads
from services.languages import source_locale
from services.mapping import locale_of, own_record
from services.models import PublishedRecord, SecretariatPage, Sourced, TakenOver
from services.projecting import address
from services.record import Entry, Ref, from_json

#: What is asked of a translation: its facts and commitments are those of its source.
_OF_WORDS = frozenset({"title", "summary"})
_open: ContextVar[bool] = ContextVar("conecta_gate_open", default=False)
_judged: ContextVar[bool] = ContextVar("conecta_saves_judged", default=False)


@contextmanager
def gate_opened() -> Iterator[None]:
    """Let incomplete content through, for an import that was asked to publish a corpus as it is."""
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


@contextmanager
def saves_judged() -> Iterator[None]:
    """What is saved inside is part of an action that was judged whole."""
    token = _judged.set(True)
    try:
        yield
    finally:
        _judged.reset(token)


def require_complete(content: Sourced | Page) -> None:
    """Raises ``Incomplete`` if content may not go public as it stands, unless the gate was opened.

    Content that has such a mark is told whether it goes public incomplete.
    """
    refused = completeness.required(gaps_of(content))
    if refused and not _open.get():
        raise Incomplete(refused)
    if isinstance(content, TakenOver):
        content.published_incomplete = bool(refused)


def require_no_new_gap(entry: Any) -> None:
    """Raises ``Incomplete`` if a live entry, saved by code, opens a required gap that its public record has not.

    A gap that is public already was let through as it was; moving or renaming the entry must not fail for it.
    What goes public of a translation is its approved revision, not the row.
    """
    if (
        _open.get()
        or _judged.get()
        or not entry.live
        or getattr(entry, "alias_of_id", None)
        or locale_of(entry) != source_locale()
    ):
        return
    found = completeness.required(gaps_of(entry))
    if not found:
        return
    head = PublishedRecord.objects.public().filter(kind=entry.kind, entry_id=entry.record_id, locale=source_locale())
    public = head.values_list("body", flat=True).first()
    known = {gap.rule for gap in completeness.gaps(from_json(public))} if public else set()
    completeness.require(gap for gap in found if gap.rule not in known)


def gaps_of(content: Sourced | Page, *, parent: Page | None = None) -> list[Gap]:
    """What is missing in an entry as it stands, saved or not; ``parent`` is where a new page will be."""
    return gaps_between(content, draft_record(content, parent=parent) if isinstance(content, Sourced) else None)


def gaps_between(content: Sourced | Page, record: Entry | None) -> list[Gap]:
    """What is missing in an entry whose record as it stands is at hand; a page that is no entry has none."""
    # Whoever knows more than a record says: what is not translated yet.
    more = [gap for find_gaps in hooks.get_hooks("conecta_publication_gaps") for gap in find_gaps(content)]
    if record is None:
        return more
    found = completeness.gaps(record)
    if locale_of(content) != source_locale():
        found = [gap for gap in found if gap.rule.key in _OF_WORDS]
    return [*found, *more]


def draft_record(entry: Sourced, *, parent: Page | None = None) -> Entry:
    """The record of an entry as the public would get it now: with what it inherits from body and city."""
    own = own_record(entry)
    body = parent.specific if parent is not None else None
    if isinstance(body, SecretariatPage) and getattr(own, "secretariat", body) is None:
        own = own.model_copy(update={"secretariat": Ref(kind="secretariat", id=body.record_id)})
    url = address(entry) if entry.pk else ""
    return complete(own, url=url, heads=Heads(locale_of(entry)))
