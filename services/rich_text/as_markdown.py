"""A record's texts as Markdown that ``from_markdown`` and ``text_from_markdown`` read back as what they were.

First as a person would write it. Where that would be read as something else (a star that is no mark, an address
that is no link, a list in a list), as HTML in which nothing can be taken for Markdown: all Markdown allows it.
"""

import re
from collections.abc import Callable
from html import escape

from services.rich_text.blocks import Block, parse
from services.rich_text.markdown import is_plain
from services.rich_text.runs import BREAK, Run

#: What could be a mark, or part of one, anywhere in a line.
_MARKS = re.compile(r"[*_\[\]()`\\#>•·▪◦¨\uf0b7\uf0a7{}~!|]")
_ADDRESS = re.compile(r"(https?)(?=://)|\b(ww)(?=w\.)", re.IGNORECASE)
#: Says nothing, and parts an address so that it is not taken for a link.
_NOTHING = "<!-- -->"
_TEXT = re.compile(r"[^<>]+(?=<|\Z)")
#: Two spaces make a line end for good.
_LINE_END = "  \n"

Read = Callable[[str], str]


def written(html: str, read: Read) -> str:
    """Clean HTML as Markdown that ``read`` gives back as it was."""
    blocks = parse(html)
    if _is_simple(blocks):
        said = "\n\n".join(_paragraph(block) for block in blocks)
        if is_plain(said):
            return said
    said = "\n\n".join(_block(block) for block in blocks)
    if read(said) == html:
        return said
    linked = _escaped(html)
    return linked if read(linked) == html else _escaped(html, links=False)


def text_written(text: str, read: Read) -> str:
    """Plain text of several lines as Markdown that ``read`` gives back as it was."""
    broken = text.replace("\n\n", "\0").replace("\n", _LINE_END).replace("\0", "\n\n")
    if is_plain(text):
        return broken
    if read(text) == text:
        return text
    if read(broken) == text:
        return broken
    paragraphs = (escape(said, quote=False).replace("\n", "<br>") for said in text.split("\n\n"))
    html = "".join(f"<p>{said}</p>" for said in paragraphs)
    linked = _escaped(html)
    return linked if read(linked) == text else _escaped(html, links=False)


def _is_simple(blocks: list[Block]) -> bool:
    return all(block.tag == "p" and not any(any(style) for _text, style in block.runs) for block in blocks)


def _paragraph(block: Block) -> str:
    return "".join(_LINE_END if run is BREAK else run[0] for run in block.runs)


def _block(block: Block) -> str:
    if block.tag in {"ul", "ol"}:
        return "\n".join(
            f"{'-' if block.tag == 'ul' else f'{number}.'} {''.join(_inline(part.runs) for part in item)}"
            for number, item in enumerate(block.items, start=1)
        )
    mark = {"h3": "### ", "h4": "#### "}.get(block.tag, "")
    return mark + _inline(block.runs)


def _inline(runs: list[Run]) -> str:
    parts = []
    for run in runs:
        if run is BREAK:
            parts.append(_LINE_END)
            continue
        said, style = run
        if style.em:
            said = f"*{said}*"
        if style.strong:
            said = f"**{said}**"
        if style.href:
            said = said if style.href == said else f"[{said}]({style.href})"
        parts.append(said)
    return "".join(parts)


def _escaped(html: str, *, links: bool = True) -> str:
    """HTML in which no Markdown can be found; without ``links``, no address outside a link either."""

    def text(match: re.Match[str]) -> str:
        said = _MARKS.sub(lambda mark: f"&#{ord(mark.group())};", match.group())
        return said if links else _ADDRESS.sub(lambda start: start.group() + _NOTHING, said)

    return _TEXT.sub(text, html)
