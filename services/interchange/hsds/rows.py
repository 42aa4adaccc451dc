"""What HSDS can be told of an entry: record → rows. Each function gives the entry's own row and those below it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import tzinfo

from django.utils.translation import gettext as _

from services import naming, timing, wording
from services.interchange.base import Site
from services.interchange.hsds.columns import BETWEEN_NAMES, BYDAY, TAXONOMIES
from services.interchange.hsds.tables import TABLES, Row, Rows, row_id
from services.interchange.json_ld import iri, lines_of, web_address
from services.record import Audience, City, District, Kind, LifeEvent, Ref, Secretariat, Service, Topic, Unit
from services.record.service import Document, Fee, Step
from services.record.values import Contact
from services.rich_text import readable

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
Term = Topic | Audience | LifeEvent | District


@dataclass
class Book:
    """Where entries stand in the package, as far as rows point to them."""

    site: Site
    city: City | None
    #: The organization that stands for the city as a whole.
    root: str
    #: Rows of entries that others point to.
    places: dict[tuple[Kind, str], str] = field(default_factory=dict)

    def row(self, ref: Ref | None) -> str:
        """The identifier of the row that a reference points to; ``""`` if it is not in the package."""
        return self.places.get((ref.kind, ref.id), "") if ref else ""

    @property
    def zone(self) -> tzinfo:
        """The city's time zone."""
        return timing.timezone_of(self.city)


class _Below:
    """Rows below an entry, numbered by table."""

    def __init__(self, owner: str, **links: str) -> None:
        self.rows: Rows = defaultdict(list)
        self._owner, self._links = owner, links

    def add(self, table: str, **values: str) -> None:
        """A row, linked to its owner; one that says not what HSDS demands of it is left out."""
        number = len(self.rows[table]) + 1
        row = {"id": row_id(table, self._owner, number), **self._links, **values}
        if all(row.get(name) for name in TABLES[table].required):
            self.rows[table].append(blank(table) | row)


_BLANK: dict[str, Row] = {name: dict.fromkeys(table.names, "") for name, table in TABLES.items()}


def blank(table: str) -> Row:
    """A row that says nothing."""
    return _BLANK[table]


def service_rows(service: Service, book: Book) -> tuple[Row, Rows]:
    """A service. All texts are for people: steps, fees and times in words."""
    key = str(service.key)
    below = _Below(key, service_id=key)
    now = timing.status(service, book.site.at)
    row = blank("service") | {
        "id": key,
        "organization_id": book.row(service.secretariat) or book.root,
        "name": service.title or service.id,
        "alternate_name": BETWEEN_NAMES.join(service.popular_names),
        "description": lines_of(service.summary, readable(service.description)),
        "url": web_address(book.site, service.url) if service.url else "",
        "status": "active" if now.name == "normal" else "temporarily closed",
        "application_process": "\n\n".join(_steps(service)),
        "fees_description": wording.cost(service),
        "wait_time": lines_of(wording.time_estimate(service.time), service.time.note if service.time else ""),
        "eligibility_description": lines_of(*_eligibility(service)),
        "assured_date": service.reviewed_on.isoformat() if service.reviewed_on else "",
        "alert": wording.status(now, book.zone),
    }
    for step in service.steps:
        _add_step(step, below, book)
    if service.sector:
        below.add("contact", department=service.sector)
    if service.standards.manifestation:
        below.add("contact", title=_("Ouvidoria"), name=readable(service.standards.manifestation.text))
    for season in service.seasons:
        first, last = (moment.astimezone(book.zone).date() for moment in (season.opens, season.closes))
        below.add("schedule", valid_from=first.isoformat(), valid_to=last.isoformat(), notes=season.message)
    for unit in service.units:
        below.add("service_at_location", location_id=book.row(unit))
    for area in service.area_served:
        below.add("service_area", name=area.title, uri=iri(book.site, area))
    for ref in (*service.topics, *service.audiences, *service.life_events):
        if term := book.row(ref):
            values = {"link_id": key, "taxonomy_term_id": term, "link_type": ref.kind, "link_entity": "service"}
            below.rows["attribute"].append(blank("attribute") | values | {"id": row_id("filed", key, term)})
    return row, below.rows


def _add_step(step: Step, below: _Below, book: Book) -> None:
    """What a step asks for, costs and can be done by, for everybody and by case."""
    for case, documents in [("", step.documents.default), *((c.text, c.items) for c in step.documents.cases)]:
        for document in documents:
            below.add("required_document", **_document(document, case, book))
    for case, fees in [("", step.fees.default), *((c.text, c.items) for c in step.fees.cases)]:
        for fee in fees:
            below.add("cost_option", **_fee(fee, case))
    for case, channels in [("", step.channels.default), *((c.text, c.items) for c in step.channels.cases)]:
        for channel in channels:
            if channel.type in _PHONES and channel.text:
                words = lines_of(case, str(naming.CHANNEL_NAMES[channel.type]))
                below.add("phone", number=channel.text, type=_PHONES[channel.type], description=words)


_PHONES = {"phone": "voice", "whatsapp": "cell", "sms": "text", "fax": "fax"}


def _steps(service: Service) -> Iterator[str]:
    for number, step in enumerate(service.steps, start=1):
        ways = wording.joined([wording.channel_name(channel) for channel in step.channels.default])
        yield lines_of(f"{number}. {step.title}".strip(), readable(step.description), ways)


def _eligibility(service: Service) -> Iterator[str]:
    for applicant in service.applicants:
        yield lines_of(applicant.who, readable(applicant.requirements))
    yield readable(service.requirements)


