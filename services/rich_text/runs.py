"""Stretches of styled text: put in order, and written as HTML or as plain text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple


class Style(NamedTuple):
    """How a run is written: its link and its marks, from the outside in."""

    href: str = ""
    strong: bool = False
    em: bool = False

    def shared(self, other: "Style") -> "Style":
        """What both have: the style of the space between two runs."""
        return Style(self.href if self.href == other.href else "", self.strong and other.strong, self.em and other.em)


PLAIN = Style()
Run = tuple[str, Style]
#: A line break, known by identity: no other run is this object.
BREAK: Run = ("\n", PLAIN)
GAP: Run = (" ", PLAIN)


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Neighbours of one style joined, in NFC: a letter and its accent may come from two tags."""
    text, style = "", PLAIN
    for run in runs:
        if run is BREAK:
            if text:
                yield unicodedata.normalize("NFC", text), style
            yield BREAK
            text = ""
        elif run[0]:
            if text and run[1] != style:
                yield unicodedata.normalize("NFC", text), style
                text = ""
            style = run[1]
            text += run[0]
    if text:
        yield unicodedata.normalize("NFC", text), style


def _pieces(runs: Iterable[Run]) -> Iterator[Run]:
    """Texts without space at their edges, single spaces and breaks, with no space beside a break."""
    gap = False
    started = False
    for run in _merged(runs):
        if run is BREAK:
            gap = started = False
            yield BREAK
            continue
        text, style = run
        words = text.split()
        if not words:
            gap = started
            continue
        if started and (gap or text[0].isspace()):
            yield GAP
        yield " ".join(words), style
        gap, started = text[-1].isspace(), True


def lines(runs: Iterable[Run]) -> list[list[Run]]:
    """Paragraphs of tidy runs: two breaks in a row part them, single breaks stay, edges are bare."""
    paragraphs: list[list[Run]] = [[]]
    breaks = 0
    for run in _pieces(runs):
        if run is BREAK:
            breaks += 1
            continue
        if breaks and paragraphs[-1]:
            if breaks > 1:
                paragraphs.append([])
            else:
                paragraphs[-1].append(BREAK)
        breaks = 0
        paragraphs[-1].append(run)
    return [_joined(paragraph) for paragraph in paragraphs if paragraph]


def _joined(pieces: Sequence[Run]) -> list[Run]:
    """Pieces of one style as one run; a space takes what its two neighbours share."""
    runs: list[Run] = []
    for index, (text, style) in enumerate(pieces):
        if pieces[index] is BREAK:
            runs.append(BREAK)
            continue
        if pieces[index] is GAP:
            style = pieces[index - 1][1].shared(pieces[index + 1][1])
        if runs and runs[-1] is not BREAK and runs[-1][1] == style:
            runs[-1] = (runs[-1][0] + text, style)
        else:
            runs.append((text, style))
    return runs


def one_stretch(paragraphs: Sequence[list[Run]]) -> list[Run]:
    """Paragraphs as lines of one stretch, as in an item of a list."""
    runs: list[Run] = []
    for paragraph in paragraphs:
        if runs:
            runs.append(BREAK)
        runs.extend(paragraph)
    return runs


def to_html(runs: Iterable[Run]) -> str:
    """Tidy runs as HTML: links outside, then strong, then em."""
    parts: list[str] = []
    style = PLAIN
    for run in runs:
        _turn(parts, style, run[1])
        style = run[1]
        parts.append("<br>" if run is BREAK else escape(run[0], quote=False))
    _turn(parts, style, PLAIN)
    return "".join(parts)


def _turn(parts: list[str], before: Style, after: Style) -> None:
    if before == after:
        return
    keep_link = before.href == after.href
    keep_strong = keep_link and before.strong == after.strong
    if before.em and not (keep_strong and after.em):
        parts.append("</em>")
    if before.strong and not keep_strong:
        parts.append("</strong>")
    if before.href and not keep_link:
        parts.append("</a>")
    if after.href and not keep_link:
        parts.append(f'<a href="{escape(after.href)}">')
    if after.strong and not keep_strong:
        parts.append("<strong>")
    if after.em and not (keep_strong and before.em):
        parts.append("<em>")


def to_text(runs: Sequence[Run], *, addresses: bool) -> str:
    """Tidy runs as text; with ``addresses``, a link's follows it in parentheses unless it is the text."""
    parts: list[str] = []
    for index, (text, style) in enumerate(runs):
        parts.append(text)
        is_last = index + 1 == len(runs) or runs[index + 1][1].href != style.href
        if addresses and style.href and is_last:
            start = index
            while start and runs[start - 1][1].href == style.href:
                start -= 1
            said = "".join(piece for piece, _ in runs[start : index + 1])
            address = style.href.removeprefix("mailto:").removeprefix("tel:")
            if _bare(address) not in {_bare(said), _bare(f"http://{said}")}:
                parts.append(f" ({address})")
    # An accent in another style than its letter is one character with it here.
    return unicodedata.normalize("NFC", "".join(parts))


def _bare(address: str) -> str:
    return re.sub(r"^https?://", "", address.lower()).rstrip("/")
