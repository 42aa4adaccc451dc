"""Stream JSON ⇄ values of the record, by walking the record's own types.

A block's children bear the names of the value's fields, so one walk serves every stream.
Reading is lenient (a draft may lack what is required: that item is left out); writing
keeps the ids of blocks that were there, because translations hang on them.
"""

import functools
import types
import typing
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any, Literal, Protocol, TypeVar

from pydantic import ValidationError

from services.record.values import Kind, Ref, Rich, Value

#: Kind of the entry that a chooser of this name points to.
CHOOSERS: Mapping[str, Kind] = {
    "form": "form",
    "service": "service",
    "services": "service",
    "question": "question",
    "districts": "district",
}

V = TypeVar("V", bound=Value)


class Keys(Protocol):
    """Database numbers of entries ⇄ their public ids, and links in rich text."""

    def id_of(self, kind: Kind, pk: int) -> str | None:
        """The id of the entry with this number, or ``None`` if it is gone."""

    def pk_of(self, kind: Kind, entry_id: str) -> int | None:
        """The number of the entry with this id, or ``None`` if it is not here."""

    def from_wagtail(self, html: str) -> str:
        """A record's rich text from Wagtail's."""

    def to_wagtail(self, html: str) -> str:
        """Wagtail's rich text from a record's."""


@dataclass(frozen=True)
class Shape:
    """What a field holds: a scalar, rich text, a reference, a value, or a list of one of these."""

    form: Literal["plain", "rich", "ref", "value", "list", "words"]
    of: Any = None
    optional: bool = False


@functools.cache
def shapes(value_type: type[Value]) -> dict[str, Shape]:
    """The shape of each field of a value type."""
    hints = typing.get_type_hints(value_type, include_extras=True)
    return {name: _shape(name, hints[name]) for name in value_type.model_fields}


def _shape(name: str, hint: Any) -> Shape:
    if hint == Rich:
        return Shape("rich")
    if typing.get_origin(hint) is typing.Annotated:
        hint = typing.get_args(hint)[0]
    optional = False
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        parts = [part for part in typing.get_args(hint) if part is not type(None)]
        hint, optional = parts[0], True
    if typing.get_origin(hint) is list:
        inner = typing.get_args(hint)[0]
        if typing.get_origin(inner) is Literal:
            return Shape("words")
        return Shape("list", _shape(name, inner))
    if hint is Ref:
        return Shape("ref", CHOOSERS[name], optional)
    if isinstance(hint, type) and issubclass(hint, Value):
        return Shape("value", hint, optional)
    return Shape("plain", hint, optional)


def _items(raw: Any) -> list[Any]:
    """The values of a ListBlock, in its present form or the old one without ids."""
    return [item["value"] if isinstance(item, dict) and item.get("type") == "item" else item for item in raw or []]


def read_stream(value_type: type[V], raw: list[dict[str, Any]], keys: Keys) -> list[V]:
    """The values of a stream's blocks; blocks that lack what their type requires are left out."""
    values = (read_value(value_type, block.get("value") or {}, keys) for block in raw)
    return [value for value in values if value is not None]


def read_value(value_type: type[V], raw: Mapping[str, Any], keys: Keys) -> V | None:
    """A value from a StructBlock's JSON, or ``None`` if what it requires is missing."""
    data: dict[str, Any] = {}
    for name, shape in shapes(value_type).items():
        found = _read(shape, raw.get(name), keys)
        if found is not None:
            data[name] = found
    missing = [name for name, field in value_type.model_fields.items() if field.is_required() and name not in data]
    if missing:
        # A text that nobody wrote is empty beside others; without any, there is nothing to keep.
        if not any(data.values()) or any(shapes(value_type)[name].of is not str for name in missing):
            return None
        data |= dict.fromkeys(missing, "")
    try:
        return value_type(**data)
    except ValidationError:
        return None


def _read(shape: Shape, raw: Any, keys: Keys) -> Any:
    if shape.form == "list":
        found = (_read(shape.of, item, keys) for item in _items(raw))
        return [value for value in found if value is not None]
    if raw in (None, ""):
        return None
    if shape.form == "rich":
        return keys.from_wagtail(raw)
    if shape.form == "ref":
        entry_id = keys.id_of(shape.of, raw)
        return Ref(kind=shape.of, id=entry_id) if entry_id else None
    if shape.form == "value":
        return read_value(shape.of, raw, keys)
    return raw


def chosen(value_type: type[Value], raw: list[dict[str, Any]]) -> Iterator[tuple[Kind, int]]:
    """Kind and database number of every entry that a stream's choosers point to."""
    for block in raw:
        yield from _chosen_in_value(value_type, block.get("value") or {})


def _chosen_in_value(value_type: type[Value], raw: Mapping[str, Any]) -> Iterator[tuple[Kind, int]]:
    for name, shape in shapes(value_type).items():
        yield from _chosen(shape, raw.get(name))


def _chosen(shape: Shape, raw: Any) -> Iterator[tuple[Kind, int]]:
    if shape.form == "list":
        for item in _items(raw):
            yield from _chosen(shape.of, item)
    elif not raw:
        return
    elif shape.form == "ref":
        yield shape.of, raw
    elif shape.form == "value":
        yield from _chosen_in_value(shape.of, raw)


