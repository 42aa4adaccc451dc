"""How entries, texts and codes are told in CPSV-AP."""

from dataclasses import dataclass
from decimal import Decimal

from services.interchange.base import Site
from services.interchange.json_ld import Node, iri, stated, web_address
from services.record import City, Entry, Ref

_AUTHORITY = "http://publications.europa.eu/resource/authority"
_LANGUAGES = {"pt": "POR", "es": "SPA", "en": "ENG"}


@dataclass(frozen=True)
class Teller:
    """Tells things in the language of one record, on a site, for a city if one is published."""

    site: Site
    language: str
    city: City | None

    @property
    def dataset(self) -> str:
        """The address of the charter as a data set."""
        return f"{self.site.base_url}/#carta"

    def iri_of(self, entry: Entry | Ref) -> str:
        """The lasting address of an entry."""
        return iri(self.site, entry)

    def text(self, said: str) -> Node:
        """A text in the record's language; nothing if it says nothing."""
        return {"@value": said, "@language": self.language} if said else {}

    def amount(self, value: Decimal) -> Node:
        """An amount, as the profile wants it."""
        return {"@value": str(value), "@type": "xsd:double"}

    def duration(self, value: str) -> Node:
        """An ISO 8601 duration."""
        return {"@value": value, "@type": "xsd:duration"} if value else {}

    def page(self, url: str) -> Node:
        """A page of the web; nothing if the address is none."""
        address = web_address(self.site, url) if url else ""
        return {"@id": address, "@type": "foaf:Document"} if address else {}

    def language_of(self, tag: str) -> Node:
        """A language by its code in the EU's authority table; nothing if the table's code is not known here."""
        code = _LANGUAGES.get(tag.partition("-")[0].lower())
        return {"@id": f"{_AUTHORITY}/language/{code}", "@type": "dct:LinguisticSystem"} if code else {}

    def currency(self, code: str) -> Node:
        """A currency by its ISO 4217 code in the EU's authority table."""
        if not (len(code) == 3 and code.isascii() and code.isalpha()):
            return {}
        return {"@id": f"{_AUTHORITY}/currency/{code.upper()}", "@type": "skos:Concept"}

    def concept(self, ref: Ref) -> Node:
        """Something that services are filed under."""
        return self._named(ref, "skos:Concept", "skos:prefLabel")

    def code(self, owner: str, key: str, label: str) -> Node:
        """A value of a closed list of ours, such as a type of channel."""
        return {"@id": f"{owner}#{key}", "@type": "skos:Concept", "skos:prefLabel": self.text(label)}

    def organisation(self, entry: Entry | Ref) -> Node:
        """A public organisation; where it acts is the city."""
        return stated(
            {
                "@id": self.iri_of(entry),
                "@type": "cv:PublicOrganisation",
                "dct:identifier": entry.id,
                "skos:prefLabel": self.text(entry.title),
                "foaf:page": self.page(entry.url),
                "dct:spatial": self.city_location(),
            }
        )

    def location(self, entry: Entry | Ref) -> Node:
        """A part of the municipality."""
        return self._named(entry, "dct:Location", "skos:prefLabel")

    def city_location(self) -> Node:
        """The municipality; nothing while no city is known."""
        if self.city is None:
            return {}
        label = {"@value": self.city.title, "@language": self.city.locale} if self.city.title else {}
        return stated({"@id": self.iri_of(self.city), "@type": "dct:Location", "skos:prefLabel": label})

    def event(self, ref: Ref) -> Node:
        """A moment of life."""
        return {**self._named(ref, "cv:LifeEvent", "dct:title"), "dct:identifier": ref.id}

    def service(self, ref: Ref) -> Node:
        """Another service: its own node tells the rest of it."""
        return {"@id": self.iri_of(ref)}

    def _named(self, entry: Entry | Ref, type_: str, label: str) -> Node:
        return stated({"@id": self.iri_of(entry), "@type": type_, label: self.text(entry.title)})
