"""Which tables a record is, made from its type: a column for each value, a table for each list."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from services.record import RECORD_TYPES, Kind, Ref

_NAMES: Mapping[Kind, str] = {
    "service": "services",
    "procedure": "procedures",
    "secretariat": "bodies",
    "information": "information",
    "unit": "units",
    "form": "forms",
    "topic": "topics",
    "audience": "audiences",
    "life_event": "life_events",
    "district": "districts",
    "question": "questions",
    "alert": "alerts",
    "city": "cities",
    "demand": "demand",
    "rating": "ratings",
}
#: Names in the path of a list that say nothing in the name of its table.
_UNSAID = frozenset({"default"})
_TYPES = {bool: "boolean", int: "integer", Decimal: "number", date: "date", datetime: "datetime"}


@dataclass(frozen=True)
class Column:
    """A value of a record: its column, where it stands, its type, and what it is where nothing is said."""

    name: str
    path: tuple[str, ...]
    type: str
    said: str
    default: str = ""
    #: Whether what it stands in is there in every record.
    is_always_held: bool = True

    def described(self) -> dict[str, Any]:
        """As a field of a table schema."""
        told = {"name": self.name, "type": self.type}
        return told | ({"description": self.said} if self.said else {})


@dataclass
class Table:
    """A kind of record, or a list in it; ``is_plain`` is one of values that have no fields."""

    name: str
    path: tuple[str, ...] = ()
    said: str = ""
    keys: tuple[str, ...] = ()
    columns: list[Column] = field(default_factory=list)
    children: list["Table"] = field(default_factory=list)
    parent: "Table | None" = None
    is_plain: bool = False


def all_of(table: Table) -> Iterator[Table]:
    """A table and all below it, each after the one that it belongs to."""
    yield table
    for child in table.children:
        yield from all_of(child)


def _bare(annotation: Any) -> Any:
    """The type itself, without what is said of it and without None."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return _bare(next(part for part in get_args(annotation) if part is not type(None)))
    return annotation


def _fill(table: Table, model: type[BaseModel], prefix: tuple[str, ...], *, is_there: bool) -> None:
    for name, info in model.model_fields.items():
        found, path = _bare(info.annotation), (*prefix, name)
        said = info.description or ""
        if get_origin(found) is list:
            table.children.append(_list_table(table, path, _bare(get_args(found)[0]), said))
        elif found is Ref:
            table.columns.append(Column("_".join(path), (*path, "id"), "string", said))
        elif isinstance(found, type) and issubclass(found, BaseModel):
            _fill(table, found, path, is_there=is_there and info.default is not None)
        else:
            table.columns.append(Column("_".join(path), path, _type_of(found), said, _default(info), is_there))


def _list_table(parent: Table, path: tuple[str, ...], item: Any, said: str) -> Table:
    keys = ("record", "above", "position") if parent.keys else ("record", "position")
    named = "_".join(name for name in path if name not in _UNSAID)
    is_model = isinstance(item, type) and issubclass(item, BaseModel) and item is not Ref
    table = Table(f"{parent.name}_{named}", path, said, keys, parent=parent, is_plain=not is_model)
    if is_model:
        table.said = said or (item.__doc__ or "").strip().partition("\n")[0]
        _fill(table, item, (), is_there=True)
    elif item is Ref:
        table.columns += [
            Column("kind", ("value", "kind"), "string", ""),
            Column("entry", ("value", "id"), "string", "The id of that record"),
        ]
    else:
        table.columns.append(Column("value", ("value",), _type_of(item), ""))
    return table


def _type_of(found: Any) -> str:
    return "string" if get_origin(found) is Literal else _TYPES.get(found, "string")


def _default(info: FieldInfo) -> str:
    value = info.default
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int) else ""


def _plan(kind: Kind) -> Table:
    model = RECORD_TYPES[kind]
    table = Table(_NAMES[kind], said=(model.__doc__ or "").strip().partition("\n")[0])
    _fill(table, model, (), is_there=True)
    return table


PLANS: Mapping[Kind, Table] = {kind: _plan(kind) for kind in RECORD_TYPES}
