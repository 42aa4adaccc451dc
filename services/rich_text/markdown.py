"""Markdown as people write it in charters: lists with bullets of every kind, stray HTML, breaks that matter.

CommonMark by markdown-it, with what such texts do not mean (code, quotations, underlined headings)
switched off and their commonest slips mended first. The result is HTML of any kind, for ``clean``.
"""

import re
import unicodedata
from collections.abc import Iterator
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from services.rich_text.blocks import KNOWN, safe_href

_MARKDOWN = (
    MarkdownIt("commonmark", {"html": True})
    .disable(["code", "fence", "blockquote", "reference", "lheading", "html_block"])
    .disable(["backticks"])
)
# Addresses pass as they were written: ``clean`` decides, and keeps the text of those that it refuses.
_MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign]
_MARKDOWN.normalizeLink = lambda url: url  # type: ignore[method-assign]

_MARK = re.compile(r"[*_\[\]<&`\\#>•·▪◦¨\uf0b7\uf0a7]")
_LINE_START = re.compile(r"^[ \t]*(?:(?:[-+]|\d+[.)])(?:\s|\Z)|[-=]{3,})", re.MULTILINE)
_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BULLET = re.compile(r"^([ \t]*)(?:[•·▪◦¨\uf0b7\uf0a7][ \t\u00a0]*|>[ \t\u00a0]+)(?=\S)", re.MULTILINE)
_SPACED_LINK = re.compile(
    r"\](?:\s?:?[ \t]*\(|\[\()[ \t]*(?=https?://|www\.|mailto:|[a-z0-9.-]+\.gov\.br)", re.IGNORECASE
)
_LINK_TARGET = re.compile(
    r'(?<=\]\()((?:https?://|www\.)[^()\n"<>]*[^()\s"<>])((?:[ \t]+"[^"\n]*")?[ \t]*\))', re.IGNORECASE
)
_CURLED_LINK = re.compile(r"\{([^\[\]{}\n]*\]\()")
_BOLD = re.compile(r"\*\*([ \t]*)((?:[^*\n]|\*(?!\*))+?)([ \t]*)\*\*(?!\*)")
_STARS = re.compile(r"\*{4,}")
_UNCLOSED_TAG = re.compile(r"<(/?(?:li|ul|ol|p|b|br|div))(?:<(?![/a-z])|(?=<))", re.IGNORECASE)
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_BARE_ADDRESS = re.compile(r"(?:https?://|(?<![\w@.-])www\.)[^\s<>\"'\[\]]*[^\s<>\"'\[\]().,;:!?]", re.IGNORECASE)
# Elements that carry nothing into a record, but are no text either: ``clean`` unwraps or drops them.
_UNWRAPPED = (
    "script style video audio source object param svg path button input textarea canvas html head body title meta link "
    "wbr strike acronym col colgroup picture map area template"
)
_HTML_NAMES = KNOWN | frozenset(_UNWRAPPED.split())
_BREAK_AFTER = re.compile(r"[.;:!?][)\"'*_]*\s*\Z")


def is_plain(text: str) -> bool:
    """Whether nothing in a text could be markup."""
    return _MARK.search(text) is None and "://" not in text and "www." not in text and _LINE_START.search(text) is None


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text without markup, in which ``\n`` stands for each line end that means something."""
    found: list[str] = []
    joined, before = "", ""
    for line in unicodedata.normalize("NFC", _LINE_END.sub("\n", text)).split("\n"):
        said = " ".join(line.split())
        if not said and joined:
            found.append(joined)
        # Two spaces at its end make a line end for good, as in all Markdown.
        end = "\n" if before.endswith("  ") else _line_end(joined, said)
        joined = said if not said or not joined else joined + end + said
        before = line
    if joined:
        found.append(joined)
    return found


def to_html(text: str) -> str:
    """HTML of any kind, not yet safe, from Markdown of any kind."""
    return "".join(_written(_MARKDOWN.parse(_mended(_LINE_END.sub("\n", text)))))


def _line_end(before: str, after: str) -> str:
    """A space where a sentence merely went over to the next line, as in text copied from a PDF; else a break."""
    goes_on = after.lstrip()[:1].islower() and _BREAK_AFTER.search(before) is None
    return " " if goes_on else "\n"


def _mended(text: str) -> str:
    """The commonest slips put right: spaced links, bullets of a word processor, bold with spaces inside."""
    text = _UNCLOSED_TAG.sub(r"<\1>", text)
    text = _SPACED_LINK.sub("](", text)
    text = _CURLED_LINK.sub(r"[\1", text)
    text = _LINK_TARGET.sub(lambda match: re.sub(r"\s", "%20", match.group(1)) + match.group(2), text)
    text = _BULLET.sub(r"\1- ", text)
    text = _BOLD.sub(r"\1<strong>\2</strong>\3", _STARS.sub("", text))
    return text.replace("**", "")


def _written(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield from _inline(token.children or [])
        elif token.type == "ordered_list_open" and token.attrs.get("start"):
            yield f'<ol start="{int(token.attrs["start"])}">'
        elif token.tag and token.nesting:
            # Paragraphs of a tight list are hidden; a line break parts them all the same.
            yield "" if token.hidden else f"<{token.tag}>" if token.nesting > 0 else f"</{token.tag}>"


def _inline(tokens: list[Token]) -> Iterator[str]:
    in_link = 0
    for index, token in enumerate(tokens):
        if token.type == "text":
            yield escape(token.content, quote=False) if in_link else _with_links(token.content)
        elif token.type == "hardbreak":
            yield "<br>"
        elif token.type == "softbreak":
            goes_on = _line_end(_said(tokens[:index], -1), _said(tokens[index + 1 :], 0)) == " "
            yield " " if goes_on else "<br>"
        elif token.type == "html_inline":
            name = _TAG_NAME.match(token.content)
            if name is None and token.content.startswith("<!--"):
                continue
            known = name is not None and name.group(1).lower() in _HTML_NAMES
            if known and name is not None and name.group(1).lower() == "a":
                in_link += -1 if token.content.startswith("</") else 1
            yield token.content if known else escape(token.content, quote=False)
        elif token.type == "link_open":
            in_link += 1
            yield f'<a href="{escape(str(token.attrs.get("href", "")))}">'
        elif token.type == "link_close":
            in_link -= 1
            yield "</a>"
        elif token.type == "image":
            yield escape(token.content, quote=False)
        elif token.tag and token.nesting:
            yield f"<{token.tag}>" if token.nesting > 0 else f"</{token.tag}>"
        elif token.content:
            yield escape(token.content, quote=False)


def _said(tokens: list[Token], where: int) -> str:
    """The text nearest to a line end, on one side of it."""
    texts = [
        token.content for token in tokens if token.type in {"text", "softbreak", "hardbreak"} and token.content.strip()
    ]
    return texts[where] if texts else ""


def _with_links(text: str) -> str:
    """Text in which bare web addresses are links."""
    parts: list[str] = []
    end = 0
    for match in _BARE_ADDRESS.finditer(text):
        parts.append(escape(text[end : match.start()], quote=False))
        address = match.group()
        said = escape(address, quote=False)
        parts.append(f'<a href="{escape(address)}">{said}</a>' if safe_href(address) else said)
        end = match.end()
    parts.append(escape(text[end:], quote=False))
    return "".join(parts)
