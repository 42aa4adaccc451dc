"""A service as cpsv:PublicService, with its channels, costs, rules, requirements and evidence below it."""

from collections.abc import Iterator
from decimal import Decimal

from services import naming
from services.interchange.cpsv_ap.things import Teller
from services.interchange.durations import longest
from services.interchange.json_ld import Node, lines_of, stated, web_address
from services.record import Service
from services.record.service import Channel, Document, Fee, Law
from services.rich_text import readable

_FREE = Fee(amount=Decimal())


def service_node(teller: Teller, service: Service) -> Node:
    """All that the profile has words for."""
    me = teller.iri_of(service)
    area = [teller.location(ref) for ref in service.area_served] or [teller.city_location()]
    return stated(
        {
            "@id": me,
            "@type": "cpsv:PublicService",
            "dct:identifier": service.id,
            "dct:title": teller.text(service.title),
            "skos:altLabel": [teller.text(name) for name in (service.acronym, *service.popular_names) if name],
            "dct:description": [teller.text(text) for text in (service.summary, readable(service.description)) if text],
            "dct:language": teller.language_of(service.locale),
            "foaf:page": teller.page(service.url),
            "dct:isPartOf": {"@id": teller.dataset} if teller.city else None,
            "dcat:keyword": [teller.text(word) for word in service.keywords],
            "cv:thematicArea": [teller.concept(ref) for ref in service.topics],
            "dct:audience": [teller.concept(ref) for ref in service.audiences],
            "cv:isGroupedBy": [teller.event(ref) for ref in service.life_events],
            "dct:spatial": [place for place in area if place],
            "cv:hasCompetentAuthority": teller.organisation(service.secretariat) if service.secretariat else None,
            "cv:relatedService": [teller.service(ref) for ref in service.related],
            "cv:holdsRequirement": list(_requirements(teller, service, me)),
            "cpsv:hasInput": list(_evidence(teller, service, me)),
            "cpsv:follows": list(_rules(teller, service, me)),
            "cpsv:produces": _output(teller, service, me),
            "cv:hasChannel": list(_channels(teller, service, me)),
            "cv:hasCost": list(_costs(teller, service, me)),
            "cv:processingTime": teller.duration(longest(service.time)),
            "cv:hasLegalResource": [
                law for n, each in enumerate(service.legislation, 1) if (law := _law(teller, each, f"{me}#lei-{n}"))
            ],
            "cv:contactPoint": list(_contacts(teller, service, me)),
            "dct:modified": {"@value": service.reviewed_on.isoformat(), "@type": "xsd:date"}
            if service.reviewed_on
            else None,
        }
    )


def _requirements(teller: Teller, service: Service, me: str) -> Iterator[Node]:
    told = [(applicant.who, readable(applicant.requirements)) for applicant in service.applicants]
    for number, (who, what) in enumerate([*told, ("", readable(service.requirements))], 1):
        if who or what:
            yield stated(
                {
                    "@id": f"{me}#requisito-{number}",
                    "@type": "cv:Requirement",
                    "dct:identifier": f"{service.id}-requisito-{number}",
                    "dct:title": teller.text(who or what),
                    "dct:description": teller.text(what),
                }
            )


def _evidence(teller: Teller, service: Service, me: str) -> Iterator[Node]:
    always = [(document, "") for step in service.steps for document in step.documents.default]
    by_case = [
        (document, case.text) for step in service.steps for case in step.documents.cases for document in case.items
    ]
    for number, (document, case) in enumerate(always + by_case, 1):
        yield _document(teller, document, case, f"{me}#documento-{number}", f"{service.id}-documento-{number}")


def _document(teller: Teller, document: Document, case: str, address: str, identifier: str) -> Node:
    said = lines_of(case, document.note, document.where_to_get, document.legal_basis)
    return stated(
        {
            "@id": address,
            "@type": "cv:Evidence",
            "dct:identifier": identifier,
            "dct:title": teller.text(document.name),
            "dct:description": teller.text(said),
            "foaf:page": [
                {"@id": teller.iri_of(ref), "@type": "foaf:Document", **stated({"dct:title": teller.text(ref.title)})}
                for ref in (document.form, document.service)
                if ref is not None
            ],
        }
    )


