"""The shell: pages that open without a network, and all that they are drawn with; and the version of both.

What a page is drawn with is read from the page itself, so that no second list can lag behind a template.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from home.identity import Identity
from home.offline.modules import modules_version, sources
from home.offline.pack import made_by
from home.offline.words import words_for

#: Stylesheets, scripts, icons: what a browser asks for to draw a page. The widget and feeds are not among it.
_LINK = re.compile(r'<link\b(?=[^>]*\brel="(?:stylesheet|icon|manifest|apple-touch-icon)")[^>]*?\bhref="([^"]+)"')
_SOURCE = re.compile(r'<(?:script|img|use)\b[^>]*?\b(?:src|href)="([^"]+)"')
_HASHED = re.compile(r"\.[0-9a-f]{12}\.")
#: Pages of the shell: the name of the address, the template.
PAGES: Final = {"away": "conecta_home/offline/away.html", "keep": "conecta_home/offline/keep.html"}


@dataclass(frozen=True)
class Shell:
    """What a service worker keeps: addresses of pages by language, of what they are drawn with, and their version."""

    version: str
    pages: dict[str, list[str]]
    assets: list[str]


def shell_of(identity: Identity) -> Shell:
    """The shell with a city's face on it. No query."""
    # The city's record and its election say nothing of how the shell is drawn but for the brand.
    face = (identity.name, identity.slogan, str(identity.logo), identity.colour, identity.footer_text, identity.phone)
    more = (identity.whatsapp, identity.ombudsman_name, identity.ombudsman_phone, identity.ombudsman_link)
    return _shell((*face, *more, identity.ombudsman_address, str(identity.election), str(identity.demonstration)))


@cache
def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


_kept: dict[tuple[str, ...], Shell] = {}


def _shell(face: tuple[str, ...]) -> Shell:
    """Drawn once for each face: a city changes it twice a year, and the demonstration never."""
    found = _kept.get(face)
    if found is None:
        _kept.clear()
        found = _kept[face] = _drawn()
    return found


def _drawn() -> Shell:
    digest = hashlib.blake2b(digest_size=8)
    # Other languages are drawn by the same templates; what they say is in the catalogues, which this is of.
    digest.update(made_by().encode())
    assets: dict[str, None] = {}
    pages = {language: _addresses(language) for language in _languages()}
    language = _languages()[0]
    with override(language):
        for template in PAGES.values():
            html = render_to_string(template, page_context("", language=language))
            digest.update(html.encode())
            assets |= dict.fromkeys(drawn_with(html))
    version = modules_version()
    assets |= {reverse("conecta_home:offline_module", args=[version, name]): None for name in sources()}
    for address in assets:
        digest.update(address.encode() + _content(address))
    return Shell(digest.hexdigest(), pages, list(assets))


def _addresses(language: str) -> list[str]:
    """The home and the pages of the shell in a language."""
    with override(language):
        return [reverse("wagtail_serve", args=[""]), *(reverse(f"conecta_offline:{name}") for name in PAGES)]


def page_context(version: str, *, language: str) -> dict[str, Any]:
    """What a page of the shell is made of; the version is empty while it is being counted."""
    return {"offline_version": version, "offline_words": words_for(language)}


def drawn_with(html: str) -> list[str]:
    """Addresses on this site that a page is drawn with, without fragments."""
    found = (address.partition("#")[0].replace("&amp;", "&") for address in _LINK.findall(html) + _SOURCE.findall(html))
    return [address for address in dict.fromkeys(found) if address.startswith("/") and not address.startswith("//")]


def _content(address: str) -> bytes:
    """The bytes of a static file whose address does not tell its content."""
    if not address.startswith(settings.STATIC_URL) or _HASHED.search(address):
        return b""
    path = finders.find(address.removeprefix(settings.STATIC_URL))
    return Path(path).read_bytes() if isinstance(path, str) else b""
