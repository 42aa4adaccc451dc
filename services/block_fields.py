"""The fields that blocks are made of: all optional, because drafts may be incomplete."""

from typing import Any

from wagtail import blocks

RICH_FEATURES = ["bold", "italic", "ol", "ul", "h3", "h4", "link"]


def line(label: Any, help_text: Any = "", **kwargs: Any) -> blocks.CharBlock:
    """One line of text, optional unless said otherwise: drafts may be incomplete."""
    return blocks.CharBlock(**{"label": label, "help_text": help_text, "required": False, "default": "", **kwargs})


def text(label: Any, help_text: Any = "", *, rows: int = 2) -> blocks.TextBlock:
    """A few lines of plain text."""
    return blocks.TextBlock(label=label, help_text=help_text, required=False, default="", rows=rows)


def rich(label: Any, help_text: Any = "") -> blocks.RichTextBlock:
    """Text with lists and links."""
    return blocks.RichTextBlock(label=label, help_text=help_text, required=False, features=RICH_FEATURES)


def choice(label: Any, options: list[tuple[str, Any]], **kwargs: Any) -> blocks.ChoiceBlock:
    """One of a few words, or none: the empty choice says nothing in the summary of a collapsed block."""
    return blocks.ChoiceBlock(**{"label": label, "choices": [("", ""), *options], "required": False, **kwargs})


def listed(child: blocks.Block, label: Any, help_text: Any = "") -> blocks.ListBlock:
    """Any number of the same, collapsed."""
    return blocks.ListBlock(child, label=label, help_text=help_text, default=[], collapsed=True)
