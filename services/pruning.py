"""What a source no longer has goes off the portal: its entries that are public here, and were not in what it sent.

Of an entry nothing but its being public ends: page, drafts and history stay, and its short link says that it is
gone. Entries that were written here belong to no source, and are never touched.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from services.importing import ORDER
from services.languages import source_locale
from services.models import ENTRY_MODELS, PublishedEntry, PublishedPage, SecretariatPage
from services.models.published import PublishedRecord
from services.publishing import publishing
from services.record import Entry, Kind


@dataclass(frozen=True)
class Gone:
    """A public entry that its source no longer has."""

    kind: Kind
    id: str
    source: str
    source_id: str
    title: str


_COLUMNS = ("kind", "entry_id", "source", "source_id", "title")


def gone(records: Iterable[Entry], *, counted: Collection[str]) -> list[Gone]:
    """What is public here of the sources of these records, and of the counted kinds, and is not among them.

    What others point to comes last, so that they are gone before it.
    """
    coming: dict[str, set[str]] = {}
    for record in records:
        coming.setdefault(record.source, set()).add(record.id)
    found = []
    kinds = [kind for kind in reversed(ORDER) if kind in counted and _is_drafted(kind)]
    for source in sorted(coming.keys() - {""}):
        rows = PublishedRecord.objects.public().filter(source=source, locale=source_locale(), kind__in=kinds)
        values: Iterable[Any] = rows.order_by("title", "entry_id").values_list(*_COLUMNS)
        missing = [Gone(*row) for row in values if row[1] not in coming[source]]
        found += sorted(missing, key=lambda one: kinds.index(one.kind))
    return found


def by_source(entries: Iterable[Gone]) -> dict[str, int]:
    """How many there are of each source."""
    return dict(Counter(one.source for one in entries))


def unpublish(entries: Iterable[Gone]) -> Iterator[tuple[Gone, bool]]:
    """Take them off the portal one by one, each in the register; and whether it was.

    A body below which something is still public stays, and so does what somebody took off meanwhile.
    """
    for one in entries:
        with publishing():
            entry = _entry(one)
            if entry is None or not entry.live or _holds_others(entry):
                yield one, False
                continue
            action = UnpublishPageAction if isinstance(entry, Page) else UnpublishAction
            action(entry, user=None).execute(skip_permission_checks=True)
            # If its source has it again, the next import takes it up as something new.
            type(entry)._default_manager.filter(pk=entry.pk).update(import_etag="")
        yield one, True


def _is_drafted(kind: Kind) -> bool:
    """What has no drafts has nothing that would stay."""
    return issubclass(ENTRY_MODELS[kind], PublishedPage | PublishedEntry)


def _entry(one: Gone) -> Any:
    model: Any = ENTRY_MODELS[one.kind]
    return model._default_manager.filter(record_id=one.id, locale__language_code=source_locale()).first()


def _holds_others(entry: Any) -> bool:
    return isinstance(entry, SecretariatPage) and bool(entry.get_descendants().live().exists())
