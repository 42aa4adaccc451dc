"""HTML as blocks: paragraphs, headings and lists of styled runs.

A foreign text goes through nh3 first: a real HTML5 parser, which leaves well-formed markup and
no script or style. What a record holds is then written from the blocks alone, so equal content
has equal bytes and nothing of the foreign markup survives.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape

import nh3

from services.rich_text.runs import BREAK, GAP, Run, Style
from services.rich_text.tables import table_lines

#: ``(linktype, id)`` of a Wagtail link to the href that a record keeps, or ``None`` if it leads nowhere.
Resolve = Callable[[str, str], str | None]

# Deeper lists are flattened into the deepest: nobody reads them, and nesting must not exhaust the stack.
MAX_LIST_DEPTH = 5

HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_STRONG = frozenset({"b", "strong"})
_EMPHASIS = frozenset({"i", "em", "cite", "dfn", "var"})
_APART = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "center",
        "details",
        "dialog",
        "div",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "legend",
        "main",
        "menu",
        "nav",
        "noscript",
        "option",
        "optgroup",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "tbody",
        "tfoot",
        "thead",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "br",
        "embed",
        "iframe",
        "img",
        "span",
        "font",
        "u",
        "s",
        "small",
        "big",
        "sub",
        "sup",
        "code",
        "abbr",
        "label",
        "del",
        "ins",
        "mark",
        "q",
        "tt",
        "kbd",
        "time",
    ]
)
_STRUCTURE = frozenset({"ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "th", *HEADINGS})
#: Elements that mean something; a text such as ``<nome>`` in Markdown is none of them and stays text.
KNOWN = _APART | _INLINE | _STRUCTURE | _STRONG | _EMPHASIS
_ATTRIBUTES = {
    "a": {"href", "linktype", "id"},
    "ol": {"start"},
    "img": {"alt"},
    "iframe": {"src"},
    "embed": {"alt", "url"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_WELL_FORMED = nh3.Cleaner(tags=set(KNOWN), attributes=_ATTRIBUTES, url_schemes={*_SCHEMES, "ftp"}, link_rel=None)
_LINKS_ONLY = nh3.Cleaner(tags={"a"}, attributes={"a": {"href"}}, url_schemes=_SCHEMES, link_rel=None)

UNSAFE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\ufeff\ufffe\uffff\ud800-\udfff]")
_TOKEN = re.compile(r"""<(?:"[^"]*"|[^">])*>|[^<]+""")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
# An address without its scheme, as people write it: www.…, goo.gl/…, portal.gov.br
_HOST = re.compile(r"www\.|(?:[a-z0-9-]+\.)+(?:[a-z]{2,6}/|(?:br|com|org|net)(?:[?#]|\Z))", re.IGNORECASE)


@dataclass
class Block:
    """A paragraph or heading of runs; a list of ``items``; or, with no tag, a stretch of an item.

    ``number`` is an ordered list's first; ``stray`` marks a list made for items that stood in none.
    """

    tag: str
    runs: list[Run] = field(default_factory=list)
    items: list[list["Block"]] = field(default_factory=list)
    number: int = 1
    stray: bool = False


def read(html: str, resolve: Resolve | None = None) -> list[Block]:
    """The blocks of any text that may hold HTML."""
    return parse(_WELL_FORMED.clean(UNSAFE.sub("", html)), resolve)


def parse(html: str, resolve: Resolve | None = None) -> list[Block]:
    """The blocks of well-formed HTML: what nh3 or this package wrote."""
    builder = _Builder(resolve)
    for match in _TOKEN.finditer(html):
        token = match.group()
        if token[0] != "<":
            builder.text(UNSAFE.sub("", unescape(token)))
        elif token[1] == "/":
            builder.end(token[2:-1])
        else:
            name, _, rest = token[1:-1].partition(" ")
            builder.start(name, {key: unescape(value) for key, value in _ATTRIBUTE.findall(rest)} if rest else {})
    return builder.blocks


@lru_cache(maxsize=4096)
def safe_href(value: str) -> str:
    """A link as a record keeps it, or ``""`` if a record may not hold it."""
    href = unicodedata.normalize("NFC", UNSAFE.sub("", value)).strip()
    href = re.sub(r"[\t\r\n]+", "", href)
    href = re.sub(r"^(https?:)\s*//\s*", r"\1//", href, flags=re.IGNORECASE)
    href = re.sub(r"\s", "%20", href).replace("\\", "%5C").replace('"', "%22").replace("<", "%3C").replace(">", "%3E")
    if _HOST.match(href) is not None:
        href = f"http://{href}"
    if re.match(r"https?://[^/?#]|mailto:.|tel:.", href, re.IGNORECASE):
        scheme, colon, rest = href.partition(":")
        href = scheme.lower() + colon + rest
    elif re.match(r"/(?!/|%5C)", href, re.IGNORECASE) is None:
        return ""
    # nh3 knows what a browser makes of an address; one that it would refuse must not be written.
    kept = _LINKS_ONLY.clean(f'<a href="{escape(href)}">x</a>')
    return href if "href" in kept else ""


class _Builder:
    """Blocks from a stream of tags and texts."""

    def __init__(self, resolve: Resolve | None) -> None:
        self.blocks: list[Block] = []
        self._resolve = resolve
        self._apart = True  # whether the next text begins a new paragraph
        self._lists: list[Block] = []
        self._in_item: list[bool] = []  # for each open list, whether one of its items is open
        self._flattened = 0
        self._rows: list[tuple[bool, list[list[Run]]]] = []  # of the open table: heading cells only?, cells
        self._tables = 0
        self._strong = self._em = self._pre = 0
        self._links: list[tuple[str, int]] = []
        self._written = 0

    def text(self, text: str) -> None:
        """Text where the reader stands."""
        if not text.strip():
            if text and not self._between():
                self._runs().append(GAP)
            return
        self._written += 1
        style = Style(self._links[-1][0] if self._links else "", self._strong > 0, self._em > 0)
        runs = self._runs()
        for index, line in enumerate(text.split("\n") if self._pre else [text]):
            if index:
                runs.append(BREAK)
            runs.append((line, style))

    def _between(self) -> bool:
        """Whether nothing stands here yet that a space or a break could belong to."""
        if self._in_cell():
            return False
        return not self._in_item[-1] if self._lists else self._apart

    def _in_cell(self) -> bool:
        return bool(self._tables and self._rows and self._rows[-1][1])

    def _runs(self) -> list[Run]:
        """Where text goes."""
        if self._in_cell():
            return self._rows[-1][1][-1]
        if self._lists:
            items = self._lists[-1].items
            if not self._in_item[-1]:
                items.append([])
                self._in_item[-1] = True
            if not items[-1] or items[-1][-1].tag:
                items[-1].append(Block(""))
            return items[-1][-1].runs
        if self._apart:
            self.blocks.append(Block("p"))
            self._apart = False
        return self.blocks[-1].runs

    def _boundary(self) -> None:
        """What follows stands apart: a new paragraph, or a new line in an item or cell."""
        if not self._lists and not self._in_cell():
            self._apart = True
        elif not self._between():
            self._runs().append(BREAK)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An opening tag."""
        if name == "br":
            if not self._between():
                self._runs().append(BREAK)
        elif name in _STRONG:
            self._strong += 1
        elif name in _EMPHASIS:
            self._em += 1
        elif name == "a":
            self._open_link(attributes)
        elif name in {"img", "embed", "iframe"}:
            self._embedded(attributes)
        elif name in {"ul", "ol", "dl"}:
            self._open_list("ol" if name == "ol" else "ul", attributes.get("start", ""))
        elif name in {"li", "dt"}:
            self._open_item()
            self._strong += name == "dt"
        elif name in {"table", "tr", "td", "th"}:
            self._open_table_part(name)
        elif name in HEADINGS and not self._lists and not self._in_cell():
            self.blocks.append(Block(HEADINGS[name]))
            self._apart = False
        elif name in _APART or name in _STRUCTURE:
            self._boundary()
            self._pre += name == "pre"

    def end(self, name: str) -> None:
        """A closing tag."""
        if name in _STRONG:
            self._strong -= 1
        elif name in _EMPHASIS:
            self._em -= 1
        elif name == "a":
            self._close_link()
        elif name in {"ul", "ol", "dl"}:
            self._close_list()
        elif name in {"li", "dt"}:
            self._strong -= name == "dt"
            if name == "li":
                self._close_item()
        elif name == "table":
            self._close_table()
        elif name in _APART or name in HEADINGS:
            self._boundary()
            self._pre -= name == "pre"

    def _open_link(self, attributes: dict[str, str]) -> None:
        href = attributes.get("href", "")
        if self._resolve is not None and "linktype" in attributes:
            href = self._resolve(attributes["linktype"], attributes.get("id", "")) or ""
        self._links.append((safe_href(href), self._written))
        if href[:4].lower() == "ftp:":
            # No link that a portal should carry, but the address is worth reading.
            self.text(f"{href} ")

    def _close_link(self) -> None:
        if not self._links:
            return
        href, written = self._links[-1]
        if href and written == self._written:
            self.text(href.removeprefix("mailto:").removeprefix("tel:"))
        self._links.pop()

    def _embedded(self, attributes: dict[str, str]) -> None:
        self.text(attributes.get("alt", ""))
        source = attributes.get("src") or attributes.get("url") or ""
        if href := safe_href(f"https:{source}" if source.startswith("//") else source):
            self._boundary()
            self._open_link({"href": href})
            self._close_link()
            self._boundary()

    def _open_list(self, tag: str, start: str) -> None:
        if self._tables or len(self._lists) == MAX_LIST_DEPTH:
            self._flattened += 1
            self._boundary()
            return
        number = int(start) if tag == "ol" and re.fullmatch(r"[0-9]{1,9}", start) else 1
        self._attach(Block(tag, number=number))

    def _attach(self, block: Block) -> None:
        if self._lists:
            items = self._lists[-1].items
            if not items:
                items.append([])
            items[-1].append(block)
            self._in_item[-1] = True
        else:
            self.blocks.append(block)
            self._apart = True
        self._lists.append(block)
        self._in_item.append(False)

    def _close_list(self) -> None:
        if self._flattened:
            self._flattened -= 1
            self._boundary()
        elif self._lists:
            self._lists.pop()
            self._in_item.pop()

    def _open_item(self) -> None:
        if self._tables:
            self._boundary()
            return
        if not self._lists:
            if self.blocks and self.blocks[-1].stray and self._apart:
                self._lists.append(self.blocks[-1])
                self._in_item.append(False)
            else:
                self._attach(Block("ul", stray=True))
        self._lists[-1].items.append([])
        self._in_item[-1] = True

    def _close_item(self) -> None:
        if self._flattened or not self._lists:
            return
        self._in_item[-1] = False
        if self._lists[-1].stray:
            self._close_list()

    def _open_table_part(self, name: str) -> None:
        if name == "table":
            if self._tables:
                self._boundary()
            self._tables += 1
        elif self._tables == 1:
            if name == "tr":
                self._rows.append((True, []))
            elif self._rows:
                heads, cells = self._rows[-1]
                cells.append([])
                self._rows[-1] = (heads and name == "th", cells)
        else:
            self._boundary()

    def _close_table(self) -> None:
        self._tables -= 1
        if self._tables:
            self._boundary()
            return
        rows, self._rows = self._rows, []
        written = [runs for runs in table_lines(rows) if runs]
        if len(self._lists) == MAX_LIST_DEPTH:
            for runs in written:
                self._boundary()
                self._runs().extend(runs)
        elif written:
            self._attach(Block("ul", items=[[Block("", runs=runs)] for runs in written]))
            self._close_list()