def write_stream(
    values: list[V], block_type: str, keys: Keys, *, namespace: uuid.UUID, name: str, before: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """A stream's JSON. Blocks that continue one of ``before`` keep its id; others get one derived from their place."""
    if not values:
        return []
    value_type = type(values[0])
    old_values = [read_value(value_type, block.get("value") or {}, keys) for block in before]

    def write(value: V, path: str, old: Any) -> Any:
        return write_value(value, keys, namespace=namespace, path=path, before=old or {})

    return [
        {"type": block_type, "value": value, "id": block_id}
        for value, block_id in _matched(values, old_values, before, write, namespace, name)
    ]


def write_value(
    value: Value, keys: Keys, *, namespace: uuid.UUID, path: str, before: Mapping[str, Any]
) -> dict[str, Any]:
    """A StructBlock's JSON."""
    return {
        name: _write(shape, getattr(value, name), keys, namespace, f"{path}/{name}", before.get(name))
        for name, shape in shapes(type(value)).items()
    }


def _write(shape: Shape, value: Any, keys: Keys, namespace: uuid.UUID, path: str, before: Any) -> Any:
    if shape.form == "list":
        if not value:
            return []
        old = [
            item if isinstance(item, dict) and item.get("type") == "item" else {"value": item} for item in before or []
        ]
        old_values = [_read(shape.of, item["value"], keys) for item in old]

        def write(item: Any, item_path: str, old_item: Any) -> Any:
            return _write(shape.of, item, keys, namespace, item_path, old_item)

        return [
            {"type": "item", "value": raw, "id": block_id}
            for raw, block_id in _matched(value, old_values, old, write, namespace, path)
        ]
    if shape.form == "value":
        if value is None:
            return _empty(shape.of)
        return write_value(value, keys, namespace=namespace, path=path, before=before or {})
    if value is None:
        return None
    if shape.form == "rich":
        return keys.to_wagtail(value) if value else ""
    if shape.form == "ref":
        return keys.pk_of(value.kind, value.id)
    return _scalar(value)


@functools.cache
def _empty_items(value_type: type[Value]) -> tuple[tuple[str, Any], ...]:
    blank = {"rich": "", "list": [], "words": []}
    return tuple(
        (name, _empty(shape.of) if shape.form == "value" else blank.get(shape.form, _nothing(shape)))
        for name, shape in shapes(value_type).items()
    )


def _nothing(shape: Shape) -> str | None:
    # wagtail-localize takes a text for words, and none is no text.
    return "" if shape.of is str and not shape.optional else None


def _empty(value_type: type[Value]) -> dict[str, Any]:
    """The JSON of a StructBlock that says nothing."""
    return dict(_empty_items(value_type))


def _scalar(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return value


def _matched(
    values: list[Any],
    old_values: list[Any],
    old: list[dict[str, Any]],
    write: Callable[[Any, str, Any], Any],
    namespace: uuid.UUID,
    path: str,
) -> Iterator[tuple[Any, str]]:
    """Each value's JSON with its block id: that of the old block which it continues, else a derived one."""
    continued = _continued(values, old_values) if old else {}
    ids = {place: old[number].get("id") for place, number in continued.items()}
    taken = set(ids.values())
    for place, value in enumerate(values):
        block_id = ids.get(place) or _derived_id(namespace, f"{path}/{place}", taken)
        taken.add(block_id)
        before = old[continued[place]].get("value") if place in continued else None
        # Below its own id, so that what is inside keeps its ids wherever the block moves.
        yield write(value, f"{path}/{block_id}", before), block_id


def _continued(values: list[Any], old_values: list[Any]) -> dict[int, int]:
    """Place of a value → number of the old one that it is: equal, else most alike, else in the same place."""
    found: dict[int, int] = {}
    free = list(range(len(old_values)))
    for place, value in enumerate(values):
        if (number := next((n for n in free if old_values[n] == value), None)) is not None:
            found[place] = number
            free.remove(number)
    rest = [place for place in range(len(values)) if place not in found]
    pairs = [(_likeness(values[place], old_values[n]), -abs(place - n), place, n) for place in rest for n in free]
    for likeness, _distance, place, number in sorted(pairs, reverse=True):
        if likeness and place not in found and number in free:
            found[place] = number
            free.remove(number)
    for place in rest:
        if place not in found and place in free:
            found[place] = place
            free.remove(place)
    return found


def _likeness(value: Any, other: Any) -> int:
    """In how many fields two values say the same, other than nothing."""
    if not isinstance(value, Value) or type(other) is not type(value):
        return 0
    fields = type(value).model_fields
    return sum(said == getattr(other, name) != fields[name].default for name, said in value)


def _derived_id(namespace: uuid.UUID, path: str, taken: Collection[Any]) -> str:
    """The same id for the same place at every import, unless a block that has moved has it."""
    block_id = str(uuid.uuid5(namespace, path))
    while block_id in taken:
        block_id = str(uuid.uuid5(namespace, f"{path}/{block_id}"))
    return block_id