def _document(document: Document, case: str, book: Book) -> dict[str, str]:
    said = lines_of(case, document.name, document.note, document.where_to_get, document.legal_basis)
    linked = document.form or document.service
    return {"document": said, "uri": iri(book.site, linked) if linked else ""}


def _fee(fee: Fee, case: str) -> dict[str, str]:
    return {
        "option": lines_of(case, fee.name),
        "currency": fee.currency,
        "amount": "" if fee.amount is None else str(fee.amount),
        "amount_description": fee.varies,
    }


def organization_rows(body: Secretariat, book: Book) -> tuple[Row, Rows]:
    """A body."""
    key = str(body.key)
    below = _Below(key, organization_id=key)
    row = blank("organization") | {
        "id": key,
        "name": body.title or body.id,
        "alternate_name": BETWEEN_NAMES.join(name for name in (body.acronym, *body.other_names) if name),
        "description": lines_of(body.summary, readable(body.mandate)) or body.title or body.id,
        "year_incorporated": str(body.valid_from.year) if body.valid_from else "",
        "uri": iri(book.site, body),
        "parent_organization_id": book.row(body.superior) or book.root,
        **_reached(body.contacts, below, book),
    }
    complaint = body.standards.manifestation
    if complaint:
        below.add("contact", title=_("Ouvidoria"), name=readable(complaint.text))
    return row, below.rows


def city_rows(city: City | None, book: Book) -> tuple[Row, Rows]:
    """The organization of the city as a whole; of a charter without a city, of its site."""
    below = _Below(book.root, organization_id=book.root)
    name = city.title if city and city.title else book.site.base_url
    row = blank("organization") | {
        "id": book.root,
        "name": name,
        "description": name,
        "uri": iri(book.site, city) if city else f"{book.site.base_url}/",
        **(_reached(city.contacts, below, book) if city else {}),
    }
    if city and city.ibge_code:
        below.add("organization_identifier", identifier_type="IBGE", identifier=city.ibge_code)
    return row, below.rows


def location_rows(unit: Unit, book: Book) -> tuple[Row, Rows]:
    """A unit of attendance with its address and hours. Times are the city's, by the offset of the day of the export."""
    key = str(unit.key)
    below = _Below(key, location_id=key)
    row = blank("location") | {
        "id": key,
        "location_type": "physical",
        "organization_id": book.row(unit.secretariat),
        "name": unit.title,
        "alternate_name": unit.acronym,
        "description": unit.summary,
        "transportation": unit.how_to_get_there,
        "latitude": str(unit.coordinates.latitude) if unit.coordinates else "",
        "longitude": str(unit.coordinates.longitude) if unit.coordinates else "",
    }
    if unit.address is not None:
        below.add(
            "address",
            address_1=", ".join(part for part in (unit.address.street, unit.address.number) if part),
            address_2=unit.address.complement,
            region=unit.address.neighbourhood,
            postal_code=unit.address.postal_code,
            city=book.city.title if book.city else "",
            state_province=book.city.state if book.city else "",
            country="BR",
            address_type="physical",
        )
    offset = book.site.at.astimezone(book.zone).utcoffset()
    zone = f"{offset.total_seconds() / 3600:g}" if offset is not None else ""
    for hours in unit.hours:
        below.add(
            "schedule",
            timezone=zone,
            freq="WEEKLY",
            byday=",".join(BYDAY[day] for day in hours.days),
            description=wording.hours(hours),
            opens_at=f"{hours.opens:%H:%M:%S}",
            closes_at=f"{hours.closes:%H:%M:%S}",
            notes=hours.note,
        )
    for exception in unit.hours_exceptions:
        closed = exception.closed or exception.opens is None or exception.closes is None
        below.add(
            "schedule",
            timezone=zone,
            valid_from=exception.starts.isoformat(),
            valid_to=exception.ends.isoformat(),
            description=_("fechado") if closed else "",
            opens_at="" if closed else f"{exception.opens:%H:%M:%S}",
            closes_at="" if closed else f"{exception.closes:%H:%M:%S}",
            notes=exception.message,
        )
    for feature in unit.accessibility:
        below.add("accessibility", description=naming.accessibility_feature(feature))
    if unit.accessibility_note:
        below.add("accessibility", details=unit.accessibility_note)
    _reached(unit.contacts, below, book)
    return row, below.rows


def term_rows(term: Term, book: Book) -> tuple[Row, Rows]:
    """A theme, a public, a moment of life or a district, as a term of its taxonomy."""
    row = blank("taxonomy_term") | {
        "id": str(term.key),
        "code": f"{term.kind}.{term.slug}" if term.slug else "",
        "name": term.title or term.id,
        "description": term.summary or term.title or term.id,
        "parent_id": book.row(term.parent) if isinstance(term, District) else "",
        "taxonomy": naming.kind(term.kind),
        "taxonomy_id": TAXONOMIES[term.kind],
        "language": term.locale,
        "term_uri": iri(book.site, term),
    }
    return row, {}


def _reached(contacts: Iterable[Contact], below: _Below, book: Book) -> dict[str, str]:
    """Rows of telephones and further e-mails; the first e-mail and page are columns of an organization."""
    columns: dict[str, str] = {}
    own_columns = "organization_id" in below._links
    for contact in contacts:
        if contact.type in {"phone", "whatsapp"}:
            type_ = "voice" if contact.type == "phone" else "cell"
            below.add("phone", number=contact.value, type=type_, description=contact.note)
        elif contact.type == "email" and _EMAIL.fullmatch(contact.value):
            if own_columns and "email" not in columns:
                columns["email"] = contact.value
            else:
                below.add("contact", email=contact.value, name=contact.note)
        elif contact.type in {"website", "social"} and (address := web_address(book.site, contact.value)):
            columns.setdefault("website", address)
    return columns if own_columns else {}
