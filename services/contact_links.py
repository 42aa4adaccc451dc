"""Addresses, phone numbers and e-mail addresses in texts, made links: who reads on a phone calls with one touch.

Django's ``urlize`` loses the comma of ``(http://a.example), b``, and knows no phones.
"""

import re
from html import unescape

from django.utils.encoding import iri_to_uri
from django.utils.html import escape

from services import wording

_TAGS = re.compile(r"(<[^>]*>)")
#: Of Anatel's list of public utility and emergency services, those that texts name without a word such as "ligue".
_PUBLIC = r"1(?:28|36|5[136]|6[02]|8[058]|9[0-47-9])"
_CONTACT = re.compile(
    r"\b(?P<address>(?:https?://|www\.)[^\s<]{1,2000})"
    r"|(?P<lead>\b(?:ligue|disque|telefone|whatsapp|fone)\b[\s:]*(?:para[\s]+)?(?:o[\s]+)?)?"
    r"(?P<number>\(\d{2}\)\s?9?\d{4}-\d{4}\b|\b0800[\s-]?\d{3}[\s-]?\d{3,4}\b"
    rf"|(?(lead)\b1\d{{2}}\b|(?<![\d.,/–-])\b{_PUBLIC}\b))"
    r"|(?P<email>\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+\b)",
    re.IGNORECASE,
)
# "ligue <strong>199</strong>": the word and the number in two elements.
_LEAD = re.compile(r"\b(?:ligue|disque|telefone|fone)\b[\s:]*(?:para\s+)?(?:o\s+)?\Z", re.IGNORECASE)
# "em até 180 dias", "Lei nº 190", "Rua Bahia, 156": a number that counts or numbers something.
_COUNTS_BEFORE = re.compile(
    r"(?:\b(?:de|até|a|entre|são|há|art|arts|artigos?|lei|decreto|portaria|nota|n)\W*|[º°ª§$]\s*"
    r"|\b(?:rua|r|avenida|av|praça|travessa|alameda|rodovia|estrada|sala|quadra|lote|bloco)\b\.?[^.;:()\d]{0,60})\Z",
    re.IGNORECASE,
)
_COUNTS_AFTER = re.compile(
    r"[.,/–-]\d|[º°ª%]|\s+(?!(?:ou|e|em|é|para|nos?|nas?|de segunda|das \d|24)\b)\w|\s*[%/]", re.IGNORECASE
)
_OPENS = {")": "(", "]": "["}
_ENDS = ".,;:!?'\"…*"
_SHORT_NUMBER = re.compile(r"1\d{2}")


def with_contact_links(html: str, *, before: str = "") -> str:
    """Safe HTML whose addresses, phone numbers and e-mail addresses are links; what is inside a link stays.

    Of bare three-digit numbers only known public ones are linked, and only where they count nothing.
    ``before`` is what the reader has just read: after "WhatsApp" a number is one of WhatsApp.
    """
    parts = _TAGS.split(html)
    # Every second part is a tag.
    texts = [*parts[::2], ""]
    inside_link = False
    written = []
    for text, after, tag in zip(texts, texts[1:], [*parts[1::2], ""], strict=False):
        written.append(text if inside_link else _linked(text, before=before, after=after))
        written.append(tag)
        inside_link = tag.startswith("<a") or (inside_link and tag != "</a>")
        before = text or before
    return "".join(written)


def _linked(text: str, *, before: str, after: str) -> str:
    if _SHORT_NUMBER.fullmatch(text) and _LEAD.search(before):
        return _link(wording.phone_link(text), text)

    def link(match: re.Match[str]) -> str:
        if match["address"]:
            return _web_link(unescape(match["address"]))
        if match["email"]:
            return _link(f"mailto:{match['email']}", match["email"])
        lead, number = match["lead"] or "", match["number"]
        behind = (before + text[: match.start()])[-80:]
        if not lead and _SHORT_NUMBER.fullmatch(number) and _counts(behind, text[match.end() :] + after):
            return match[0]
        on_whatsapp = "whatsapp" in (lead or (before if match.start() <= 2 else "")).lower()
        href = wording.whatsapp_link(number) if on_whatsapp else wording.phone_link(number)
        return f"{lead}{_link(href, number)}" if href else match[0]

    return _CONTACT.sub(link, text)


def _web_link(written: str) -> str:
    """An address without the punctuation of the sentence around it, which stays behind it."""
    address = written.rstrip(_ENDS)
    while address[-1:] in (")", "]") and address.count(address[-1]) > address.count(_OPENS[address[-1]]):
        address = address[:-1].rstrip(_ENDS)
    href = address if "://" in address else f"http://{address}"
    return _link(iri_to_uri(href), escape(address)) + escape(written[len(address) :])


def _counts(behind: str, ahead: str) -> bool:
    """Whether a short number between these words is a quantity or the number of a law."""
    return bool(_COUNTS_BEFORE.search(behind) or _COUNTS_AFTER.match(unescape(ahead)))


def _link(href: str, text: str) -> str:
    return f'<a href="{escape(href)}">{text}</a>'
