"""The texts of a record that somebody wrote to be read, in the order of its fields, as plain paragraphs."""

import functools
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from services import rich_text
from services.record import Entry, Ref
from services.record.values import Line, Rich, Standard, Text

#: Names, lists for the search, and what other entries or other screens keep.
_NOT_PROSE = frozenset(
    [
        "slug",
        "legal_basis",
        "popular_names",
        "other_names",
        "keywords",
        "related_texts",
        "legislation",
        "head",
        "questions",
        "not_applicable",
    ]
)


@dataclass(frozen=True)
class Passage:
    """A field's text as plain paragraphs, one a line."""

    field: str
    text: str
    #: Whether it is the title of a service, which has a form of its own.
    is_title: bool = False


def texts_of(record: Entry) -> list[Passage]:
    """The prose of a record; commitments that it takes from its body or the city are told where they are written."""
    return [
        Passage(field, text, is_title=field == "title" and record.kind == "service")
        for field, text in _walk(record, "", record.kind)
        if text
    ]


def _walk(value: BaseModel, path: str, kind: str) -> Iterator[tuple[str, str]]:
    for name, form in _fields(type(value)):
        found = getattr(value, name)
        field = f"{path}.{name}" if path else name
        if form == "rich":
            yield field, rich_text.plain(found)
        elif form == "plain":
            yield field, found
        else:
            yield from _inside(found, field, kind)


def _inside(found: Any, field: str, kind: str) -> Iterator[tuple[str, str]]:
    if isinstance(found, list):
        for place, each in enumerate(found):
            yield from _inside(each, f"{field}[{place}]", kind)
    elif isinstance(found, Standard) and found.origin != kind:
        return
    elif isinstance(found, BaseModel) and not isinstance(found, Ref):
        yield from _walk(found, field, kind)


@functools.cache
def _fields(value_type: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """The fields of a type that are, or may hold, prose: ``rich``, ``plain`` or ``inside``."""
    hints = typing.get_type_hints(value_type, include_extras=True)
    found = []
    for name in value_type.model_fields:
        hint = hints[name]
        if name in _NOT_PROSE:
            continue
        if hint in (Rich, Text, Line):
            found.append((name, "rich" if hint == Rich else "plain"))
        elif _holds_values(hint):
            found.append((name, "inside"))
    return tuple(found)


def _holds_values(hint: Any) -> bool:
    if isinstance(hint, type):
        return issubclass(hint, BaseModel) and hint is not Ref
    return any(_holds_values(part) for part in typing.get_args(hint))
