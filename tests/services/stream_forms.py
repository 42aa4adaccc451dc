"""What the editor's script sends for a stream as it stands."""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks


def sent(block: blocks.Block, value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Names and values of the form fields of a block."""
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        children = list(value) if isinstance(block, blocks.StreamBlock) else list(value.bound_blocks)
        yield f"{name}-count", str(len(children))
        for place, child in enumerate(children):
            yield f"{name}-{place}-deleted", ""
            yield f"{name}-{place}-order", str(place)
            yield f"{name}-{place}-id", child.id or ""
            if isinstance(block, blocks.StreamBlock):
                yield f"{name}-{place}-type", child.block_type
            yield from sent(child.block, child.value, f"{name}-{place}-value")
    elif isinstance(block, blocks.StructBlock):
        for child_name, child_block in block.child_blocks.items():
            yield from sent(child_block, value.get(child_name), f"{name}-{child_name}")
    else:
        yield from _field(block, value, name)


def _field(block: Any, value: Any, name: str) -> Iterator[tuple[str, Any]]:
    shown = block.field.widget.format_value(block.field.prepare_value(block.value_for_form(value)))
    if isinstance(shown, list | tuple):
        yield from ((name, each) for each in shown)
    elif shown not in (None, False):
        yield name, str(shown)