def _rules(teller: Teller, service: Service, me: str) -> Iterator[Node]:
    for number, step in enumerate(service.steps, 1):
        said = readable(step.description) or step.title
        yield stated(
            {
                "@id": f"{me}#etapa-{number}",
                "@type": "cpsv:Rule",
                "dct:identifier": f"{service.id}-etapa-{number}",
                "dct:title": teller.text(step.title or str(number)),
                "dct:description": teller.text(said or str(number)),
            }
        )
    for number, criterion in enumerate(service.criteria, 1):
        name = naming.criterion(criterion.basis)
        yield {
            "@id": f"{me}#criterio-{number}",
            "@type": "cpsv:Rule",
            "dct:identifier": f"{service.id}-criterio-{number}",
            "dct:title": teller.text(name),
            "dct:description": teller.text(readable(criterion.description) or name),
        }


def _output(teller: Teller, service: Service, me: str) -> Node:
    said = readable(service.outcome)
    if not said:
        return {}
    return {
        "@id": f"{me}#resultado",
        "@type": "cv:Output",
        "dct:identifier": f"{service.id}-resultado",
        "dct:title": teller.text(said.partition("\n")[0]),
        "dct:description": teller.text(said),
    }


def _channels(teller: Teller, service: Service, me: str) -> Iterator[Node]:
    told: list[tuple[Channel, str, str]] = []
    for step in service.steps:
        takes = longest(step.time)
        told += [(channel, "", takes) for channel in step.channels.default]
        told += [(channel, case.text, takes) for case in step.channels.cases for channel in case.items]
    for number, (channel, case, takes) in enumerate(told, 1):
        name = str(naming.CHANNEL_NAMES[channel.type])
        said = lines_of(case, channel.text, channel.system_down) or name
        yield stated(
            {
                "@id": f"{me}#canal-{number}",
                "@type": "cv:Channel",
                "dct:identifier": f"{service.id}-canal-{number}",
                "dct:type": teller.code(f"{teller.site.base_url}/", f"canal-{channel.type}", name),
                "dct:description": teller.text(said),
                "foaf:page": teller.page(channel.url),
                "cv:processingTime": teller.duration(takes),
            }
        )
    if service.digital_link is not None:
        link = service.digital_link
        needs = lines_of(str(naming.LOGINS[link.login]), str(naming.DEVICES[link.device]))
        yield stated(
            {
                "@id": f"{me}#canal-digital",
                "@type": "cv:Channel",
                "dct:identifier": f"{service.id}-canal-digital",
                "dct:type": teller.code(f"{teller.site.base_url}/", "canal-web", str(naming.CHANNEL_NAMES["web"])),
                "dct:description": teller.text(needs),
                "foaf:page": teller.page(link.url),
            }
        )
    for unit in service.units:
        name = str(naming.CHANNEL_NAMES["in_person"])
        yield stated(
            {
                "@id": f"{me}#unidade-{unit.id}",
                "@type": "cv:Channel",
                "dct:identifier": f"{service.id}-{unit.id}",
                "dct:type": teller.code(f"{teller.site.base_url}/", "canal-in_person", name),
                "dct:description": teller.text(unit.title),
                "foaf:page": {"@id": teller.iri_of(unit), "@type": "foaf:Document"},
            }
        )


def _costs(teller: Teller, service: Service, me: str) -> Iterator[Node]:
    fees: list[tuple[Fee, str]] = [(_FREE, "")] if service.free else []
    fees += [(fee, "") for step in service.steps for fee in step.fees.default]
    fees += [(fee, case.text) for step in service.steps for case in step.fees.cases for fee in case.items]
    for number, (fee, case) in enumerate(fees, 1):
        yield stated(
            {
                "@id": f"{me}#custo-{number}",
                "@type": "cv:Cost",
                "dct:identifier": f"{service.id}-custo-{number}",
                "cv:hasValue": None if fee.amount is None else teller.amount(fee.amount),
                "cv:currency": teller.currency(fee.currency),
                "dct:description": teller.text(lines_of(case, fee.name, fee.varies)),
            }
        )


def _law(teller: Teller, law: Law, fallback: str) -> Node:
    address = web_address(teller.site, law.url) if law.url else ""
    if not (address or law.title):
        return {}
    return stated({"@id": address or fallback, "@type": "eli:LegalResource", "dct:title": teller.text(law.title)})


def _contacts(teller: Teller, service: Service, me: str) -> Iterator[Node]:
    complaint = service.standards.manifestation
    said = {"contato": service.contact, "ouvidoria": complaint.text if complaint else ""}
    for key, text in said.items():
        if text:
            yield {
                "@id": f"{me}#{key}",
                "@type": "cv:ContactPoint",
                "dct:description": teller.text(readable(text)),
            }
