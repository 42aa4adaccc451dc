"""Texts of records as plain data that a typst template lays out: it reads none of them as markup.

A block is a string (a paragraph), ``{"p": RUNS}``, ``{"h": RUNS}`` or ``{"l": [[BLOCK…]…], "n": NUMBER}``, a list that
is numbered from ``n`` on where that is there. A run is a string or ``[TEXT, HREF, STRONG, EM]``.
"""

from collections.abc import Callable, Iterable
from typing import Any

from services.rich_text.blocks import Block, parse
from services.rich_text.runs import BREAK, Run

#: Where a link of a text leads on paper: an address, ``#LABEL`` inside the document, ``""`` to leave its words alone.
Lead = Callable[[str], str]


def paragraphs(text: str) -> list[Any]:
    """Plain text: a block for each of its lines."""
    return [line for line in text.split("\n") if line]


def rich(html: str, lead: Lead) -> list[Any]:
    """A record's rich text."""
    return [piece for block in parse(html) for piece in _pieces(block, lead)]


def _pieces(block: Block, lead: Lead) -> list[Any]:
    if block.tag in ("ul", "ol"):
        items = [[piece for each in item for piece in _pieces(each, lead)] for item in block.items]
        numbered = {"n": block.number} if block.tag == "ol" else {}
        return [{"l": [item for item in items if item], **numbered}]
    lines = [runs for runs in _lines(block.runs, lead) if runs]
    if block.tag in ("h3", "h4"):
        return [{"h": runs} for runs in lines]
    return [runs[0] if len(runs) == 1 and isinstance(runs[0], str) else {"p": runs} for runs in lines]


def _lines(runs: Iterable[Run], lead: Lead) -> list[list[Any]]:
    found: list[list[Any]] = [[]]
    for run in runs:
        if run is BREAK:
            found.append([])
            continue
        text, style = run
        href = lead(style.href) if style.href else ""
        found[-1].append([text, href, style.strong, style.em] if href or style.strong or style.em else text)
    return found
