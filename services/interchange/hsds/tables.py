"""The tables of HSDS 3.0 that a charter fills: file, columns, keys, as its specification names them."""

import hashlib
import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from services.interchange.base import Site

NAME = "hsds"
#: What records of packages of others hold as their source.
SOURCE = "hsds"
VERSION = "3.0"

#: A row: what it says by column.
Row = dict[str, str]
#: Rows by table.
Rows = dict[str, list[Row]]

# Never change: rows keep their identifiers from one export to the next.
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://openreferral.org/imls/hsds/#conecta")
_FORMATS = {"uuid", "uri", "email"}


@dataclass(frozen=True)
class Table:
    """A table; ``columns`` as ``name:type>table!``: a reference to the table's id, ``!`` where a value is a must."""

    name: str
    path: str
    columns: str

    @cached_property
    def names(self) -> list[str]:
        """The columns in their order."""
        return [column.rstrip("!").partition(">")[0].partition(":")[0] for column in self.columns.split()]

    @cached_property
    def required(self) -> frozenset[str]:
        """The columns that may not be empty."""
        columns = zip(self.names, self.columns.split(), strict=True)
        return frozenset(name for name, column in columns if column.endswith("!"))

    def resource(self) -> dict[str, Any]:
        """As the data package describes it (Frictionless tabular data resource)."""
        fields: list[dict[str, Any]] = []
        keys: list[dict[str, Any]] = []
        for column in self.columns.split():
            told, _arrow, target = column.rstrip("!").partition(">")
            name, _colon, type_ = told.partition(":")
            field: dict[str, Any] = {"name": name, "type": "string" if type_ in {"", *_FORMATS} else type_}
            if type_ in _FORMATS:
                field["format"] = type_
            if column.endswith("!"):
                field["constraints"] = {"required": True}
            fields.append(field)
            if target:
                keys.append({"fields": name, "reference": {"resource": target, "fields": "id"}})
        schema = {"fields": fields, "primaryKey": "id", **({"foreignKeys": keys} if keys else {})}
        return {
            "name": self.name,
            "path": self.path,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": schema,
        }


_ALL = (
    Table(
        "organization",
        "organizations.csv",
        "id:uuid! name! alternate_name description! email:email website:uri tax_status tax_id year_incorporated:number "
        "legal_status logo uri:uri parent_organization_id:uuid",
    ),
    Table(
        "organization_identifier",
        "organization_identifiers.csv",
        "id:uuid! organization_id:uuid>organization! identifier_scheme identifier_type! identifier!",
    ),
    Table(
        "service",
        "services.csv",
        "id:uuid! organization_id:uuid>organization! program_id:uuid name! alternate_name description url:uri "
        "email:email status! interpretation_services application_process fees_description wait_time fees "
        "accreditations eligibility_description minimum_age:number maximum_age:number assured_date:date "
        "assurer_email:email licenses "
        "alert last_modified:datetime",
    ),
    Table(
        "location",
        "locations.csv",
        "id:uuid! location_type! url:uri organization_id:uuid>organization name alternate_name description "
        "transportation latitude:number longitude:number external_identifier external_identifier_type",
    ),
    Table(
        "service_at_location",
        "service_at_location.csv",
        "id:uuid! service_id:uuid>service! location_id:uuid>location! description",
    ),
    Table(
        "contact",
        "contacts.csv",
        "id:uuid! organization_id:uuid>organization service_id:uuid>service "
        "service_at_location_id:uuid>service_at_location location_id:uuid>location name title department email:email",
    ),
    Table(
        "phone",
        "phones.csv",
        "id:uuid! location_id:uuid>location service_id:uuid>service organization_id:uuid>organization "
        "contact_id:uuid>contact service_at_location_id:uuid>service_at_location number! extension:number type "
        "description",
    ),
    Table(
        "address",
        "addresses.csv",
        "id:uuid! location_id:uuid>location attention address_1! address_2 city! region state_province! postal_code! "
        "country! address_type!",
    ),
    Table(
        "schedule",
        "schedules.csv",
        "id:uuid! service_id:uuid>service location_id:uuid>location service_at_location_id:uuid>service_at_location "
        "valid_from:date valid_to:date dtstart:date timezone:number until:date count:number wkst freq interval:number "
        "byday byweekno bymonthday byyearday description opens_at:time closes_at:time schedule_link:uri attending_type "
        "notes",
    ),
    Table(
        "service_area",
        "service_areas.csv",
        "id:uuid! service_id:uuid>service name description extent extent_type uri",
    ),
    Table("required_document", "required_documents.csv", "id:uuid! service_id:uuid>service document uri:uri"),
    Table(
        "cost_option",
        "cost_options.csv",
        "id:uuid! service_id:uuid>service! valid_from:date valid_to:date option currency amount:number "
        "amount_description",
    ),
    Table("accessibility", "accessibility.csv", "id:uuid! location_id:uuid>location description details url:uri"),
    Table("taxonomy", "taxonomies.csv", "id:uuid! name! description! uri:uri version"),
    Table(
        "taxonomy_term",
        "taxonomy_terms.csv",
        "id:uuid! code name! description! parent_id:uuid taxonomy language taxonomy_id:uuid>taxonomy term_uri:uri",
    ),
    Table(
        "attribute",
        "attributes.csv",
        "id:uuid! link_id:uuid! taxonomy_term_id:uuid>taxonomy_term! link_type link_entity! value",
    ),
)
TABLES = {table.name: table for table in _ALL}


def row_id(*parts: str | int) -> str:
    """A row's identifier: the same for the same parts, in every export."""
    # uuid5 by hand: an export asks for tens of thousands, and making objects of them was a sixth of its time.
    told = "\x1f".join([str(part) for part in parts])
    digest = hashlib.sha1(_NAMESPACE.bytes + told.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digest[16], 16) & 3]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


def descriptor(site: Site) -> dict[str, Any]:
    """``datapackage.json``. ``conecta`` says that identifiers are keys of entries and attributes their fields."""
    return {
        "name": "human_services_data",
        "profile": "tabular-data-package",
        "homepage": f"{site.base_url}/",
        "created": site.at.isoformat(),
        "hsds": VERSION,
        "conecta": 1,
        "resources": [table.resource() for table in _ALL],
    }
