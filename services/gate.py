"""The one gate: an entry's own content goes public only when all that is required of it is said."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from wagtail import hooks
from wagtail.models import Page

from services import completeness
from services.completeness import Gap
from services.completing import complete
from services.heads import Heads
from services.languages import source_locale
from services.mapping import locale_of, own_record
from services.models import SecretariatPage, Sourced
from services.projecting import address
from services.record import Entry, Ref

#: What is asked of a translation: its facts and commitments are those of its source.
_OF_WORDS = frozenset({"title", "summary"})
_open: ContextVar[bool] = ContextVar("conecta_gate_open", default=False)


@contextmanager
def gate_opened() -> Iterator[None]:
    """Let incomplete content through, for an import that was asked to publish a corpus as it is."""
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


def require_complete(content: Sourced | Page) -> None:
    """Raises ``Incomplete`` if content may not go public as it stands, unless the gate was opened."""
    if not _open.get():
        completeness.require(gaps_of(content))


def gaps_of(content: Sourced | Page, *, parent: Page | None = None) -> list[Gap]:
    """What is missing in an entry as it stands, saved or not; ``parent`` is where a new page will be."""
    # Whoever knows more than a record says: what is not translated yet.
    more = [gap for find_gaps in hooks.get_hooks("conecta_publication_gaps") for gap in find_gaps(content)]
    if not isinstance(content, Sourced):
        return more
    found = completeness.gaps(draft_record(content, parent=parent))
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
