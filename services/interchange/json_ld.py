"""Documents of linked data (JSON-LD 1.1), written piece by piece, and the addresses that their things bear.

Every document brings its context along: who reads it asks nobody else for it. A page names it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from services.interchange.base import Site
from services.record import Entry, Ref

Node = dict[str, Any]

# What an IRI may hold as it stands (RFC 3987, as far as ASCII goes); all else is percent-encoded.
_IN_ADDRESSES = "%:/?#[]@!$&'()*+,;=~-._"
_WEB = re.compile(r"https?://[^\s/]")


def iri(site: Site, entry: Entry | Ref) -> str:
    """The address that names an entry for good: renames, moves and translations keep it."""
    return f"{site.base_url}/s/{entry.id}"


def web_address(site: Site, url: str) -> str:
    """The whole address of a path or address as an IRI; ``""`` if it is none of the web's."""
    address = site.address(url)
    return quote(address, safe=_IN_ADDRESSES) if _WEB.match(address) else ""


def stated(node: Mapping[str, Any]) -> Node:
    """The node without what it does not say."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}


def lines_of(*texts: str) -> str:
    """Texts as paragraphs of one; a text that is said twice comes once."""
    return "\n\n".join(dict.fromkeys(text for text in texts if text))


def dumped(value: Any) -> str:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def document(context: Mapping[str, Any], nodes: Iterable[Node]) -> Iterator[bytes]:
    """One JSON-LD document of these nodes, a line each."""
    yield f'{{"@context":{dumped(context)},"@graph":['.encode()
    between = "\n"
    for node in nodes:
        yield f"{between}{dumped(node)}".encode()
        between = ",\n"
    yield b"\n]}\n"


def for_a_page(context: str, node: Node) -> str:
    """The node, in a context of this address, as the content of a ``script`` element: no text can end the element."""
    said = dumped({"@context": context, **node})
    return said.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
