"""Two versions of a stream, block by block: what was added, removed, moved, and which words changed where.

Wagtail compares a list inside a block as one text; here items are told from each other by their
ids, however deep they are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import localize
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.field_block import BaseChoiceBlock
from wagtail.utils.text import text_from_html

What = Literal["changed", "added", "removed", "moved"]
Items = list[dict[str, Any]]
#: Between the name of a part and what it says, where a whole item stands in one line.
_COLON = ": "


@dataclass(frozen=True)
class Difference:
    """One place that is not the same, from the outermost item inwards, and what it said before and says now."""

    path: tuple[str, ...]
    what: What
    before: str = ""
    after: str = ""


def compare_streams(block: blocks.StreamBlock, before: Items, after: Items) -> list[Difference]:
    """The differences of two streams' JSON, in the order of the later one; what was removed comes first."""
    return list(_items(lambda item: block.child_blocks.get(item.get("type")), before, after, ()))


def _items(block_of: Any, before: Items, after: Items, path: tuple[str, ...]) -> Iterator[Difference]:
    old, new = _by_id(before), _by_id(after)
    for key, item in old.items():
        if key not in new and (block := block_of(item)) is not None:
            yield Difference((*path, name_of(block, item["value"])), "removed", before=said(block, item["value"]))
    moved = _moved([key for key in old if key in new], [key for key in new if key in old])
    for key, item in new.items():
        block = block_of(item)
        if block is None:
            continue
        here = (*path, name_of(block, item["value"]))
        if key not in old:
            yield Difference(here, "added", after=said(block, item["value"]))
            continue
        if key in moved:
            yield Difference(here, "moved")
        yield from _compared(block, old[key]["value"], item["value"], here)


def _compared(block: blocks.Block, before: Any, after: Any, path: tuple[str, ...]) -> Iterator[Difference]:
    if isinstance(block, blocks.StructBlock):
        old, new = before or {}, after or {}
        for name, child in block.child_blocks.items():
            yield from _compared(child, old.get(name), new.get(name), (*path, str(child.label)))
    elif isinstance(block, blocks.ListBlock):
        yield from _items(lambda _item: block.child_block, before or [], after or [], path)
    else:
        old_text, new_text = said(block, before), said(block, after)
        if old_text != new_text:
            yield Difference(path, "changed", old_text, new_text)


def _by_id(items: Items) -> dict[str, dict[str, Any]]:
    """By id; what has none, by its place."""
    found = {}
    for place, item in enumerate(items):
        whole = item if isinstance(item, Mapping) and "value" in item else {"value": item}
        found[str(whole.get("id") or place)] = dict(whole)
    return found


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Those that are not in the longest part that kept its order."""
    kept: set[str] = set()
    for start, _other, length in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        kept |= set(before[start : start + length])
    return set(after) - kept


def name_of(block: blocks.Block, value: Any) -> str:
    """What an item is, and the first words of it: ``Etapa “Entregar os documentos”``."""
    label = str(block.label or block.name)
    first = next(_lines(block, value), "")
    words = first.partition(_COLON)[2] if isinstance(block, blocks.StructBlock) else first
    if len(words) > 60:
        words = words[:59].rstrip() + "…"
    return f"{label} “{words}”" if words else label


def said(block: blocks.Block, value: Any) -> str:
    """All that a block says, a line for each part."""
    return "\n".join(_lines(block, value))


def _lines(block: blocks.Block, value: Any) -> Iterator[str]:
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            for line in _lines(child, (value or {}).get(name)):
                yield line if isinstance(child, blocks.StructBlock) else f"{child.label}{_COLON}{line}"
    elif isinstance(block, blocks.ListBlock):
        for item in _by_id(value or []).values():
            yield from _lines(block.child_block, item["value"])
    elif value not in (None, "", False):
        yield from str(_leaf(block, value)).split("\n")


def _leaf(block: blocks.Block, value: Any) -> Any:
    if isinstance(block, blocks.RichTextBlock):
        return text_from_html(value)
    if isinstance(block, blocks.BooleanBlock):
        return _("sim")
    if isinstance(block, blocks.ChooserBlock):
        chosen = block.model_class._default_manager.filter(pk=value).first()
        return str(chosen) if chosen else _("(não existe mais)")
    if isinstance(block, BaseChoiceBlock):
        names = dict(block.field.choices)
        many = value if isinstance(value, list) else [value]
        return ", ".join(str(names.get(one, one)) for one in many)
    if isinstance(block, blocks.DateTimeBlock):
        moment = parse_datetime(value) if isinstance(value, str) else value
        return localize(localtime(moment) if moment and is_aware(moment) else moment)
    if isinstance(block, blocks.DateBlock):
        return localize(parse_date(value) if isinstance(value, str) else value)
    if isinstance(block, blocks.DecimalBlock):
        return str(value).replace(".", ",")
    return value
