"""DCAT 2 (W3C), as DCAT-AP uses it: the charter as a data set, and every format in which it can be had."""

from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from services.interchange.base import Charter, Format, Site
from services.interchange.json_ld import Node, document, stated, web_address
from services.record import City

NAME = "dcat"

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types"
_LANGUAGES = "http://publications.europa.eu/resource/authority/language"
_DAILY = "http://publications.europa.eu/resource/authority/frequency/DAILY"
_CODES = {"pt": "POR", "es": "SPA", "en": "ENG"}


def listing(formats: Callable[[], Iterable[Format]]) -> Format:
    """The format that lists these formats, asked for when it writes."""

    def write(charter: Charter) -> Iterator[bytes]:
        return document(CONTEXT, _nodes(charter, formats()))

    return Format(name=NAME, media_type="application/ld+json", suffix=".jsonld", write=write)


def _nodes(charter: Charter, formats: Iterable[Format]) -> Iterator[Node]:
    site = charter.site
    city = next((record for record in charter.of("city") if isinstance(record, City)), None)
    with override(site.language):
        publisher = {"@id": f"{site.base_url}/#prefeitura", "@type": "foaf:Agent", **_name(city, site)}
        title = _("Carta de Serviços: %(city)s") % {"city": city.title} if city else _("Carta de Serviços")
        yield {
            "@id": f"{site.base_url}/#catalogo",
            "@type": "dcat:Catalog",
            "dct:title": _text(_("Dados abertos da Carta de Serviços"), site),
            "dct:description": _text(
                _("O que esta cidade publica de seus serviços, para outros programas lerem."), site
            ),
            "dct:publisher": publisher,
            "foaf:homepage": {"@id": f"{site.base_url}/"},
            "dcat:dataset": {"@id": f"{site.base_url}/#carta"},
        }
        yield stated(
            {
                "@id": f"{site.base_url}/#carta",
                "@type": "dcat:Dataset",
                "dct:identifier": f"{site.base_url}/#carta",
                "dct:title": _text(title, site),
                "dct:description": _text(
                    _("Todos os serviços da cidade, com órgãos, unidades e regras (Lei 13.460/2017, art. 7)."), site
                ),
                "dcat:keyword": [_text(word, site) for word in (_("serviços públicos"), _("carta de serviços"))],
                "dct:publisher": {"@id": publisher["@id"]},
                "dct:language": _language(site.language),
                "dct:accrualPeriodicity": {"@id": _DAILY},
                "dct:modified": {"@value": site.at.isoformat(), "@type": "xsd:dateTime"},
                "dct:spatial": _place(city, site),
                "dcat:landingPage": {"@id": f"{site.base_url}/"},
                "dcat:contactPoint": _contact(city, site),
                "dcat:distribution": [
                    _distribution(format_, site) for format_ in formats if format_.write and format_.name != NAME
                ],
            }
        )


def _distribution(format_: Format, site: Site) -> Node:
    address = f"{site.base_url}/api/v1/exports/{format_.name}"
    return stated(
        {
            "@id": address,
            "@type": "dcat:Distribution",
            "dct:title": _text(format_.name, site),
            "dcat:accessURL": {"@id": address},
            "dcat:downloadURL": {"@id": address},
            "dcat:mediaType": {"@id": f"{_MEDIA_TYPES}/{format_.media_type.partition(';')[0].strip()}"},
        }
    )


def _text(said: str, site: Site) -> Node:
    return {"@value": said, "@language": site.language}


def _name(city: City | None, site: Site) -> Node:
    return {"foaf:name": _text(city.title, site)} if city and city.title else {}


def _place(city: City | None, site: Site) -> Node:
    if city is None:
        return {}
    identifier = {"dct:identifier": city.ibge_code} if city.ibge_code else {}
    return {"@id": f"{site.base_url}/s/{city.id}", "@type": "dct:Location", **identifier}


def _language(tag: str) -> Node:
    code = _CODES.get(tag.partition("-")[0].lower())
    return {"@id": f"{_LANGUAGES}/{code}"} if code else {}


def _contact(city: City | None, site: Site) -> Node:
    """The city's own ways to be reached, as a vCard."""
    contacts = city.contacts if city else []
    ways = stated(
        {
            "vcard:hasTelephone": [c.value for c in contacts if c.type in {"phone", "whatsapp"}],
            "vcard:hasEmail": [c.value for c in contacts if c.type == "email"],
            "vcard:hasURL": [
                {"@id": address}
                for c in contacts
                if c.type in {"website", "social"} and (address := web_address(site, c.value))
            ],
        }
    )
    return {"@id": f"{site.base_url}/#contato", "@type": "vcard:Organization", **ways} if ways else {}
