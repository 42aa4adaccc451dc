"""The published entry: a closed union of kinds, every field with its meaning and source.

A record is the wire type. It is stored, hashed and sent without the fields that hold
their default; fields are only ever added; ``SCHEMA`` grows when a derived field changes.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from services.record.alert import Alert
from services.record.city import City
from services.record.demand import Demand
from services.record.form import Form
from services.record.information import Information
from services.record.procedure import Procedure
from services.record.rating import Rating
from services.record.secretariat import Secretariat
from services.record.service import Service
from services.record.taxonomy import Audience, District, LifeEvent, Question, Topic
from services.record.unit import Unit
from services.record.values import TRUSTED, Entry, Kind, Ref

SCHEMA = 1

Record = (
    Service
    | Procedure
    | Secretariat
    | Information
    | Unit
    | Form
    | Topic
    | Audience
    | LifeEvent
    | District
    | Question
    | Alert
    | City
    | Demand
    | Rating
)

RECORD_TYPES: Mapping[Kind, type[Entry]] = {
    "service": Service,
    "procedure": Procedure,
    "secretariat": Secretariat,
    "information": Information,
    "unit": Unit,
    "form": Form,
    "topic": Topic,
    "audience": Audience,
    "life_event": LifeEvent,
    "district": District,
    "question": Question,
    "alert": Alert,
    "city": City,
    "demand": Demand,
    "rating": Rating,
}
#: Kinds behind which there is no entry: other apps count them and have them published (``services.derived``).
DERIVED: frozenset[Kind] = frozenset({"demand", "rating"})

_ADAPTER: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="kind")])


def dump(record: Entry) -> dict[str, Any]:
    """The record as plain JSON values, without fields that hold their default."""
    return record.model_dump(mode="json", exclude_defaults=True)


def to_json(record: Entry) -> str:
    """The record's canonical bytes: what is stored, hashed and sent."""
    return json.dumps(dump(record), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def etag_of(body: str) -> str:
    """A strong validator of a record's canonical JSON: 32 hexadecimal characters."""
    return hashlib.blake2b(body.encode("utf-8"), digest_size=16).hexdigest()


def from_data(data: Mapping[str, Any]) -> Record:
    """A record from foreign data, normalised. Raises ``pydantic.ValidationError``."""
    return _ADAPTER.validate_python(data)


def from_json(body: str) -> Record:
    """A record from what this project stored; its texts are not normalised again."""
    return _ADAPTER.validate_json(body, context=TRUSTED)


__all__ = [
    "DERIVED",
    "RECORD_TYPES",
    "SCHEMA",
    "Alert",
    "Audience",
    "City",
    "Demand",
    "District",
    "Entry",
    "Form",
    "Information",
    "Kind",
    "LifeEvent",
    "Procedure",
    "Question",
    "Rating",
    "Record",
    "Ref",
    "Secretariat",
    "Service",
    "Topic",
    "Unit",
    "dump",
    "etag_of",
    "from_data",
    "from_json",
    "to_json",
]
