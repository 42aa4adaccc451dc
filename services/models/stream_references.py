"""What a stream's blocks refer to, read from their JSON.

Wagtail builds every block to ask it, and every chooser then queries for its object: a service
with conditions costs two dozen queries a save. The JSON holds the same answer.
"""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks
from wagtail.rich_text import extract_references_from_rich_text

#: Model, primary key as text, path on the model, path in the content.
Reference = tuple[Any, str, str, str]


def stream_references(block: Any, raw: Any) -> Iterator[Reference]:
    """The same references, in the same order, as ``block.extract_references`` of the built value."""
    if not raw:
        return
    if isinstance(block, blocks.BaseStreamBlock):
        for item in raw:
            if child := block.child_blocks.get(item["type"]):
                yield from _within(stream_references(child, item["value"]), item["type"], item.get("id") or "")
    elif isinstance(block, blocks.ListBlock):
        for item in raw:
            yield from _within(stream_references(block.child_block, item["value"]), "item", item.get("id") or "")
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            if held := raw.get(name):
                yield from _within(stream_references(child, held), name, name)
    elif isinstance(block, blocks.ChooserBlock):
        yield block.model_class, str(raw), "", ""
    elif isinstance(block, blocks.RichTextBlock):
        yield from extract_references_from_rich_text(raw)


def _within(found: Iterator[Reference], model_part: str, content_part: str) -> Iterator[Reference]:
    for model, object_id, model_path, content_path in found:
        yield (
            model,
            object_id,
            f"{model_part}.{model_path}" if model_path else model_part,
            f"{content_part}.{content_path}" if content_path else content_part,
        )
