"""The ways in which a field of a record stands on its page, each in both directions."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from wagtail.blocks.stream_block import StreamValue

from services.keys import DatabaseKeys
from services.models import SecretariatPage
from services.models.fields import joined, lines
from services.models.standards import STANDARDS
from services.record import Kind, Ref
from services.record.values import Standard, Standards, Value
from services.streams import chosen, read_stream, read_value, write_stream


class Field(Protocol):
    """One or more fields of a record, and where they stand on its page."""

    def chosen(self, entry: Any) -> Iterator[tuple[Kind, int]]:
        """What its choosers point to."""

    def read(self, entry: Any, keys: DatabaseKeys) -> dict[str, Any]:
        """Fields of the record."""

    def write(self, entry: Any, record: Any, keys: DatabaseKeys) -> None:
        """Set the page's fields."""


class _NothingChosen:
    def chosen(self, entry: Any) -> Iterator[tuple[Kind, int]]:
        yield from ()


class Plain(_NothingChosen):
    """Fields with the same name and value on both sides."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def read(self, entry: Any, keys: DatabaseKeys) -> dict[str, Any]:
        found = {name: getattr(entry, name) for name in self.names}
        return {name: value for name, value in found.items() if value is not None}

    def columns(self, record: Any) -> dict[str, Any]:
        """What a record writes into columns, by their name."""
        return {name: getattr(record, name) for name in self.names}

    def write(self, entry: Any, record: Any, keys: DatabaseKeys) -> None:
        for name, value in self.columns(record).items():
            setattr(entry, name, value)


class LinesOf(_NothingChosen):
    """Lists of lines."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def read(self, entry: Any, keys: DatabaseKeys) -> dict[str, Any]:
        return {name: lines(getattr(entry, name)) for name in self.names}

    def write(self, entry: Any, record: Any, keys: DatabaseKeys) -> None:
        for name in self.names:
            setattr(entry, name, joined(getattr(record, name)))


class RichOf(_NothingChosen):
    """Rich texts."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def read(self, entry: Any, keys: DatabaseKeys) -> dict[str, Any]:
        return {name: keys.from_wagtail(text) for name in self.names if (text := getattr(entry, name))}

    def write(self, entry: Any, record: Any, keys: DatabaseKeys) -> None:
        for name in self.names:
            text = getattr(record, name)
            setattr(entry, name, keys.to_wagtail(text) if text else "")


@dataclass(frozen=True)
class Stream:
    """A list of values in a StreamField of one block type."""

    name: str
    value_type: type[Value]
    block_type: str

    def chosen(self, entry: Any) -> Iterator[tuple[Kind, int]]:
        yield from chosen(self.value_type, raw_stream(entry, self.name))

    def read(self, entry: Any, keys: DatabaseKeys) -> dict[str, Any]:
        return {self.name: read_stream(self.value_type, raw_stream(entry, self.name), keys)}

    def write(self, entry: Any, record: Any, keys: DatabaseKeys) -> None:
        before = raw_stream(entry, self.name)
        values = getattr(record, self.name)
        raw = write_stream(
            values, self.block_type, keys, namespace=entry.translation_key, name=self.name, before=before
        )
        setattr(entry, self.name, raw_value(entry, self.name, raw))


@dataclass(frozen=True)
class Versions(Stream):
    """The versions of a form: a chosen document gives the address of its file."""

    def read(self, entry: Any, keys: DatabaseKeys) -> dict[str, Any]:
        return {self.name: read_stream(self.value_type, self._addressed(entry, keys), keys)}

    def write(self, entry: Any, record: Any, keys: DatabaseKeys) -> None:
        documents = {
            block["id"]: (block["value"]["url"], number)
            for block in self._addressed(entry, keys)
            if (number := block["value"].get("document")) and block.get("id")
        }
        super().write(entry, record, keys)
        for block in raw_stream(entry, self.name):
            url, number = documents.get(block["id"], (None, None))
            if url == block["value"]["url"]:
                block["value"] |= {"document": number, "url": ""}

    def _addressed(self, entry: Any, keys: DatabaseKeys) -> list[dict[str, Any]]:
        """The stream's JSON with the address of each chosen document."""
        found = []
        for block in raw_stream(entry, self.name):
            value = dict(block.get("value") or {})
            if number := value.get("document"):
                value["url"] = keys.href("document", str(number)) or ""
            found.append({**block, "value": value})
        return found


@dataclass(frozen=True)
class Chosen:
    """References in the editor's order, in a StreamField of one chooser."""

    name: str
    kind: Kind

    def chosen(self, entry: Any) -> Iterator[tuple[Kind, int]]:
        yield from ((self.kind, block["value"]) for block in raw_stream(entry, self.name) if block.get("value"))

    def read(self, entry: Any, keys: DatabaseKeys) -> dict[str, Any]:
        ids = (keys.id_of(kind, pk) for kind, pk in self.chosen(entry))
        return {self.name: [Ref(kind=self.kind, id=entry_id) for entry_id in ids if entry_id]}

    def write(self, entry: Any, record: Any, keys: DatabaseKeys) -> None:
        before = {block.get("value"): block.get("id") for block in raw_stream(entry, self.name)}
        pks = {ref.id: keys.pk_of(ref.kind, ref.id) for ref in getattr(record, self.name)}
        raw = [
            {
                "type": self.kind,
                "value": pk,
                "id": before.get(pk) or str(uuid.uuid5(entry.translation_key, f"{self.name}/{entry_id}")),
            }
            for entry_id, pk in pks.items()
            if pk is not None
        ]
        setattr(entry, self.name, raw_value(entry, self.name, raw))


