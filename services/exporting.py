"""The published charter as formats write it: read from the log's heads, some at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings

from services.interchange import Site
from services.languages import source_locale, wire_tag
from services.models.published import PublishedRecord
from services.paging import TITLES
from services.querysets import Records, readable_in
from services.record import DERIVED, RECORD_TYPES, Kind, Record, from_json

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
        for kind in kinds or RECORD_TYPES:
            yield from self._of(kind)

    def _of(self, kind: Kind) -> Iterator[Record]:
        records: Records = PublishedRecord.objects.public().filter(kind=kind)
        if kind in DERIVED:
            records = records.filter(locale=self.locale)
        else:
            records = readable_in(records, self.locale, source=source_locale())
        rows = records.order_by(*TITLES.by()).values_list(*TITLES.fields, "body")
        page = list(rows[:PAGE])
        while page:
            for _title, _id, body in page:
                yield from_json(body)
            page = list(rows.filter(TITLES.after(page[-1][:2]))[:PAGE])
