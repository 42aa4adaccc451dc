"""The charter as things of CPSV-AP 3.2: compact JSON-LD of a closed form, which both writers take.

A thing is a dict with ``@id`` and ``@type``; a text is ``{"@value", "@language"}``, a number or a
duration ``{"@value", "@type"}``, a code a plain string.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from services import wording
from services.interchange.base import Charter
from services.interchange.cpsv_ap.services import service_node
from services.interchange.cpsv_ap.things import Teller
from services.interchange.json_ld import Node, stated
from services.record import City, District, Entry, Secretariat, Service
from services.rich_text import readable

CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def nodes(charter: Charter) -> Iterator[Node]:
    """The charter itself as the data set of which services are part, then its bodies, districts and services."""
    site = charter.site
    city = next((record for record in charter.of("city") if isinstance(record, City)), None)
    if city is not None:
        with override(city.locale):
            yield _without_blanks(_dataset(Teller(site, city.locale, city), city))
    for record in charter.of("secretariat", "district", "service"):
        teller = Teller(site, record.locale, city)
        with override(record.locale):
            node = _node(teller, record)
        if node is not None:
            yield _without_blanks(node)


def _without_blanks(value: Any) -> Any:
    """The same without texts that say nothing, however deep: in RDF each would be a nameless thing."""
    if isinstance(value, dict):
        return {name: kept for name, each in value.items() if (kept := _without_blanks(each)) not in (None, "", [], {})}
    if isinstance(value, list):
        return [kept for each in value if (kept := _without_blanks(each)) not in (None, "", {})]
    return value


def _node(teller: Teller, record: Entry) -> Node | None:
    match record:
        case Secretariat():
            return _body(teller, record)
        case District():
            return _district(teller, record)
        case Service():
            return service_node(teller, record)
    return None


def _dataset(teller: Teller, city: City) -> Node:
    return stated(
        {
            "@id": teller.dataset,
            "@type": "dcat:Dataset",
            "dct:identifier": city.id,
            "dct:title": teller.text(_("Carta de Serviços: %(city)s") % {"city": city.title}),
            "dct:description": teller.text(_("Todos os serviços da cidade: o que são, de quem e como se pedem.")),
            "dct:publisher": {
                "@id": f"{teller.iri_of(city)}#editora",
                "@type": "foaf:Agent",
                "dct:identifier": city.ibge_code or city.id,
                "dct:title": teller.text(city.title),
            },
            "dct:spatial": teller.city_location(),
        }
    )


def _body(teller: Teller, body: Secretariat) -> Node:
    me = teller.iri_of(body)
    texts = (body.summary, readable(body.mandate))
    complaint = body.standards.manifestation
    point = stated(
        {
            "cv:telephone": [c.value for c in body.contacts if c.type in {"phone", "whatsapp"}],
            "cv:email": [c.value for c in body.contacts if c.type == "email"],
            "cv:contactPage": [
                page for c in body.contacts if c.type in {"website", "social"} and (page := teller.page(c.value))
            ],
            "dct:description": teller.text(readable(complaint.text)) if complaint else None,
            "cv:openingHours": {
                "@id": f"{me}#horario",
                "@type": "time:TemporalEntity",
                "dct:description": teller.text(body.hours_text),
            }
            if body.hours_text
            else None,
        }
    )
    address = wording.address(body.address)
    return stated(
        {
            **teller.organisation(body),
            "skos:altLabel": [teller.text(name) for name in (body.acronym, *body.other_names) if name],
            "dct:description": [teller.text(text) for text in texts if text],
            "cv:contactPoint": {"@id": f"{me}#contato", "@type": "cv:ContactPoint", **point} if point else None,
            "locn:address": {
                "@id": f"{me}#endereco",
                "@type": "locn:Address",
                "locn:fullAddress": teller.text(address),
            }
            if address
            else None,
            "dct:isPartOf": teller.organisation(body.superior) if body.superior else None,
        }
    )


def _district(teller: Teller, district: District) -> Node:
    location = teller.location(district)
    if district.summary:
        location["dct:description"] = teller.text(district.summary)
    if district.parent is not None:
        location["dct:isPartOf"] = teller.location(district.parent)
    return location
