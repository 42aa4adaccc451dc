"""What the columns of HSDS tell of an entry: rows → the data of a record.

Writers ask it too: what it would not read back from their rows, they tell in attributes.
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.interchange.hsds.tables import SOURCE, Row, Rows, row_id
from services.record import Kind
from services.record.identity import id_for, id_of, key_for
from services.rich_text import from_markdown, text_from_markdown

#: The taxonomies of a charter, by the kind of their terms.
TAXONOMIES: Mapping[Kind, str] = {
    kind: row_id("taxonomy", kind) for kind in ("topic", "audience", "life_event", "district")
}
#: The taxonomy whose terms name fields of records.
FIELDS = row_id("taxonomy", "fields")
BETWEEN_NAMES = "; "

#: The end of the address that an entry keeps.
ENTRY = re.compile(r"/s/([a-z2-7]{10})\Z")
_DAYS = {"MO": "mon", "TU": "tue", "WE": "wed", "TH": "thu", "FR": "fri", "SA": "sat", "SU": "sun"}
BYDAY = {day: code for code, day in _DAYS.items()}


@dataclass(frozen=True)
class Package:
    """What one needs to know of a package to understand its rows."""

    #: Whether it was written by this project.
    own: bool
    #: Organizations that stand for the city as a whole.
    roots: set[str] = field(default_factory=set)
    #: Of which kind a taxonomy's term is.
    terms: dict[str, Kind] = field(default_factory=dict)

    def identity(self, kind: Kind, row: str) -> dict[str, Any]:
        """Who the entry of a row is."""
        key = _uuid(row) if self.own else None
        if key is not None:
            return {"kind": kind, "key": key, "id": id_of(key)}
        identity = {"kind": kind, "key": key_for(SOURCE, kind, row), "id": id_for(SOURCE, kind, row)}
        return {**identity, "source": SOURCE, "source_id": row}

    def ref(self, kind: Kind, row: str) -> dict[str, Any] | None:
        """A reference to the entry of a row."""
        if not row:
            return None
        identity = self.identity(kind, row)
        return {"kind": kind, "id": identity["id"]}

    def body(self, row: str) -> dict[str, Any] | None:
        """The body of an organization; the city as a whole is none."""
        return None if row in self.roots else self.ref("secretariat", row)


def service_data(row: Row, below: Rows, package: Package) -> dict[str, Any]:
    """A service. In a package of ours, what columns tell in words only is told by attributes."""
    own_terms = [(package.terms.get(each["taxonomy_term_id"]), each) for each in below.get("attribute", [])]
    refs = {
        kind: [package.ref(kind, each["taxonomy_term_id"]) for found, each in own_terms if found == kind]
        for kind in ("topic", "audience", "life_event")
    }
    return _said(
        {
            **package.identity("service", row["id"]),
            "title": row["name"],
            "popular_names": _names(row["alternate_name"]),
            "secretariat": package.body(row["organization_id"]),
            "reviewed_on": row["assured_date"],
            "sector": next((each["department"] for each in below.get("contact", []) if each["department"]), ""),
            "units": [package.ref("unit", each["location_id"]) for each in below.get("service_at_location", [])],
            "topics": refs["topic"],
            "audiences": refs["audience"],
            "life_events": refs["life_event"],
            **(_exact(row, below) if package.own else _in_words(row, below)),
        }
    )


def _exact(row: Row, below: Rows) -> dict[str, Any]:
    areas = (ENTRY.search(each["uri"]) for each in below.get("service_area", []))
    return {
        "slug": _slug(row["url"]),
        "summary": row["description"],
        "area_served": [{"kind": "district", "id": found[1]} for found in areas if found],
    }


def _in_words(row: Row, below: Rows) -> dict[str, Any]:
    """What HSDS tells of asking for the service becomes one step."""
    step = _step(row, below)
    return {
        "summary": text_from_markdown(row["description"]),
        "requirements": from_markdown(row["eligibility_description"]),
        "time": {"type": "not_estimated", "note": row["wait_time"]} if row["wait_time"] else None,
        "steps": [step] if step else [],
    }


def _step(row: Row, below: Rows) -> dict[str, Any]:
    fees = [
        _said(
            {
                "name": each["option"],
                "amount": each["amount"],
                "currency": each["currency"],
                "varies": each["amount_description"],
            }
        )
        for each in below.get("cost_option", [])
    ]
    if not fees and row["fees_description"]:
        fees = [{"varies": row["fees_description"]}]
    channels = [{"type": "phone", "text": each["number"]} for each in below.get("phone", [])]
    if row["email"]:
        channels.append({"type": "email", "text": row["email"]})
    documents = [_said({"name": each["document"], "note": each["uri"]}) for each in below.get("required_document", [])]
    return _said(
        {
            "description": from_markdown(row["application_process"]),
            "documents": {"default": documents} if documents else {},
            "fees": {"default": fees} if fees else {},
            "channels": {"default": channels} if channels else {},
        }
    )


def organization_data(row: Row, below: Rows, package: Package) -> dict[str, Any]:
    """A body."""
    return _said(
        {
            **package.identity("secretariat", row["id"]),
            "title": row["name"],
            "other_names": _names(row["alternate_name"]),
            "summary": _other_than(row["name"], text_from_markdown(row["description"])),
            "superior": package.body(row["parent_organization_id"]) if row["parent_organization_id"] else None,
            "contacts": _contacts(row, below),
        }
    )


def city_data(row: Row, below: Rows, package: Package) -> dict[str, Any]:
    """The city, told as the organization above all others."""
    identifiers = (each["identifier"] for each in below.get("organization_identifier", []))
    return _said(
        {
            **package.identity("city", row["id"]),
            "title": row["name"],
            "ibge_code": next(identifiers, ""),
            "contacts": _contacts(row, below),
        }
    )


def location_data(row: Row, below: Rows, package: Package) -> dict[str, Any]:
    """A unit of attendance."""
    address = next(iter(below.get("address", [])), None)
    place = {"latitude": row["latitude"], "longitude": row["longitude"]}
    features = [each["details"] or each["description"] for each in below.get("accessibility", [])]
    hours, exceptions = _schedules(below)
    return _said(
        {
            **package.identity("unit", row["id"]),
            "title": row["name"],
            "acronym": row["alternate_name"],
            "summary": text_from_markdown(row["description"]),
            "how_to_get_there": row["transportation"],
            "secretariat": package.body(row["organization_id"]) if row["organization_id"] else None,
            "coordinates": place if all(place.values()) else None,
            "address": _said(
                {
                    "street": address["address_1"],
                    "complement": address["address_2"],
                    "neighbourhood": address["region"],
                    "postal_code": address["postal_code"],
                }
            )
            if address
            else None,
            "contacts": _contacts({"email": "", "website": ""}, below),
            "hours": hours,
            "hours_exceptions": exceptions,
            "accessibility_note": "\n".join(features),
        }
    )


def term_data(row: Row, kind: Kind, package: Package) -> dict[str, Any]:
    """What services are filed under."""
    data: dict[str, Any] = {
        **package.identity(kind, row["id"]),
        "title": row["name"],
        "slug": row["code"].partition(".")[2] if package.own else "",
        "summary": _other_than(row["name"], row["description"]),
    }
    if kind == "district":
        data["parent"] = package.ref("district", row["parent_id"])
    return _said(data)


def _contacts(row: Row, below: Rows) -> list[dict[str, str]]:
    told = [("phone", each["number"], each["description"]) for each in below.get("phone", [])]
    told += [("email", row["email"], ""), ("website", row["website"], "")]
    told += [("email", each["email"], each["name"]) for each in below.get("contact", [])]
    return [_said({"type": type_, "value": value, "note": note}) for type_, value, note in told if value]


def _schedules(below: Rows) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    hours: list[dict[str, Any]] = []
    exceptions: list[dict[str, Any]] = []
    for row in below.get("schedule", []):
        opens, closes = row["opens_at"][:5], row["closes_at"][:5]
        days = [_DAYS[code] for code in row["byday"].split(",") if code in _DAYS]
        if row["valid_from"] and row["valid_to"] and not days:
            span = {"starts": row["valid_from"], "ends": row["valid_to"], "message": row["notes"]}
            told = {"closed": False, "opens": opens, "closes": closes} if opens and closes else {}
            exceptions.append(span | told)
        elif days and opens and closes:
            hours.append({"days": days, "opens": opens, "closes": closes, "note": row["notes"]})
    return hours, exceptions


def _said(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def _names(text: str) -> list[str]:
    return [name for name in text.split(BETWEEN_NAMES) if name]


def _other_than(name: str, text: str) -> str:
    """A description, unless it only says the name because HSDS demands one."""
    return "" if text == name else text


def _slug(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