@dataclass(frozen=True)
class Many(_NothingChosen):
    """References whose order has no meaning."""

    name: str
    kind: Kind

    def read(self, entry: Any, keys: DatabaseKeys) -> dict[str, Any]:
        return {self.name: [Ref(kind=self.kind, id=other.record_id) for other in getattr(entry, self.name).all()]}

    def write(self, entry: Any, record: Any, keys: DatabaseKeys) -> None:
        setattr(entry, self.name, keys.objects(self.kind, (ref.id for ref in getattr(record, self.name))))


@dataclass(frozen=True)
class One:
    """A reference to one other entry."""

    name: str
    kind: Kind

    def chosen(self, entry: Any) -> Iterator[tuple[Kind, int]]:
        if pk := getattr(entry, f"{self.name}_id"):
            yield self.kind, pk

    def read(self, entry: Any, keys: DatabaseKeys) -> dict[str, Any]:
        pk = getattr(entry, f"{self.name}_id")
        entry_id = keys.id_of(self.kind, pk) if pk else None
        return {self.name: Ref(kind=self.kind, id=entry_id)} if entry_id else {}

    def write(self, entry: Any, record: Any, keys: DatabaseKeys) -> None:
        ref = getattr(record, self.name)
        setattr(entry, f"{self.name}_id", keys.pk_of(ref.kind, ref.id) if ref else None)


class Body(_NothingChosen):
    """The body that a page stands below. Whoever adds the page chooses its place."""

    def read(self, entry: Any, keys: DatabaseKeys) -> dict[str, Any]:
        parent = entry.path[: -entry.steplen] if entry.path else ""
        found = SecretariatPage.objects.filter(path=parent).values_list("record_id", flat=True).first()
        return {"secretariat": Ref(kind="secretariat", id=found)} if found else {}

    def write(self, entry: Any, record: Any, keys: DatabaseKeys) -> None:
        return


@dataclass(frozen=True)
class Columns(_NothingChosen):
    """A value spread over columns; there is none while its ``key`` columns are all empty."""

    name: str
    value_type: type[Value]
    prefix: str
    key: tuple[str, ...]

    def read(self, entry: Any, keys: DatabaseKeys) -> dict[str, Any]:
        raw = {field: getattr(entry, self.prefix + field) for field in self.value_type.model_fields}
        if all(raw[field] in ("", None) for field in self.key):
            return {}
        value = read_value(self.value_type, raw, keys)
        return {} if value is None else {self.name: value}

    def columns(self, record: Any) -> dict[str, Any]:
        """What a record writes into columns, by their name; ``None`` stands for a column's default."""
        value = getattr(record, self.name)
        return {
            self.prefix + field: None if value is None else getattr(value, field)
            for field in self.value_type.model_fields
        }

    def write(self, entry: Any, record: Any, keys: DatabaseKeys) -> None:
        for name, value in self.columns(record).items():
            setattr(entry, name, entry._meta.get_field(name).get_default() if value is None else value)


class OwnStandards(_NothingChosen):
    """The commitments that this entry writes itself."""

    def read(self, entry: Any, keys: DatabaseKeys) -> dict[str, Any]:
        written = {name: text for name in STANDARDS if (text := getattr(entry, f"standard_{name}"))}
        texts = {name: keys.from_wagtail(text) for name, text in written.items()}
        return {"standards": Standards(**{n: Standard(text=t, origin=entry.kind) for n, t in texts.items() if t})}

    def write(self, entry: Any, record: Any, keys: DatabaseKeys) -> None:
        for name in STANDARDS:
            standard = getattr(record.standards, name)
            own = standard and standard.origin == entry.kind
            setattr(entry, f"standard_{name}", keys.to_wagtail(standard.text) if own else "")


class Merged(_NothingChosen):
    """What goes live at once. Written by ``services.importing``: an unsaved entry cannot have any."""

    def __init__(self, name: str) -> None:
        self.name = name

    def read(self, entry: Any, keys: DatabaseKeys) -> dict[str, Any]:
        if entry.pk is None:
            return {}
        return {self.name: [read_live_at_once(row) for row in getattr(entry, self.name).all()]}

    def write(self, entry: Any, record: Any, keys: DatabaseKeys) -> None:
        return


def read_live_at_once(row: Any) -> dict[str, Any]:
    """A suspension, visit or exception to hours, as the record's value has it."""
    found: dict[str, Any] = {}
    for column in row._meta.concrete_fields:
        value = getattr(row, column.attname)
        if column.name in ("id", "imported", "service", "unit") or value is None:
            continue
        found[column.name] = Ref(kind="district", id=row.district.record_id) if column.name == "district" else value
    if hasattr(row, "services"):
        found["services"] = [Ref(kind="service", id=service.record_id) for service in row.services.all()]
    return found


def raw_stream(entry: Any, name: str) -> list[dict[str, Any]]:
    """A stream's JSON, as stored or as it would be."""
    value = getattr(entry, name)
    raw = getattr(value, "raw_data", None)
    return list(raw) if raw is not None else list(value.get_prep_value())


def raw_value(entry: Any, name: str, raw: list[dict[str, Any]]) -> Any:
    """What to assign to a stream so that its blocks are built only if somebody asks for them."""
    field = entry._meta.get_field(name)
    value = StreamValue(field.stream_block, raw, is_lazy=True)
    value._stream_field = field
    return value
