"""Envelopes and inputs of the API. What they carry are the records themselves, which need no other schema."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, create_model
from pydantic.json_schema import SkipJsonSchema

from services.changes import BATCH, START
from services.languages import spoken
from services.record import Entry, Kind, Record, Service

DEFAULT_SIZE = 20
MAX_SIZE = 100
MAX_PAGE = 10_000
MAX_CHANGES = 1_000

#: A parameter may be left out, but not sent as null.
Absent = SkipJsonSchema[None]
#: What PostgreSQL takes as text: anything but the character NUL.
Word = Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[^\x00]+$")]
#: BCP 47, in any case; the description names those that the site speaks.
LanguageTag = Annotated[str, Field(max_length=35, json_schema_extra={"enum": spoken()})]


class Problem(Schema):
    """An error, by RFC 9457; sent as ``application/problem+json``."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[dict[str, Any]] = Field(default=[], description="What is wrong with each value, and where it stood")


class Results(Schema):
    """A page of a list; ``list_of`` says of what."""

    total: int = Field(ge=0, description="How many there are on all pages")
    next: str | None = Field(description="Address of the next page")


class StatusNow(Schema):
    """Whether a service is given at the moment of the answer."""

    name: Literal["normal", "suspended", "out_of_season"]
    since: datetime | Absent = Field(default=None, description="Left out if not known")
    until: datetime | Absent = Field(default=None, description="Left out if not known")
    message: str = ""


class ServiceNow(Service):
    """A service's record, and its status at the moment of the answer."""

    status: StatusNow | Absent = Field(
        default=None, description="Of services with suspensions or seasons; all others are given as their record says"
    )


#: Kinds whose answers tell more than their record does.
TOLD: dict[str, type[Entry]] = {"service": ServiceNow}


def list_of(record: type[Entry]) -> type[Results]:
    """The envelope of a list of one kind: ``ServiceList`` for services."""
    return create_model(f"{record.__name__}List", __base__=Results, results=(list[record], ...))  # type: ignore[valid-type]


class Change(Schema):
    """The newest state of one entry in one language."""

    sequence: int = Field(ge=1, description="Its place in the log; it grows")
    kind: Kind
    id: str
    source_id: str
    locale: str = Field(description="BCP 47")
    deleted: bool
    record: Annotated[Record, Field(discriminator="kind")] | None = Field(description="null if deleted")


class Changes(Schema):
    """What changed after a cursor."""

    cursor: str = Field(description="Ask for what comes after this next; the same as asked for at the head")
    changes: list[Change]


class RecordQuery(Schema):
    """Parameters of one record."""

    lang: LanguageTag | Absent = Field(
        default=None, description="BCP 47; what has no such translation comes in the source language"
    )


class ListQuery(RecordQuery):
    """Parameters that every list takes."""

    source_id: Word | Absent = Field(default=None, description="Its id where it was imported from")
    slug: Word | Absent = Field(default=None, description="The last part of its page's path")
    size: int = Field(default=DEFAULT_SIZE, ge=1, le=MAX_SIZE, description="How many on a page")
    page: int = Field(default=1, ge=1, le=MAX_PAGE, description="Counts from 1")
    cursor: str | Absent = Field(
        default=None,
        min_length=1,
        max_length=4096,
        description="From a next address: goes on behind a record, whatever is published meanwhile",
    )


class ChangesQuery(Schema):
    """Parameters of the change log."""

    after: Word = Field(default=START, description="A cursor; 0 for the start")
    limit: int = Field(default=BATCH, ge=1, le=MAX_CHANGES, description="How many changes at most")
