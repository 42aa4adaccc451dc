"""The charter as it was at a moment: read from the versions that are kept of every record that was ever public."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import OuterRef, Subquery

from services.exporting import PublishedCharter
from services.interchange import Site
from services.languages import source_locale
from services.models.published import PublishedRecord, PublishedVersion
from services.record import RECORD_TYPES, Kind, Record, from_json

#: Bodies read at once.
_CHUNK = 200


@dataclass(frozen=True)
class PastCharter:
    """What was public before a moment, in a language or else in the source's (``services.interchange.Charter``)."""

    locale: str
    at: datetime
    _read: dict[Kind, list[tuple[Record, datetime | None]]] = field(default_factory=dict)

    @cached_property
    def site(self) -> Site:
        """This installation, as of then."""
        return PublishedCharter(self.locale, self.at).site

    def of(self, *kinds: Kind) -> Iterator[Record]:
        """The records of these kinds, each kind in the order of titles; of all kinds if none is named."""
        return (record for record, _changed in self.dated(*kinds))

    def dated(self, *kinds: Kind) -> Iterator[tuple[Record, datetime | None]]:
        """The same, each with the moment of its version."""
        for kind in kinds or RECORD_TYPES:
            if kind not in self._read:
                self._read[kind] = sorted(self._of(kind), key=lambda each: (each[0].title, each[0].id))
            yield from self._read[kind]

    def _of(self, kind: Kind) -> Iterator[tuple[Record, datetime | None]]:
        source = source_locale()
        languages = {self.locale, source}
        last = PublishedVersion.objects.filter(record=OuterRef("pk"), published_at__lt=self.at).order_by("-sequence")
        rows = PublishedRecord.objects.filter(kind=kind, locale__in=languages)
        held = rows.annotate(then=Subquery(last.values("pk")[:1])).exclude(then=None)
        pairs = held.values_list("entry_id", "locale", "then")
        # A translation may since have been taken down, and its original deleted: only what was public then counts.
        versions = {pk: (entry_id, locale) for entry_id, locale, pk in pairs}
        best: dict[str, PublishedVersion] = {}
        for version in _public(list(versions)):
            entry_id, locale = versions[version.pk]
            if entry_id not in best or locale != source:
                best[entry_id] = version
        for version in best.values():
            yield from_json(version.body), version.published_at


def _public(keys: list[int]) -> Iterator[PublishedVersion]:
    """Those of these versions that are no tombstones; some at a time, as no database takes any number of keys."""
    for first in range(0, len(keys), _CHUNK):
        yield from PublishedVersion.objects.filter(pk__in=keys[first : first + _CHUNK], deleted=False)
