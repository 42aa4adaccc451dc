"""CPSV-AP 3.2, the public services vocabulary of the European Union: as JSON-LD and as Turtle.

Namespaces, classes and properties are those of the profile's SHACL shapes
(https://semiceu.github.io/CPSV-AP/releases/3.2.0/). Every part has an address below its service's, so
nothing is a blank node and two exports can be compared triple by triple.
"""

from collections.abc import Iterator

from services.interchange.base import Charter, Format
from services.interchange.cpsv_ap.nodes import CONTEXT, nodes
from services.interchange.json_ld import document

__all__ = ["FORMATS"]


def _json_ld(charter: Charter) -> Iterator[bytes]:
    return document(CONTEXT, nodes(charter))


def _turtle(charter: Charter) -> Iterator[bytes]:
    # Loaded where it is used: nothing else needs rdflib.
    from services.interchange.cpsv_ap.turtle import turtle

    return turtle(CONTEXT, nodes(charter))


FORMATS = (
    Format(
        name="cpsv-ap",
        media_type="application/ld+json",
        suffix=".jsonld",
        write=_json_ld,
        of_one=frozenset({"service"}),
    ),
    Format(
        name="cpsv-ap-turtle",
        media_type="text/turtle",
        suffix=".ttl",
        write=_turtle,
        of_one=frozenset({"service"}),
    ),
)
