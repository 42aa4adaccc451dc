"""Wagtail rich text, Markdown and foreign HTML become the few safe elements that a record allows.

Allowed: p, br, ul, ol, li, strong, em, h3, h4 and a[href] to http(s), mailto, tel,
``/s/ID`` (another entry) or a path of this site. Everything else is unwrapped, keeping its
text. Pure: no Django, and nothing of ours outside this package.
"""

import re
import unicodedata
from html import escape

from services.rich_text import as_markdown
from services.rich_text.blocks import UNSAFE, Resolve, parse, read, safe_href
from services.rich_text.markdown import is_plain, paragraphs
from services.rich_text.markdown import to_html as _markdown_to_html
from services.rich_text.sentences import ends
from services.rich_text.written import html_of, text_of

ELEMENTS = frozenset({"p", "br", "ul", "ol", "li", "strong", "em", "h3", "h4", "a"})

_ENTRY_LINK = re.compile(r'<a href="/s/([a-z2-7]{10})(?=["/?#])')
# What this package writes, as far as a pattern can say it: such a text needs no HTML5 parser.
_STRICT = re.compile(r'(?:</?(?:p|ul|ol|li|strong|em|h3|h4)>|<br>|<a href="[^"<>]*">|</a>|[^<>])*+')
# And the commonest of it: paragraphs of Latin letters and the usual punctuation, which NFC leaves alone.
_WORD = r"[!-%'-;=?-~\u00a1-\u00ff\u2013\u2014\u2018-\u201d\u2022\u2026]++"
_PARAGRAPHS = re.compile(rf"(?:<p>{_WORD}(?:(?: |<br>){_WORD})*+</p>)++")

#: The length of a summary that nobody wrote, in characters.
SUMMARY_LENGTH = 300


def clean(html: str) -> str:
    """Safe, normalised HTML; cleaning what is clean changes nothing. Plain text becomes a paragraph."""
    if "<" not in html and "&" not in html:
        text = " ".join(unicodedata.normalize("NFC", UNSAFE.sub("", html)).split())
        return f"<p>{escape(text, quote=False)}</p>" if text else ""
    if _PARAGRAPHS.fullmatch(html) is not None:
        return html
    if _STRICT.fullmatch(html) is not None and html_of(parse(html)) == html:
        return html
    return html_of(read(html))


def from_markdown(text: str) -> str:
    """Clean HTML from Markdown as people write it: stray HTML, line breaks that mean something."""
    text = UNSAFE.sub("", text)
    if not is_plain(text):
        return html_of(read(_markdown_to_html(text)))
    return "".join(f"<p>{escape(said, quote=False)}</p>" for said in paragraphs(text)).replace("\n", "<br>")


def text_from_markdown(text: str) -> str:
    """``readable(from_markdown(text))``: Markdown where only plain text can stand."""
    text = UNSAFE.sub("", text)
    return "\n\n".join(paragraphs(text)) if is_plain(text) else readable(from_markdown(text))


def to_markdown(html: str, read: as_markdown.Read = from_markdown) -> str:
    """Markdown of clean HTML, which ``read`` (a way of reading Markdown) gives back as it was."""
    return as_markdown.written(html, read)


def text_to_markdown(text: str, read: as_markdown.Read = text_from_markdown) -> str:
    """Markdown of a normal plain text, which ``read`` gives back as it was."""
    return as_markdown.text_written(text, read)


def from_wagtail(html: str, resolve: Resolve) -> str:
    """Clean HTML from Wagtail's rich text source.

    ``resolve`` gets the ``linktype`` and ``id`` of an internal link and returns the href that a
    record keeps (``/s/ID``, the address of a document), or ``None`` to leave only its text.
    """
    return html_of(read(html, resolve))


def to_wagtail(html: str) -> str:
    """Wagtail's rich text source from clean HTML, in the tags that its editor itself writes."""
    return (
        html.replace("<strong>", "<b>")
        .replace("</strong>", "</b>")
        .replace("<em>", "<i>")
        .replace("</em>", "</i>")
        .replace("<br>", "<br/>")
    )


def plain(html: str) -> str:
    """The text of clean HTML for search, summaries and descriptions: a line for each paragraph, item and break."""
    return text_of(parse(html), readable=False)


def readable(html: str) -> str:
    """The text of clean HTML where only plain text can stand: ``- `` before items, ``text (address)`` for links."""
    return text_of(parse(html), readable=True)


def links(html: str) -> list[str]:
    """The ids of the entries that clean HTML links to (``/s/ID``), each once, in their order."""
    return list(dict.fromkeys(_ENTRY_LINK.findall(html)))


def summary_of(html: str) -> str:
    """The first sentences of clean HTML: one line of at most ``SUMMARY_LENGTH`` characters.

    Cut at the last sentence that fits, else at a word with an ellipsis. The same text always
    gives the same summary, so a description that is exported and imported again keeps it.
    """
    text = " ".join(plain(html).split())
    if len(text) <= SUMMARY_LENGTH:
        return text
    places = [place for place in ends(text, 0, SUMMARY_LENGTH + 2) if place <= SUMMARY_LENGTH]
    if places and places[-1] >= SUMMARY_LENGTH // 5:
        return text[: places[-1]]
    cut = text.rfind(" ", 0, SUMMARY_LENGTH)
    return text[: cut if cut > 0 else SUMMARY_LENGTH - 1].rstrip(" ,;:–-") + "…"


__all__ = [
    "ELEMENTS",
    "SUMMARY_LENGTH",
    "Resolve",
    "clean",
    "from_markdown",
    "from_wagtail",
    "links",
    "plain",
    "readable",
    "safe_href",
    "summary_of",
    "text_from_markdown",
    "text_to_markdown",
    "to_markdown",
    "to_wagtail",
]
