"""Texts of the federal files: Markdown with stray HTML, in the form that each field of a record takes."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from html import unescape
from itertools import pairwise
from typing import NamedTuple, TypeVar

from services.interchange.base import Unreadable
from services.record.service import Law
from services.rich_text import SUMMARY_LENGTH, from_markdown, plain, readable, safe_href, summary_of, text_from_markdown

_Meaning = TypeVar("_Meaning")

_ACRONYM = re.compile(r"\s*\(([^()\s]{2,20})\)\s*\Z")
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>')
_WHOLE_LINK = re.compile(r'<p><a href="(https?://[^"]*)">((?:(?!</a>).)*)</a></p>')
# An address in which nothing could be Markdown, so that it needs no reading.
_BARE_LINK = re.compile(r"https?://[A-Za-z0-9.-]*[A-Za-z0-9](?:/[A-Za-z0-9./?=%#+:-]*[A-Za-z0-9/=])?")
_TAG = re.compile(r"<[^>]*>")
_SEPARATOR = re.compile(r"\n|;|</p>|</li>|<br>")
_ends_in_a_file = re.compile(r"\.(?:html?|pdf|php|aspx?)\Z", re.IGNORECASE).search
_REST_OF_ADDRESS = re.compile(r"(?:\s|<br>)+[\w\s.-]{0,80}/[\w\s/.-]{0,80}\.(?:html?|pdf)\b", re.IGNORECASE)
_BEFORE_ADDRESS = re.compile(r"[\s:;,(\[–—-]*\Z")
_POINTS_AT = re.compile(r"\b(?:endereço|link|site|sítio|página|portal|acesse|em|no|na)\Z", re.IGNORECASE)
#: What joins one law to the next, and what is left of broken Markdown.
_AROUND_A_LAW = re.compile(r"\A(?:[\s;,\[]+|e\s+(?=[A-ZÀ-Ú]))+|(?:[\s;,]|\]\)?|\se)+\Z")
#: An address on a line of its own, before the first law that has words.
_ADDRESS_FIRST = re.compile(r'<p><a href="(https?://([^"]*))">(?:https?://)?\2</a>(?:<br>|</p>(?=.))')
_GROUPED = re.compile(r"(?:R\$\s*)?(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?")
_DOTTED = re.compile(r"(?:R\$\s*)?(\d+)\.(\d{1,2})")
_SAYING = re.compile(r"[^\W_]")
_NUMBER = re.compile(r"\d{1,6}")


def says(text: str) -> bool:
    """Whether a text holds a letter or a digit: ``-``, ``.`` and ``****`` fill a form and say nothing."""
    return _SAYING.search(text) is not None


# Bodies write the same paragraph about treatment and access into each of their services.
@lru_cache(maxsize=2048)
def rich(raw: str) -> str:
    """For Rich fields: the safe elements of a record."""
    html = from_markdown(raw)
    return html if says(_TAG.sub("", html)) else ""


@lru_cache(maxsize=2048)
def text(raw: str) -> str:
    """For Text fields: plain text that keeps lists as lines and the address of each link."""
    said = text_from_markdown(raw)
    return said if says(said) else ""


def line(raw: str) -> str:
    """For Line fields: the same on one line."""
    return " ".join(text(raw).split())


def lines(raws: list[str]) -> list[str]:
    """For Lines fields: one line each, without those that say nothing."""
    return [said for raw in raws if (said := line(raw))]


class Introduction(NamedTuple):
    """What a service is: a short form, and a long one only where the short is not all."""

    summary: str
    description: str


def introduction(raw: str) -> Introduction:
    """``descricao`` as summary and description.

    One plain paragraph that is short enough is a summary and nothing else. Anything longer, or
    with markup, is the description, whose first sentences are the summary.
    """
    html = rich(raw)
    inner = html.removeprefix("<p>").removesuffix("</p>")
    if "<" not in inner and len(said := unescape(inner)) <= SUMMARY_LENGTH:
        return Introduction(said, "")
    return Introduction(summary_of(html), html)


class NamedBody(NamedTuple):
    """A body's name without the acronym that its source writes behind it."""

    name: str
    acronym: str


def named_body(raw: str) -> NamedBody:
    """``Ministério da Fazenda (MF)`` as name and acronym."""
    said = line(raw)
    match = _ACRONYM.search(said)
    if match is None or match.start() == 0:
        return NamedBody(said, "")
    return NamedBody(said[: match.start()], match.group(1))


