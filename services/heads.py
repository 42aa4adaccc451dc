"""What other entries look like in public now: the titles, addresses and values that a record embeds."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.languages import source_locale
from services.models import PublishedRecord
from services.models.published import PublishedRecordQuerySet
from services.record import City, Entry, Question, Ref, Secretariat, from_json

_EMBEDDED_WHOLE = ("secretariat", "question")


@dataclass(frozen=True)
class Head:
    """Title and address of a public entry."""

    title: str
    url: str


class Heads:
    """Published heads in a language, or else in the source's; asked for in bulk and remembered."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self._heads: dict[tuple[str, str], Head | None] = {}
        self._whole: dict[tuple[str, str], Secretariat | Question | None] = {}
        self._city: City | None = None
        self._city_loaded = False

    def load(self, refs: Iterable[Ref]) -> None:
        """Ask for these entries: one query, and one more for bodies and questions."""
        wanted = {(ref.kind, ref.id) for ref in refs} - self._heads.keys()
        if not wanted:
            return
        rows = self._rows({entry_id for _kind, entry_id in wanted})
        self._heads.update(dict.fromkeys(wanted))
        for kind, entry_id, locale, title, url in rows.values_list("kind", "entry_id", "locale", "title", "url"):
            if self._heads.get((kind, entry_id)) is None or locale == self.locale:
                self._heads[kind, entry_id] = Head(title, url)
        whole = {(kind, entry_id) for kind, entry_id in wanted if kind in _EMBEDDED_WHOLE}
        if whole:
            bodies = self._rows({entry_id for _kind, entry_id in whole}).filter(locale=self.locale)
            for kind, entry_id, body in bodies.values_list("kind", "entry_id", "body"):
                record = from_json(body)
                if isinstance(record, Secretariat | Question):
                    self._whole[kind, entry_id] = record

    def _rows(self, ids: set[str]) -> PublishedRecordQuerySet:
        return PublishedRecord.objects.public().filter(entry_id__in=ids, locale__in={self.locale, source_locale()})

    def remember(self, record: Entry) -> None:
        """Note a record that was just written, in the source language."""
        self._heads[record.kind, record.id] = Head(record.title, record.url)
        if isinstance(record, Secretariat | Question):
            self._whole[record.kind, record.id] = record
        elif isinstance(record, City):
            self._city, self._city_loaded = record, True

    def ref(self, ref: Ref) -> Ref | None:
        """The reference with title and address, or ``None`` if the entry is not public."""
        if (ref.kind, ref.id) not in self._heads:
            self.load([ref])
        head = self._heads[ref.kind, ref.id]
        return None if head is None else Ref.model_construct(kind=ref.kind, id=ref.id, title=head.title, url=head.url)

    def secretariat(self, ref: Ref | None) -> Secretariat | None:
        """The body's whole record in this language."""
        found = self._whole.get((ref.kind, ref.id)) if ref else None
        return found if isinstance(found, Secretariat) else None

    def question(self, ref: Ref) -> Question | None:
        """The question's whole record in this language."""
        found = self._whole.get((ref.kind, ref.id))
        return found if isinstance(found, Question) else None

    def city(self) -> City | None:
        """The city's record; it has no translation, so its texts serve the source language alone."""
        if not self._city_loaded:
            self._city_loaded = True
            body = (
                PublishedRecord.objects.public().filter(kind="city", locale=self.locale).values_list("body", flat=True)
            )
            record = from_json(text) if (text := body.first()) else None
            self._city = record if isinstance(record, City) else None
        return self._city
