"""The published charter as formats write it: read from the log's heads, some at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings

from services.interchange import FORMATS, Site
from services.languages import wire_tag
from services.models.published import PublishedRecord
from services.paging import TITLES
from services.querysets import public_of
from services.record import RECORD_TYPES, Kind, Record, from_json
from services.references import references

#: Records read at once: so many are held at most, however big the charter.
PAGE = 200


@dataclass(frozen=True)
class PublishedCharter:
    """All that is public in a language, and in the source's what is not told in it (``services.interchange.Charter``).

    Publishing goes on meanwhile: each record comes once, as it was when it was read.
    """

    locale: str
    at: datetime

    @cached_property
    def site(self) -> Site:
        """This installation."""
        return Site(settings.WAGTAILADMIN_BASE_URL.rstrip("/"), wire_tag(self.locale), self.at)

    def of(self, *kinds: Kind) -> Iterator[Record]:
        """The public records of these kinds, each kind in the order of titles; of all kinds if none is named."""
        return (record for record, _changed in self.dated(*kinds))

    def dated(self, *kinds: Kind) -> Iterator[tuple[Record, datetime | None]]:
        """The same, each with the moment when it last changed."""
        for kind in kinds or RECORD_TYPES:
            yield from self._of(kind)

    def _of(self, kind: Kind) -> Iterator[tuple[Record, datetime | None]]:
        rows = public_of(kind, self.locale).order_by(*TITLES.by()).values_list(*TITLES.fields, "body", "changed_at")
        page = list(rows[:PAGE])
        while page:
            for _title, _id, body, changed in page:
                yield from_json(body), changed
            page = list(rows.filter(TITLES.after(page[-1][:2]))[:PAGE])


@dataclass(frozen=True)
class Alone:
    """One record as a charter of its own: of other kinds it has what that record points to."""

    record: Record
    charter: PublishedCharter

    @property
    def site(self) -> Site:
        """This installation."""
        return self.charter.site

    def of(self, *kinds: Kind) -> Iterator[Record]:
        """The record, and of the other kinds that are named what it points to; the record alone if none is."""
        if not kinds or self.record.kind in kinds:
            yield self.record
        wanted: dict[Kind, set[str]] = {}
        for _relation, ref in references(self.record):
            if ref.kind in kinds and ref.kind != self.record.kind:
                wanted.setdefault(ref.kind, set()).add(ref.id)
        for kind, ids in wanted.items():
            rows = public_of(kind, self.charter.locale).filter(entry_id__in=ids)
            for body in rows.order_by(*TITLES.by()).values_list("body", flat=True):
                yield from_json(body)

    def dated(self, *kinds: Kind) -> Iterator[tuple[Record, datetime | None]]:
        """The same, each with the moment when it last changed."""
        for record in self.of(*kinds):
            rows = public_of(record.kind, self.charter.locale).filter(entry_id=record.id)
            yield record, rows.values_list("changed_at", flat=True).first()


def last_changed() -> datetime | None:
    """When the public charter last changed; None if it never held anything."""
    rows = PublishedRecord.objects.order_by("-sequence")
    return rows.values_list("changed_at", flat=True).first()


def formats_of(kind: Kind) -> dict[str, str]:
    """The formats in which one record of a kind can be had, each with its media type."""
    return {
        format_.name: format_.alone.media_type if format_.alone else format_.media_type
        for format_ in FORMATS.values()
        if format_.write is not None and kind in format_.of_one
    }


def written_alone(format_name: str, record: Record, locale: str, at: datetime) -> bytes:
    """One record in a format, in the database language ``locale``. Raises ``KeyError`` if it cannot be had in it."""
    format_ = FORMATS[format_name]
    write = format_.alone.write if format_.alone else format_.write
    if write is None or record.kind not in format_.of_one:
        raise KeyError(format_name)
    return b"".join(write(Alone(record, PublishedCharter(locale, at))))
