"""What a record points to, and the walk that fills in or leaves out what it embeds. Pure."""

import functools
import typing
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from pydantic import BaseModel

from services import rich_text
from services.record import Ref
from services.record.values import Rich

#: Field that holds a reference → name of the relation in ``RecordLink``.
RELATIONS = {
    "secretariat": "secretariat",
    "superior": "superior",
    "predecessors": "predecessor",
    "parent": "parent",
    "topics": "topic",
    "audiences": "audience",
    "life_events": "life_event",
    "related": "related",
    "form": "form",
    "forms": "form",
    "units": "unit",
    "area_served": "district",
    "district": "district",
    "districts": "district",
    "question": "question",
    "service": "service",
    "services": "service",
}

M = TypeVar("M", bound=BaseModel)


@functools.cache
def _fields_with_references(value_type: type[BaseModel]) -> tuple[str, ...]:
    """The fields below which a reference may stand: most of a record has none, and is not walked."""
    return tuple(
        name
        for name, field in value_type.model_fields.items()
        if any(found is Ref or _fields_with_references(found) for found in _values_in(field.annotation))
    )


@functools.cache
def _fields_with_rich_text(value_type: type[BaseModel]) -> tuple[str, ...]:
    hints = typing.get_type_hints(value_type, include_extras=True)
    return tuple(
        name
        for name, field in value_type.model_fields.items()
        if hints[name] == Rich or any(_fields_with_rich_text(found) for found in _values_in(field.annotation))
    )


def _values_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _values_in(part)


def references(value: BaseModel) -> Iterator[tuple[str, Ref]]:
    """Every reference in a record, with the name of its relation."""
    for name in _fields_with_references(type(value)):
        held = getattr(value, name)
        for item in held if isinstance(held, list) else (held,):
            if isinstance(item, Ref):
                yield RELATIONS[name], item
            elif isinstance(item, BaseModel):
                yield from references(item)


@functools.cache
def relations_of(value_type: type[BaseModel]) -> tuple[str, ...]:
    """The names of the relations by which records of a type may point to others."""
    found: dict[str, None] = {}
    for name in _fields_with_references(value_type):
        for held in _values_in(value_type.model_fields[name].annotation):
            found.update(dict.fromkeys((RELATIONS[name],) if held is Ref else relations_of(held)))
    return tuple(found)


def text_links(value: BaseModel) -> Iterator[str]:
    """Ids of the entries that a record's rich texts link to."""
    for name in _fields_with_rich_text(type(value)):
        held = getattr(value, name)
        for item in held if isinstance(held, list) else (held,):
            if isinstance(item, str) and "/s/" in item:
                yield from rich_text.links(item)
            elif isinstance(item, BaseModel):
                yield from text_links(item)


def with_references(value: M, look_up: Callable[[Ref], Ref | None]) -> M | None:
    """The same value with each reference looked up; one that is not found is left out.

    ``None`` where the value cannot do without a reference that was not found.
    """
    changed: dict[str, Any] = {}
    for name in _fields_with_references(type(value)):
        held = getattr(value, name)
        if isinstance(held, list):
            if held:
                found = [_looked_up(item, look_up) for item in held]
                changed[name] = [item for item in found if item is not None]
        elif isinstance(held, BaseModel):
            found_one = _looked_up(held, look_up)
            if found_one is None and type(value).model_fields[name].is_required():
                return None
            changed[name] = found_one
    return value.model_copy(update=changed) if changed else value


def _looked_up(item: Any, look_up: Callable[[Ref], Ref | None]) -> Any:
    if isinstance(item, Ref):
        return look_up(item)
    return with_references(item, look_up)
