"""What columns cannot tell of a record: an attribute for each such field, its value as JSON."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from services.interchange.base import Unreadable, build
from services.interchange.hsds.columns import FIELDS
from services.interchange.hsds.tables import Row, row_id
from services.interchange.json_ld import dumped
from services.record import RECORD_TYPES, Entry, Kind

LINK_TYPE = "conecta"

#: A page's address belongs to the site that publishes it.
_NOT_CARRIED = {"kind", "id", "key", "url"}


@cache
def term_of(kind: Kind, field: str) -> str:
    """The identifier of the term that names a field."""
    return row_id("field", kind, field)


def term_row(kind: Kind, field: str) -> Row:
    """The term itself."""
    told = RECORD_TYPES[kind].model_fields[field].description
    return {
        "id": term_of(kind, field),
        "code": f"{kind}.{field}",
        "name": f"{kind}.{field}",
        "description": told or f"{kind}.{field}",
        "taxonomy": "conecta",
        "taxonomy_id": FIELDS,
    }


def missing(record: Entry, told: Mapping[str, Any], table: str) -> Iterator[tuple[str, Row]]:
    """``(field, attribute)`` of each field that the columns' data ``told`` does not give back."""
    read, key = _read(told), str(record.key)
    fields = [
        field
        for field in type(record).model_fields
        if field not in _NOT_CARRIED and (read is None or getattr(read, field) != getattr(record, field))
    ]
    values = record.model_dump(mode="json", exclude_defaults=True, include=set(fields))
    for field in fields:
        attribute = {
            "id": row_id("attribute", key, field),
            "link_id": key,
            "taxonomy_term_id": term_of(record.kind, field),
            "link_type": LINK_TYPE,
            "link_entity": table,
            "value": dumped(values.get(field)),
        }
        yield field, attribute


def _read(told: Mapping[str, Any]) -> Entry | None:
    """What columns tell as a record; of text that is none, nothing, and all fields are attributes."""
    try:
        return build(dict(told))
    except Unreadable:
        return None


def completed(told: dict[str, Any], attributes: list[tuple[str, str]]) -> dict[str, Any]:
    """The data of columns with the ``(field, JSON)`` that attributes tell over it. Raises ``Unreadable``."""
    data = dict(told)
    for field, text in attributes:
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            raise Unreadable(f"o atributo {field} não é um JSON válido") from None
        if field in _NOT_CARRIED:
            continue
        if value is None:
            data.pop(field, None)
        else:
            data[field] = value
    return data