def link_or_text(raw: str) -> tuple[str, str]:
    """``(text, url)``: the address apart where a text is nothing but one web link."""
    if _BARE_LINK.fullmatch(raw) is not None and safe_href(raw) == raw:
        return "", raw
    html = rich(raw)
    match = _WHOLE_LINK.fullmatch(html)
    if match is None:
        return readable(html), ""
    address = unescape(match.group(1))
    said = plain(f"<p>{match.group(2)}</p>")
    return ("" if _same_address(said, address) else said), address


def web_address(raw: str) -> str:
    """A web address, ``""`` if there is none. Raises ``Unreadable`` if the text is something else."""
    if not says(raw):
        return ""
    address = safe_href(raw if "://" in raw else f"http://{raw.strip()}")
    if not address.startswith("http"):
        raise Unreadable(f"link-servico-digital não é um endereço da web: {raw.strip()[:80]}")
    return address


def laws(raw: str) -> list[Law]:
    """An item of ``legislacoes``: a law for each link in it, or one law of plain text."""
    return _laws(rich(raw))


def _laws(html: str) -> list[Law]:
    links = [match for match in _LINK.finditer(html) if match.group(1).startswith("http")]
    if alone := _ADDRESS_FIRST.match(html):
        return [Law(url=unescape(alone.group(1))), *_laws(html[alone.end() :])]
    if not links or any(_is_cut(html, link) for link in links):
        said = readable(html)
        return [Law(title=said)] if said else []
    edges = [0, *(_edge(html, one.end(), two.start()) for one, two in pairwise(links)), len(html)]
    return [_law(html[start:end], link) for link, (start, end) in zip(links, pairwise(edges), strict=True)]


def _edge(html: str, start: int, end: int) -> int:
    """Where the text between two links goes over from the first law to the second."""
    separator = _SEPARATOR.search(html, start, end)
    if separator is not None:
        return separator.end()
    belongs_to_first = re.match(r"\s*[-–—]", html[start:end]) is not None
    return end if belongs_to_first else start


def _is_cut(html: str, link: re.Match[str]) -> bool:
    """Whether an address is only the beginning of one that was written with a space or a line break in it."""
    return _ends_in_a_file(link.group(1)) is None and _REST_OF_ADDRESS.match(html, link.end()) is not None


def _law(html: str, link: re.Match[str]) -> Law:
    address = unescape(link.group(1))
    said = plain(_balanced(html))
    shown = plain(f"<p>{link.group(2)}</p>")
    if _same_address(shown, address):
        said = "\n".join(_without(line, shown) for line in said.split("\n"))
    return Law(title=_AROUND_A_LAW.sub("", said), url=address)


def _without(line: str, address: str) -> str:
    """A line without an address that stands behind its words; one that is a part of the sentence stays."""
    in_brackets = re.sub(rf"\s*[(\[]\s*{re.escape(address)}\s*[)\]]", "", line, count=1)
    before, found, after = in_brackets.partition(address)
    if not found or says(after):
        return in_brackets
    words = _BEFORE_ADDRESS.sub("", before)
    return in_brackets if _POINTS_AT.search(words) else words


def _balanced(html: str) -> str:
    """A piece cut out of clean HTML: its blocks as lines, its marks as they are."""
    return f"<p>{re.sub(r'</?(?:p|ul|ol|li|h3|h4)>', '<br>', html)}</p>"


def _same_address(said: str, address: str) -> bool:
    bare = [re.sub(r"^https?://", "", one.lower()).rstrip("/") for one in (said, address)]
    return bare[0] == bare[1]


def amount(raw: str) -> Decimal | None:
    """A Brazilian number of at most two decimals (``1.364,20``, ``7``); ``None`` if it is not surely one."""
    said = raw.strip()
    match = _GROUPED.fullmatch(said) or _DOTTED.fullmatch(said)
    if match is None:
        return None
    value = Decimal(f"{match.group(1).replace('.', '')}.{match.group(2) or '0'}")
    return value if value < 10**10 else None


def whole_number(raw: str, what: str) -> int | None:
    """A number of at most six digits; ``None`` if nothing is written. Raises ``Unreadable``."""
    said = raw.strip()
    if not said:
        return None
    if _NUMBER.fullmatch(said) is None or int(said) > 100_000:
        raise Unreadable(f"{what} não é um número inteiro até 100000: {said[:40]}")
    return int(said)


def choice(raw: str, meanings: Mapping[str, _Meaning], what: str) -> _Meaning:
    """The meaning of a word. Raises ``Unreadable`` for one that has none."""
    said = " ".join(raw.split()).lower()
    if said not in meanings:
        raise Unreadable(f"{what} tem um valor desconhecido: {said[:40]}")
    return meanings[said]
