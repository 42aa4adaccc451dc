"""What a page of the portal is about, for search engines: the entry, and the way to its page."""

from collections.abc import Iterable, Iterator

from services.interchange.base import Site
from services.interchange.json_ld import Node, iri, lines_of, stated, web_address
from services.interchange.schema_org.places import district_node, named, secretariat_node, unit_node
from services.interchange.schema_org.services import service_node
from services.record import City, District, Entry, Form, Information, Procedure, Secretariat, Service, Unit
from services.record.procedure import ProcedureStep
from services.rich_text import readable

#: What the page tells in its own words and no search engine shows: a first visit does not carry it twice. A service as
#: a document has all of it.
_TOLD_BY_THE_PAGE = frozenset({"subjectOf", "isRelatedTo", "category"})


def page_node(record: Entry, site: Site, city: City | None) -> Node:
    """The entry of a page, by what schema.org calls its kind; what it has no word for is a page with a list."""
    match record:
        case Service():
            return _in_short(service_node(record, site, city))
        case Secretariat():
            return secretariat_node(record, site, city)
        case Unit():
            return unit_node(record, site, city)
        case District():
            return district_node(record, site, city)
        case Information(type="question"):
            return questions_node([record], site)
        case Procedure():
            return _procedure(record, site)
        case Form():
            return _said("DigitalDocument", record, site)
        case Information():
            return {**_said("WebPage", record, site), "text": readable(record.body)}
        case _:
            return _said("CollectionPage", record, site)


def questions_node(questions: Iterable[Information], site: Site) -> Node:
    """Questions with their answers: ``FAQPage``."""
    asked = [
        {
            "@type": "Question",
            "@id": iri(site, question),
            "name": question.title,
            "url": web_address(site, question.url) if question.url else "",
            "acceptedAnswer": {
                "@type": "Answer",
                "text": lines_of(readable(question.body) or question.summary),
            },
        }
        for question in questions
    ]
    return {"@type": "FAQPage", "inLanguage": site.language, "mainEntity": [stated(each) for each in asked]}


def site_node(name: str, *, base_url: str, language: str, search: str) -> Node:
    """The portal as a whole: whose it is, and where its search is (``{search_term_string}`` in the address)."""
    return stated(
        {
            "@type": "WebSite",
            "@id": f"{base_url}/#site",
            "name": name,
            "url": f"{base_url}/",
            "inLanguage": language,
            "publisher": {"@type": "GovernmentOrganization", "name": name},
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": f"{base_url}{search}"},
                "query-input": "required name=search_term_string",
            },
        }
    )


def trail_node(crumbs: Iterable[tuple[str, str]], site: Site) -> Node:
    """The way to a page: names and paths, from the first page on."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": web_address(site, path)}
            for position, (name, path) in enumerate(crumbs, start=1)
        ],
    }


def _in_short(service: Node) -> Node:
    node = {name: value for name, value in service.items() if name not in _TOLD_BY_THE_PAGE}
    if "provider" in node:
        node["provider"] = {name: value for name, value in node["provider"].items() if name != "contactPoint"}
    return node


def _said(type_: str, record: Entry, site: Site) -> Node:
    return stated(
        {
            "@type": type_,
            "@id": iri(site, record),
            "name": record.title,
            "description": getattr(record, "summary", ""),
            "url": web_address(site, record.url) if record.url else "",
            "inLanguage": record.locale,
        }
    )


def _procedure(procedure: Procedure, site: Site) -> Node:
    steps = list(_steps(procedure.steps, site))
    return stated({**_said("HowTo", procedure, site), "step": steps})


def _steps(steps: Iterable[ProcedureStep], site: Site) -> Iterator[Node]:
    for position, step in enumerate(steps, start=1):
        yield stated(
            {
                "@type": "HowToStep",
                "position": position,
                "name": step.title,
                "text": readable(step.description),
                "about": [named("GovernmentService", service, site) for service in step.services],
            }
        )
