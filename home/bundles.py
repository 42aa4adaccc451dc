"""One stylesheet and one script for every page of the portal, joined from the apps' parts.

A bundle's address is made of its bytes, so a browser keeps it for good, and a new part or another colour of the
city makes another address. To add a part, add its static path here, and link it in the template that needs it with
``{% style %}`` or ``{% script %}`` of the ``parts`` library: in a site without this bundle the tags load it. What only
pages apart need (the observatory, forms of the ombudsman) is no part of it, and those tags load it here, too.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

import brotli
from django.contrib.staticfiles import finders

from home import themes

STYLES = (
    "conecta_home/tokens.css",
    "conecta_home/elements.css",
    "conecta_home/frame.css",
    "conecta_home/looks.css",
    "conecta_home/search.css",
    "conecta_home/parts.css",
    "conecta_home/entry.css",
    "conecta_home/lists.css",
    "conecta_home/first_page.css",
    "conecta_home/reading.css",
    "conecta_home/drawings.css",
    "conecta_home/languages.css",
    "conecta_home/offline.css",
    "conecta_services/journeys.css",
    "conecta_services/found.css",
    "conecta_services/checklist.css",
    "conecta_feedback/rating.css",
    "conecta_feedback/page_help.css",
    # What holds on paper, and where the system gives the colours, has the last word.
    "conecta_home/print.css",
)
#: Linked by the pages that need them alone: who comes for a service pays for none of these.
STYLES_APART = (
    "conecta_home/observatory.css",
    "conecta_home/for_sites.css",
    "conecta_home/reference.css",
    "conecta_feedback/manifestations.css",
    "conecta_feedback/participation.css",
    "conecta_feedback/panel.css",
)
#: Run as they are read, in the page's head: what must be so before anything is drawn.
FIRST_SCRIPTS = ("conecta_home/appearance.js",)
#: Each runs when the page is read, in strict mode and a scope of its own; none knows another.
SCRIPTS = (
    "conecta_search/suggest.js",
    "conecta_search/insight.js",
    "conecta_feedback/rating.js",
    "conecta_home/read_aloud.js",
    "conecta_home/offline-start.js",
    "conecta_services/ticks.js",
)

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class Bundle:
    """The bytes of a joined file, with its name, and compressed once for all who ask."""

    body: bytes
    kind: str

    @cached_property
    def name(self) -> str:
        """What its address ends in: of its bytes."""
        return f"{hashlib.blake2b(self.body, digest_size=8).hexdigest()}.{self.kind}"

    @cached_property
    def brotli(self) -> bytes:
        """For browsers that take it."""
        compressed: bytes = brotli.compress(self.body)
        return compressed

    @cached_property
    def gzip(self) -> bytes:
        """For all others."""
        return gzip.compress(self.body, 9, mtime=0)


def _source(path: str) -> str:
    found = finders.find(path)
    if not isinstance(found, str):
        raise FileNotFoundError(path)
    return Path(found).read_text(encoding="utf-8")


def joined_styles(paths: tuple[str, ...]) -> str:
    """Rules one after another, without comments and indentation."""
    css = _COMMENT.sub("", "\n".join(map(_source, paths)))
    return "".join(line.strip() + "\n" for line in css.splitlines() if line.strip())


def joined_scripts(paths: tuple[str, ...]) -> str:
    """Each script in a function of its own, without comments that fill a line and indentation."""
    first = "".join(f'(()=>{{"use strict";\n{_code(path)}}})();\n' for path in FIRST_SCRIPTS)
    return first + "".join(
        f'addEventListener("DOMContentLoaded",()=>{{"use strict";\n{_code(path)}}});\n' for path in paths
    )


def _code(path: str) -> str:
    lines = (line.strip() for line in _source(path).splitlines())
    return "".join(f"{line}\n" for line in lines if line and line != '"use strict";' and not line.startswith("//"))


@lru_cache(maxsize=8)
def style_bundle(colour: str) -> Bundle:
    """The portal's style in a city's colour. Raises ``FileNotFoundError`` where a part is missing."""
    return Bundle((themes.style(colour) + joined_styles(STYLES)).encode(), "css")


@cache
def script_bundle() -> Bundle:
    """The portal's script. Raises ``FileNotFoundError`` where a part is missing."""
    return Bundle(joined_scripts(SCRIPTS).encode(), "js")
