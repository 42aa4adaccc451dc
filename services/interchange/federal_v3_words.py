"""A record's texts as the federal files write them: the way back of ``federal_v3_texts``, to the same text."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from html import escape

from services import rich_text
from services.interchange import federal_v3_texts as reading
from services.record.service import Law, Service

_AMOUNT_SIGNS = str.maketrans(",.", ".,")


# Bodies write the same paragraph about treatment and access into each of their services.
@lru_cache(maxsize=2048)
def rich(html: str) -> str:
    """A Rich field."""
    return rich_text.to_markdown(html, reading.rich) if html else ""


@lru_cache(maxsize=2048)
def text(said: str) -> str:
    """A Text or Line field."""
    return rich_text.text_to_markdown(said, reading.text) if said else ""


def introduction(service: Service) -> str:
    """Summary and description in one text; a summary that somebody wrote apart comes first."""
    if not service.description:
        return text(service.summary)
    html = service.description
    if service.summary and service.summary != rich_text.summary_of(html):
        html = rich_text.clean(rich_text.from_markdown(text(service.summary)) + html)
    return rich(html)


def link_or_text(said: str, url: str) -> str:
    """What a channel says, with its address."""
    if not url:
        return rich_text.text_to_markdown(said, _of_channel)
    return _read_back(_linked(said, url), lambda raw: reading.link_or_text(raw) == (said, url))


def law(one: Law) -> str:
    """A law, with its address."""
    if not one.url:
        return rich_text.text_to_markdown(one.title, _of_law)
    return _read_back(_linked(one.title, one.url), lambda raw: reading.laws(raw) == [one])


def amount(value: Decimal | None) -> str:
    """``1.364,20``."""
    return "" if value is None else f"{value:,.2f}".translate(_AMOUNT_SIGNS)


def _linked(said: str, url: str) -> Iterator[str]:
    """The ways to write a text that is one link, the best first; the last is text, for an address that is none."""
    if not said:
        yield url
        yield rich_text.to_markdown(rich_text.clean(f'<p><a href="{escape(url)}">{escape(url)}</a></p>'))
        yield text(url)
        return
    yield f"[{rich_text.text_to_markdown(said)}]({url})"
    lines = escape(said, quote=False).replace("\n", "<br>")
    yield rich_text.to_markdown(rich_text.clean(f'<p><a href="{escape(url)}">{lines}</a></p>'))
    yield text(f"{said} ({url})")


def _of_channel(raw: str) -> str:
    said, url = reading.link_or_text(raw)
    return said if not url else ""


def _of_law(raw: str) -> str:
    found = reading.laws(raw)
    return found[0].title if len(found) == 1 and not found[0].url else ""


def _read_back(raws: Iterable[str], is_same: Callable[[str], bool]) -> str:
    """The first of these ways to write it that is read as what it was; else the last."""
    raw = ""
    for raw in raws:
        if is_same(raw):
            break
    return raw
