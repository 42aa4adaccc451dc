"""Records behind which there is no entry: another app counts, and what it counted is published like all else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from services.languages import locale_of, source_locale
from services.models.published import PublishedRecord
from services.publishing import bury, publishing, put
from services.record import DERIVED, SCHEMA, Entry, Kind, etag_of, to_json

#: Changes in one transaction: editors wait for it.
BATCH = 200

_Key = tuple[str, str]


@dataclass(frozen=True)
class Outcome:
    """How many records were written, and how many tombstones left."""

    written: int = 0
    buried: int = 0


def publish_derived(kind: Kind, records: Iterable[Entry], *, at: datetime) -> Outcome:
    """Make what is public of a derived kind equal to these records, at a moment.

    What says the same writes nothing; what is not among them leaves a tombstone. ``BATCH`` changes
    are one transaction that takes the counter before any other row, so call it outside transactions.
    Raises ``ValueError`` for a kind that is not derived or a record of another, and ``PublishingBusy``.
    """
    if kind not in DERIVED:
        raise ValueError(f"an entry stands behind each {kind}")
    wanted: dict[_Key, Entry] = {}
    for record in records:
        if record.kind != kind:
            raise ValueError(f"a {record.kind} among records of {kind}")
        wanted[record.id, locale_of(record.locale) or source_locale()] = record
    changes = _differing(kind, wanted)
    written = buried = 0
    while batch := list(islice(changes, BATCH)):
        with publishing():
            heads = _heads(kind, batch)
            for entry_id, locale in batch:
                record_now, head = wanted.get((entry_id, locale)), heads.get((entry_id, locale))
                if record_now is not None:
                    put(head, locale, record_now, record_now, None, at)
                    written += 1
                elif head is not None and not head.deleted:
                    bury(head, at)
                    buried += 1
    return Outcome(written, buried)


def _differing(kind: Kind, wanted: dict[_Key, Entry]) -> Iterator[_Key]:
    """What to write, then what to bury: told without the lock, and asked again under it."""
    rows = PublishedRecord.objects.public().filter(kind=kind).values_list("entry_id", "locale", "etag", "schema")
    public = {(entry_id, locale): (etag, schema) for entry_id, locale, etag, schema in rows}
    said = ((key, etag_of(to_json(record))) for key, record in wanted.items())
    yield from [key for key, etag in said if public.get(key) != (etag, SCHEMA)]
    yield from [key for key in public if key not in wanted]


def _heads(kind: Kind, keys: Iterable[_Key]) -> dict[_Key, PublishedRecord]:
    rows = PublishedRecord.objects.filter(kind=kind, entry_id__in={entry_id for entry_id, _locale in keys})
    return {(row.entry_id, row.locale): row for row in rows}
