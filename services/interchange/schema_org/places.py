"""The city, its districts, bodies and units as schema.org has them."""

from collections.abc import Iterable

from services import naming
from services.interchange.base import Site
from services.interchange.json_ld import Node, iri, lines_of, stated, web_address
from services.record import City, District, Ref, Secretariat, Unit
from services.record.unit import Hours, HoursException, Visit, Weekday
from services.record.values import Address, Contact, Coordinates, Standards
from services.rich_text import readable

_DAYS: dict[Weekday, str] = {
    "mon": "https://schema.org/Monday",
    "tue": "https://schema.org/Tuesday",
    "wed": "https://schema.org/Wednesday",
    "thu": "https://schema.org/Thursday",
    "fri": "https://schema.org/Friday",
    "sat": "https://schema.org/Saturday",
    "sun": "https://schema.org/Sunday",
}


def named(type_: str, ref: Ref | None, site: Site) -> Node:
    """Another entry, as far as a reference tells of it."""
    if ref is None:
        return {}
    return stated(
        {"@type": type_, "@id": iri(site, ref), "name": ref.title, "url": web_address(site, ref.url) if ref.url else ""}
    )


def area_of(city: City | None, site: Site) -> Node:
    """The city as the area of what has no smaller one."""
    return {"@type": "City", "@id": iri(site, city), "name": city.title} if city else {}


def city_node(city: City, site: Site) -> Node:
    """The city, with its code at IBGE and how to reach it."""
    return stated(
        {
            **area_of(city, site),
            "identifier": stated({"@type": "PropertyValue", "propertyID": "IBGE", "value": city.ibge_code})
            if city.ibge_code
            else {},
            "containedInPlace": {"@type": "State", "name": city.state} if city.state else {},
            **reached(city.contacts, site),
        }
    )


def district_node(district: District, site: Site, city: City | None) -> Node:
    """A part of the municipality, within a district or the city."""
    return stated(
        {
            "@type": "AdministrativeArea",
            "@id": iri(site, district),
            "name": district.title,
            "url": web_address(site, district.url) if district.url else "",
            "description": district.summary,
            "containedInPlace": named("AdministrativeArea", district.parent, site) or area_of(city, site),
            "geo": _point(district.coordinates),
        }
    )


def secretariat_node(body: Secretariat, site: Site, city: City | None) -> Node:
    """A body, with where to complain of it."""
    return stated(
        {
            "@type": "GovernmentOrganization",
            "@id": iri(site, body),
            "identifier": body.id,
            "name": body.title,
            "alternateName": [name for name in (body.acronym, *body.other_names) if name],
            "url": web_address(site, body.url) if body.url else "",
            "description": lines_of(body.summary, readable(body.mandate)),
            "parentOrganization": named("GovernmentOrganization", body.superior, site),
            "foundingDate": body.valid_from and body.valid_from.isoformat(),
            "dissolutionDate": body.valid_until and body.valid_until.isoformat(),
            "address": postal_address(body.address, city),
            **reached(body.contacts, site),
            "contactPoint": complaints(body.standards),
        }
    )


def unit_node(unit: Unit, site: Site, city: City | None) -> Node:
    """A place of attendance, with its hours and visits."""
    features = [naming.accessibility_feature(feature) for feature in unit.accessibility]
    return stated(
        {
            "@type": "GovernmentOffice",
            "@id": iri(site, unit),
            "identifier": unit.id,
            "name": unit.title,
            "alternateName": unit.acronym,
            "additionalType": unit.type,
            "url": web_address(site, unit.url) if unit.url else "",
            "description": lines_of(unit.summary, unit.how_to_get_there),
            "parentOrganization": named("GovernmentOrganization", unit.secretariat, site),
            "containedInPlace": named("AdministrativeArea", unit.district, site),
            "address": postal_address(unit.address, city),
            "geo": _point(unit.coordinates),
            **reached(unit.contacts, site),
            "openingHoursSpecification": [_hours(hours) for hours in unit.hours],
            "specialOpeningHoursSpecification": [_exception(each) for each in unit.hours_exceptions],
            "amenityFeature": [
                {"@type": "LocationFeatureSpecification", "name": name, "value": True}
                for name in (*features, unit.accessibility_note)
                if name
            ],
            "event": [_visit(visit, unit, site) for visit in unit.visits],
        }
    )


def reached(contacts: Iterable[Contact], site: Site) -> Node:
    """The ways to reach a body or a place."""
    phones: list[str] = []
    emails: list[str] = []
    pages: list[str] = []
    for contact in contacts:
        if contact.type in {"phone", "whatsapp"}:
            phones.append(contact.value)
        elif contact.type == "email":
            emails.append(contact.value)
        elif address := web_address(site, contact.value):
            pages.append(address)
    return stated({"telephone": phones, "email": emails, "sameAs": pages})


def complaints(standards: Standards, about: str = "") -> list[Node]:
    """Where and how to complain (Lei 13.460 art. 7 §2 VI)."""
    if standards.manifestation is None:
        return []
    said = readable(standards.manifestation.text)
    return [
        stated({"@type": "ContactPoint", "contactType": "ombudsman", "description": said, "productSupported": about})
    ]


def postal_address(address: Address | None, city: City | None) -> Node:
    """An address in the city."""
    if address is None:
        return {}
    parts = (address.street, address.number, address.complement, address.neighbourhood)
    return stated(
        {
            "@type": "PostalAddress",
            "streetAddress": ", ".join(part for part in parts if part),
            "addressLocality": city.title if city else "",
            "addressRegion": city.state if city else "",
            "postalCode": address.postal_code,
            "addressCountry": "BR",
        }
    )


def _point(place: Coordinates | None) -> Node:
    if place is None:
        return {}
    return {"@type": "GeoCoordinates", "latitude": float(place.latitude), "longitude": float(place.longitude)}


def _hours(hours: Hours) -> Node:
    return stated(
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [{"@id": _DAYS[day]} for day in hours.days],
            "opens": f"{hours.opens:%H:%M}",
            "closes": f"{hours.closes:%H:%M}",
            "description": hours.note,
        }
    )


def _exception(exception: HoursException) -> Node:
    """Days of other hours; closed days open and close at midnight, as schema.org's readers expect."""
    closed = exception.closed or exception.opens is None or exception.closes is None
    return stated(
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": exception.starts.isoformat(),
            "validThrough": exception.ends.isoformat(),
            "opens": "00:00" if closed else f"{exception.opens:%H:%M}",
            "closes": "00:00" if closed else f"{exception.closes:%H:%M}",
            "description": exception.message,
        }
    )


def _visit(visit: Visit, unit: Unit, site: Site) -> Node:
    place = {"name": visit.place, "containedInPlace": named("AdministrativeArea", visit.district, site)}
    return stated(
        {
            "@type": "Event",
            "name": unit.title,
            "startDate": visit.starts.isoformat(),
            "endDate": visit.ends.isoformat(),
            "location": {"@type": "Place", **stated(place)} if stated(place) else {},
            "about": [named("GovernmentService", service, site) for service in visit.services],
            "description": visit.note,
        }
    )
