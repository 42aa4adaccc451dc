"""Database numbers of entries ⇄ their public ids, asked for in bulk and remembered."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.models import Page, TranslatableMixin

from services import rich_text
from services.languages import source_locale
from services.models import ENTRY_MODELS, PublishedPage
from services.record import Kind

K = TypeVar("K")
V = TypeVar("V")
PAGE_KINDS: list[Kind] = [model.kind for model in ENTRY_MODELS.values() if issubclass(model, PublishedPage)]


class DatabaseKeys:
    """Implements ``streams.Keys``. What was loaded costs no further query."""

    def __init__(self) -> None:
        self._ids: dict[tuple[Kind, int], str | None] = {}
        self._pks: dict[tuple[Kind, str], int | None] = {}
        self._objects: dict[tuple[Kind, str], Model | None] = {}

    def load_ids(self, chosen: Iterable[tuple[Kind, int]]) -> None:
        """Ask for the ids behind these numbers: one query a kind."""
        for kind, pks in _grouped(pair for pair in chosen if pair not in self._ids).items():
            found = dict(ENTRY_MODELS[kind]._default_manager.filter(pk__in=pks).values_list("pk", "record_id"))
            self._ids.update({(kind, pk): found.get(pk) for pk in pks})

    def load_pks(self, wanted: Iterable[tuple[Kind, str]]) -> None:
        """Ask for the numbers behind these ids, in the source language: one query a kind."""
        for kind, ids in _grouped(pair for pair in wanted if pair not in self._pks).items():
            model: Any = ENTRY_MODELS[kind]
            rows = model._default_manager.filter(record_id__in=ids)
            if issubclass(model, TranslatableMixin):
                rows = rows.filter(locale__language_code=source_locale())
            found = dict(rows.values_list("record_id", "pk"))
            for entry_id in ids:
                self.remember(kind, entry_id, found.get(entry_id))

    def remember(self, kind: Kind, entry_id: str, pk: int | None) -> None:
        """Note a pair that is known without asking."""
        self._pks[kind, entry_id] = pk
        if pk is not None:
            self._ids[kind, pk] = entry_id
            if self._objects.get((kind, entry_id)) is None:
                self._objects.pop((kind, entry_id), None)

    def id_of(self, kind: Kind, pk: int) -> str | None:
        """The id of the entry with this number, or ``None`` if it is gone."""
        if (kind, pk) not in self._ids:
            self.load_ids([(kind, pk)])
        return self._ids[kind, pk]

    def pk_of(self, kind: Kind, entry_id: str) -> int | None:
        """The number of the entry with this id, or ``None`` if it is not here."""
        if (kind, entry_id) not in self._pks:
            self.load_pks([(kind, entry_id)])
        return self._pks[kind, entry_id]

    def load_objects(self, wanted: Iterable[tuple[Kind, str]]) -> None:
        """Fetch the entries with these ids, in the source language: one query a kind."""
        for kind, ids in _grouped(pair for pair in wanted if pair not in self._objects).items():
            model: Any = ENTRY_MODELS[kind]
            rows = model._default_manager.filter(record_id__in=ids)
            if issubclass(model, TranslatableMixin):
                rows = rows.filter(locale__language_code=source_locale())
            found = {entry.record_id: entry for entry in rows}
            for entry_id in ids:
                self._objects[kind, entry_id] = found.get(entry_id)

    def objects(self, kind: Kind, ids: Iterable[str]) -> list[Model]:
        """The entries with these ids, in the source language, by id; those that are not here are left out."""
        wanted = [(kind, entry_id) for entry_id in sorted(set(ids))]
        self.load_objects(wanted)
        return [entry for pair in wanted if (entry := self._objects[pair]) is not None]

    def from_wagtail(self, html: str) -> str:
        """A record's rich text from Wagtail's."""
        return rich_text.from_wagtail(html, self.href)

    def to_wagtail(self, html: str) -> str:
        """Wagtail's rich text from a record's."""
        return rich_text.to_wagtail(html)

    def href(self, linktype: str, number: str) -> str | None:
        """Where a link of Wagtail's editor leads: an entry's short address, a page's path, a document's file."""
        if linktype == "document":
            document = get_document_model().objects.filter(pk=number).first()
            return document.url if document else None
        if linktype != "page":
            return None
        for kind in PAGE_KINDS:
            if entry_id := self.id_of(kind, int(number)):
                return f"/s/{entry_id}"
        page = Page.objects.filter(pk=number).first()
        return page.url if page else None


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, set[V]]:
    groups: dict[K, set[V]] = defaultdict(set)
    for key, value in pairs:
        groups[key].add(value)
    return groups
