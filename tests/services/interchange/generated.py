"""Records of every kind, generated from their own field definitions."""

import types
import typing
import uuid
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from hypothesis import strategies as st
from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo

from services.record import RECORD_TYPES, Record, from_data
from services.record.identity import id_for, id_of
from services.record.values import Kind, Ref

_TEXT = st.text(st.one_of(st.sampled_from(list("aé <>&*_[]()\n\t\"'\\-1.")), st.characters(codec="utf-8")), max_size=10)
_SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: _TEXT,
    bool: st.booleans(),
    float: st.floats(0, 1),
    int: st.integers(0, 1000),
    date: st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(str),
    time: st.times().map(lambda value: value.strftime("%H:%M")),
    AwareDatetime: st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(str),  # noqa: DTZ001
    Decimal: st.decimals(0, 90, places=2).map(str),
    uuid.UUID: st.uuids().map(str),
}

_BOUNDS = ("ge", "le", "min_length", "max_length")


def _refs() -> st.SearchStrategy[dict[str, str]]:
    return st.builds(
        lambda kind, name: {"kind": kind, "id": id_for("gerado", kind, name)},
        st.sampled_from(get_args(Kind)),
        st.sampled_from("abcdef"),
    )


def _of(annotation: Any) -> st.SearchStrategy[Any]:
    origin = get_origin(annotation)
    if origin is typing.Annotated:
        return _of(get_args(annotation)[0])
    if origin is Literal:
        return st.sampled_from(get_args(annotation))
    if origin in (typing.Union, types.UnionType):
        return st.one_of([st.none() if part is type(None) else _of(part) for part in get_args(annotation)])
    if origin is list:
        return st.lists(_of(get_args(annotation)[0]), max_size=2)
    if annotation is Ref:
        return _refs()
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _model(annotation)
    return _SCALARS[annotation]


def _within(values: st.SearchStrategy[Any], field: FieldInfo) -> st.SearchStrategy[Any]:
    """Those that a measure's or a list's own bounds allow, and of a count more than nought."""
    bounds = {name: getattr(each, name) for each in field.metadata for name in _BOUNDS if hasattr(each, name)}
    if get_origin(field.annotation) is list and "min_length" in bounds:
        (item,) = get_args(field.annotation)
        return st.lists(_of(item), min_size=bounds["min_length"], max_size=bounds["max_length"])
    if field.annotation is float:
        return st.floats(bounds["ge"], bounds["le"])
    return values.filter(bool) if bounds.get("ge") == 1 else values


def _model(model: type[BaseModel], leave_out: frozenset[str] = frozenset()) -> st.SearchStrategy[dict[str, Any]]:
    def fields(*, required: bool) -> dict[str, st.SearchStrategy[Any]]:
        return {
            name: _within(_of(_annotation(field)), field)
            for name, field in model.model_fields.items()
            if field.is_required() is required and name not in leave_out
        }

    return st.fixed_dictionaries(fields(required=True), optional=fields(required=False))


def _annotation(field: FieldInfo) -> Any:
    return field.annotation


def data_of(kind: Kind) -> st.SearchStrategy[dict[str, Any]]:
    """Foreign data of a record of this kind, with texts that want normalising."""
    own = _model(RECORD_TYPES[kind], frozenset({"id", "key", "kind", "locale"}))
    return st.builds(
        lambda data, key: {**data, "kind": kind, "key": str(key), "id": id_of(key)},
        own,
        st.uuids(),
    )


def records() -> st.SearchStrategy[Record]:
    """Whole records of every kind."""
    return st.sampled_from(sorted(RECORD_TYPES)).flatmap(data_of).map(from_data)
