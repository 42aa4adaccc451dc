"""schema.org: the services as GovernmentService, with who gives them and where, for search engines and assistants.

A document has all its nodes in one ``@graph``. What a service has of other entries is told in its own
node as far as its record knows it, so that a service alone is whole too.
"""

from collections.abc import Iterable, Iterator

from django.utils.translation import override

from services.interchange.base import Charter, Format, Site
from services.interchange.json_ld import Node, document, for_a_page
from services.interchange.schema_org.pages import page_node, questions_node, site_node, trail_node
from services.interchange.schema_org.places import city_node, district_node, secretariat_node, unit_node
from services.interchange.schema_org.services import service_node
from services.record import City, District, Entry, Information, Secretariat, Service, Unit

NAME = "schema-org"

_DATES = (
    "dateModified",
    "dissolutionDate",
    "endDate",
    "foundingDate",
    "lastReviewed",
    "startDate",
    "validFrom",
    "validThrough",
)
_ADDRESSES = ("sameAs", "serviceUrl", "url")
#: What schema.org's own context says of the terms that are used here: which are addresses, which are dates.
CONTEXT = {
    "@vocab": "https://schema.org/",
    **{term: {"@type": "@id"} for term in _ADDRESSES},
    **{term: {"@type": "Date"} for term in _DATES},
}

#: The same in a page: search engines know it by its name.
_ITS_NAME = "https://schema.org"


def write(charter: Charter) -> Iterator[bytes]:
    """A document of the city, its bodies, districts, units and services."""
    return document(CONTEXT, _nodes(charter))


def embedded(
    entry: Entry | None, site: Site, city: City | None = None, *, trail: Iterable[tuple[str, str]] = ()
) -> str:
    """The content of ``<script type="application/ld+json">`` on a page; no text of it can end that.

    The entry that the page is about, if it is about one, and the way to it as names and paths.
    """
    nodes = []
    if entry is not None:
        with override(entry.locale):
            nodes.append(page_node(entry, site, city))
    if crumbs := list(trail):
        nodes.append(trail_node(crumbs, site))
    return for_a_page(_ITS_NAME, nodes[0] if len(nodes) == 1 else {"@graph": nodes})


def embedded_questions(questions: Iterable[Information], site: Site) -> str:
    """The same of the page on which questions stand together."""
    return for_a_page(_ITS_NAME, questions_node(questions, site))


def embedded_site(name: str, *, base_url: str, language: str, search: str) -> str:
    """The same of the portal's first page: ``search`` is the path of its results for ``{search_term_string}``."""
    return for_a_page(_ITS_NAME, site_node(name, base_url=base_url, language=language, search=search))


def _nodes(charter: Charter) -> Iterator[Node]:
    city = next((record for record in charter.of("city") if isinstance(record, City)), None)
    if city is not None:
        yield city_node(city, charter.site)
    for record in charter.of("secretariat", "district", "unit", "service"):
        with override(record.locale):
            match record:
                case Secretariat():
                    yield secretariat_node(record, charter.site, city)
                case District():
                    yield district_node(record, charter.site, city)
                case Unit():
                    yield unit_node(record, charter.site, city)
                case Service():
                    yield service_node(record, charter.site, city)


FORMAT = Format(
    name=NAME,
    media_type="application/ld+json",
    suffix=".jsonld",
    write=write,
    of_one=frozenset({"service"}),
)

__all__ = ["CONTEXT", "FORMAT", "NAME", "embedded", "embedded_questions", "embedded_site", "write"]
