"""A translation's approved words on the source's facts.

Facts (fees, dates, order, references) are the source's, at once. Words are those that were
approved in the language, found by the ids of the blocks that they stand in. What the source
no longer says is gone; what is not translated yet is silent, and never in another language.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from services.correspondence import Stream, raw_stream, raw_value
from services.mapping import FIELDS, own_record
from services.models import Sourced
from services.record import Entry, Ref
from services.record.values import TRANSLATABLE, Value
from services.streams import Shape, shapes


def in_approved_words(source: Sourced, own: Entry, approved: Sourced) -> Entry:
    """The own record of an entry in a translation. ``approved`` is the translation's live revision: it is changed."""
    streams = {field.name: field for field in FIELDS[source.kind] if isinstance(field, Stream)}
    for name, field in streams.items():
        raw = worded_blocks(field.value_type, raw_stream(source, name), raw_stream(approved, name))
        setattr(approved, name, raw_value(approved, name, raw))
    words = own_record(approved)
    changed = {
        name: getattr(words, name) if name in streams else _worded(field, getattr(own, name), getattr(words, name))
        for name, field in type(own).model_fields.items()
    }
    return own.model_copy(update=changed | {"locale": words.locale})


def is_in_a_language(field: FieldInfo) -> bool:
    """Whether a field of a record holds words, which other languages say differently."""
    return TRANSLATABLE in field.metadata


def _worded(field: FieldInfo, ours: Any, theirs: Any) -> Any:
    if is_in_a_language(field):
        return (theirs or type(ours)()) if ours else ours
    if isinstance(ours, Ref):
        return ours
    if isinstance(ours, BaseModel):
        return _worded_value(ours, theirs)
    if isinstance(ours, list):
        # Not in a stream: what goes live at once, and has no translation.
        return [_worded_value(item, None) if isinstance(item, Value) else item for item in ours]
    return ours


def _worded_value(ours: Any, theirs: Any) -> Any:
    if isinstance(ours, Ref):
        return ours
    fields = type(ours).model_fields.items()
    return ours.model_copy(
        update={name: _worded(field, getattr(ours, name), getattr(theirs, name, None)) for name, field in fields}
    )


def worded_blocks(
    value_type: type[Value], facts: Iterable[dict[str, Any]], words: Iterable[dict[str, Any]]
) -> list[dict[str, Any]]:
    """A stream's or list's JSON: the source's blocks, each with the words of the translation's block of the same id."""
    spoken = {block["id"]: block.get("value") or {} for block in words if block.get("id")}
    found = []
    for block in facts:
        theirs = spoken.get(block.get("id") or "")
        value = _worded_struct(value_type, block.get("value") or {}, theirs or {})
        if theirs is not None or _states_something(value_type, value):
            found.append({**block, "value": value})
    return found


def _worded_struct(value_type: type[Value], facts: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _worded_part(value_type, name, shape, facts.get(name), words.get(name))
        for name, shape in shapes(value_type).items()
    } | {name: held for name, held in facts.items() if name not in shapes(value_type)}


def _worded_part(value_type: type[Value], name: str, shape: Shape, ours: Any, theirs: Any) -> Any:
    if shape.form == "value":
        return _worded_struct(shape.of, ours or {}, theirs or {})
    if shape.form == "list" and shape.of.form == "value":
        return worded_blocks(shape.of.of, _with_ids(ours), _with_ids(theirs))
    if is_in_a_language(value_type.model_fields[name]):
        return (theirs or "") if ours else ""
    return ours


def _with_ids(items: Any) -> list[dict[str, Any]]:
    """The items of a list in the form that has ids; those of the old form have none."""
    return [item if isinstance(item, dict) and item.get("type") == "item" else {"value": item} for item in items or []]


def _states_something(value_type: type[Value], value: Mapping[str, Any]) -> bool:
    """Whether a block without its words still tells a citizen something: an amount, a date, a kind of channel."""
    for name, shape in shapes(value_type).items():
        held, field = value.get(name), value_type.model_fields[name]
        # When something holds tells nothing if it is not said what.
        if name == "condition" or is_in_a_language(field) or held in (None, "", []):
            continue
        if shape.form == "value":
            if _states_something(shape.of, held):
                return True
        elif shape.form == "list" and shape.of.form == "value":
            # An item that states nothing was left out already.
            return True
        elif field.is_required() or held != field.get_default(call_default_factory=True):
            return True
    return False
