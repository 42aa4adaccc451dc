"""A service as schema.org's GovernmentService."""

from collections.abc import Iterator

from services import naming
from services.interchange.base import Site
from services.interchange.durations import longest
from services.interchange.json_ld import Node, iri, lines_of, stated, web_address
from services.interchange.schema_org.places import area_of, complaints, named
from services.record import City, Ref, Service
from services.record.service import Channel, Document, Fee, Season, Step
from services.record.values import Kind
from services.rich_text import readable


def service_node(service: Service, site: Site, city: City | None) -> Node:
    """All that schema.org has words for. The way to the result is a ``HowTo`` about the service."""
    areas = [named("AdministrativeArea", area, site) for area in service.area_served]
    return stated(
        {
            "@type": "GovernmentService",
            "@id": iri(site, service),
            "identifier": service.id,
            "name": service.title,
            "alternateName": list(dict.fromkeys(filter(None, (service.acronym, *service.popular_names)))),
            "description": lines_of(service.summary, readable(service.description)),
            "url": web_address(site, service.url) if service.url else "",
            "mainEntityOfPage": _page(service, site),
            "provider": _provider(service, site),
            "jurisdiction": area_of(city, site),
            "areaServed": areas or area_of(city, site),
            "audience": list(_audiences(service, site)),
            "category": [
                *_categories("topic", service.topics, site),
                *_categories("life_event", service.life_events, site),
            ],
            "serviceOutput": stated({"@type": "Thing", "description": readable(service.outcome)})
            if service.outcome
            else {},
            "availableChannel": list(_channels(service, site)),
            "offers": list(_offers(service)),
            "hoursAvailable": [_season(season) for season in service.seasons],
            "isRelatedTo": [
                *(named("GovernmentService", ref, site) for ref in service.related),
                *({"@type": "Service", "name": name} for name in service.related_texts),
            ],
            "subjectOf": [
                *_how_to(service),
                *(named("DigitalDocument", form, site) for form in service.forms),
                *(
                    stated(
                        {
                            "@type": "Legislation",
                            "name": law.title,
                            "url": web_address(site, law.url) if law.url else "",
                        }
                    )
                    for law in service.legislation
                ),
            ],
        }
    )


def _page(service: Service, site: Site) -> Node:
    page = stated(
        {
            "@id": web_address(site, service.url) if service.url else "",
            "inLanguage": service.locale,
            "keywords": service.keywords,
            "lastReviewed": service.reviewed_on and service.reviewed_on.isoformat(),
        }
    )
    return {"@type": "WebPage", **page}


def _provider(service: Service, site: Site) -> Node:
    points = complaints(service.standards, service.title)
    if service.contact:
        points.append(
            {
                "@type": "ContactPoint",
                "contactType": "customer service",
                "description": readable(service.contact),
                "productSupported": service.title,
            }
        )
    provider = stated(
        {
            **named("GovernmentOrganization", service.secretariat, site),
            "department": {"@type": "Organization", "name": service.sector} if service.sector else {},
            "contactPoint": points,
        }
    )
    return {"@type": "GovernmentOrganization", **provider} if provider else {}


def _audiences(service: Service, site: Site) -> Iterator[Node]:
    for applicant in service.applicants:
        node = stated({"audienceType": applicant.who, "description": readable(applicant.requirements)})
        if node:
            yield {"@type": "Audience", **node}
    if service.requirements:
        yield {"@type": "Audience", "description": readable(service.requirements)}
    for audience in service.audiences:
        yield named("Audience", audience, site)


def _categories(kind: Kind, refs: list[Ref], site: Site) -> Iterator[Node]:
    for ref in refs:
        yield {**named("CategoryCode", ref, site), "inCodeSet": {"@type": "CategoryCodeSet", "name": naming.kind(kind)}}


def _channels(service: Service, site: Site) -> Iterator[Node]:
    in_all = longest(service.time)
    found = False
    for step in service.steps:
        takes = longest(step.time) or in_all
        for channel in step.channels.default:
            yield _channel(channel, takes, "", site)
            found = True
        for case in step.channels.cases:
            for channel in case.items:
                yield _channel(channel, takes, case.text, site)
                found = True
    if service.digital_link is not None:
        address = web_address(site, service.digital_link.url)
        needs = lines_of(
            str(naming.LOGINS[service.digital_link.login]), str(naming.DEVICES[service.digital_link.device])
        )
        yield stated({"@type": "ServiceChannel", "serviceUrl": address, "description": needs, "processingTime": in_all})
        found = True
    for unit in service.units:
        place = named("GovernmentOffice", unit, site)
        yield stated({"@type": "ServiceChannel", "serviceLocation": place, "processingTime": in_all})
        found = True
    if in_all and not found:
        yield {"@type": "ServiceChannel", "processingTime": in_all}


def _channel(channel: Channel, takes: str, case: str, site: Site) -> Node:
    node: Node = {
        "@type": "ServiceChannel",
        "name": str(naming.CHANNEL_NAMES[channel.type]),
        "description": lines_of(case, channel.text, channel.system_down),
        "serviceUrl": web_address(site, channel.url) if channel.url else "",
        "processingTime": takes,
    }
    if channel.type in {"phone", "whatsapp"} and channel.text:
        node["servicePhone"] = {"@type": "ContactPoint", "telephone": channel.text}
    elif channel.type == "sms" and channel.text:
        node["serviceSmsNumber"] = {"@type": "ContactPoint", "telephone": channel.text}
    elif channel.type == "in_person" and channel.text:
        node["serviceLocation"] = {"@type": "Place", "address": channel.text}
    elif channel.type == "post" and channel.text:
        node["servicePostalAddress"] = {"@type": "PostalAddress", "streetAddress": channel.text}
    return stated(node)


def _offers(service: Service) -> Iterator[Node]:
    if service.free:
        yield {"@type": "Offer", "price": "0", "priceCurrency": "BRL"}
    for step in service.steps:
        for fee in step.fees.default:
            yield _offer(fee, "")
        for case in step.fees.cases:
            for fee in case.items:
                yield _offer(fee, case.text)


def _offer(fee: Fee, case: str) -> Node:
    return stated(
        {
            "@type": "Offer",
            "name": fee.name,
            "price": "" if fee.amount is None else str(fee.amount),
            "priceCurrency": fee.currency,
            "description": lines_of(case, fee.varies),
        }
    )


def _season(season: Season) -> Node:
    return stated(
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": season.opens.isoformat(),
            "validThrough": season.closes.isoformat(),
            "description": season.message,
        }
    )


def _how_to(service: Service) -> Iterator[Node]:
    if not service.steps:
        return
    yield stated(
        {
            "@type": "HowTo",
            "name": service.title,
            "totalTime": longest(service.time),
            "step": [_step(step, number) for number, step in enumerate(service.steps, start=1)],
            "supply": [supply for step in service.steps for supply in _supplies(step)],
        }
    )


def _step(step: Step, number: int) -> Node:
    return stated({"@type": "HowToStep", "position": number, "name": step.title, "text": readable(step.description)})


def _supplies(step: Step) -> Iterator[Node]:
    for document in step.documents.default:
        yield _supply(document, "")
    for case in step.documents.cases:
        for document in case.items:
            yield _supply(document, case.text)


def _supply(document: Document, case: str) -> Node:
    words = lines_of(case, document.note, document.where_to_get, document.legal_basis)
    return stated({"@type": "HowToSupply", "name": document.name, "description": words})
