"""Nodes of JSON-LD as Turtle (RDF 1.1): a block for each thing, so that one node at a time is held.

Terms are rdflib's, which knows what to escape. Its own serialiser wants a graph of all, and a graph for
each node was over twice the time that an export may take: the blocks are written here.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rdflib import Literal, URIRef

from services.interchange.json_ld import Node


def turtle(prefixes: Mapping[str, str], nodes: Iterable[Node]) -> Iterator[bytes]:
    """The prefixes once, then the things of each node.

    A node is as ``cpsv_ap.nodes`` makes it: compact names, every thing with its ``@id``, every text in a value object.
    """
    yield "".join(f"@prefix {prefix}: <{address}> .\n" for prefix, address in prefixes.items()).encode()
    for node in nodes:
        # A thing that a node tells twice, such as the city, is written once.
        blocks = dict.fromkeys(_blocks(prefixes, node))
        yield "".join(blocks).encode()


def _blocks(prefixes: Mapping[str, str], node: Node) -> Iterator[str]:
    """A thing and then those below it; of a thing that only bears its address, nothing is told here."""
    lines = []
    below: list[Node] = []
    for name, value in node.items():
        if name == "@id":
            continue
        values = value if isinstance(value, list) else [value]
        if name == "@type":
            lines.append(f"a {', '.join(values)}")
            continue
        lines.append(f"{name} {', '.join(_object(prefixes, each) for each in values)}")
        below += [each for each in values if isinstance(each, dict) and "@id" in each]
    if lines:
        yield f"\n{URIRef(node['@id']).n3()} " + " ;\n    ".join(lines) + " .\n"
    for each in below:
        yield from _blocks(prefixes, each)


def _object(prefixes: Mapping[str, str], value: Any) -> str:
    if isinstance(value, str):
        return Literal(value).n3()
    if "@id" in value:
        return URIRef(value["@id"]).n3()
    if "@language" in value:
        return Literal(value["@value"], lang=value["@language"]).n3()
    prefix, _colon, name = value["@type"].partition(":")
    # Not normalised: a value stays as the record tells it.
    return Literal(value["@value"], datatype=URIRef(prefixes[prefix] + name), normalize=False).n3()
