"""Envelopes and inputs of the API. What they carry are the records themselves, which need no other schema."""

from datetime import datetime
from typing import Annotated, Any, Literal, Union

from ninja import Schema
from pydantic import Field, create_model
from pydantic.json_schema import SkipJsonSchema

from services.changes import BATCH, START
from services.languages import spoken
from services.record import RECORD_TYPES, Entry, Kind, Record, Service
from services.references import relations_of

DEFAULT_SIZE = 20
MAX_SIZE = 100
MAX_PAGE = 10_000
MAX_CHANGES = 1_000
#: Seconds.
MAX_WAIT = 25

#: A parameter may be left out, but not sent as null.
Absent = SkipJsonSchema[None]
#: What PostgreSQL takes as text: anything but the character NUL.
Word = Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[^\x00]+$")]
#: Names with commas between.
Names = Annotated[str, Field(min_length=1, max_length=1000, pattern=r"^[a-z_]+(,[a-z_]+)*$")]
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


def _told(kind: Kind) -> type[Entry]:
    return TOLD.get(kind, RECORD_TYPES[kind])


#: Any record as an answer tells it.
ToldRecord: Any = Annotated[Union[*(_told(kind) for kind in RECORD_TYPES)], Field(discriminator="kind")]


def _included() -> Any:
    said = "What they point to by the relations that ``include`` names, each once; left out where it names none"
    return (list[ToldRecord] | Absent, Field(default=None, description=said))


def list_of(kind: Kind) -> type[Results]:
    """The envelope of a list of one kind: ``ServiceList`` for services."""
    more: dict[str, Any] = {"included": _included()} if relations_of(RECORD_TYPES[kind]) else {}
    told: Any = _told(kind)
    return create_model(f"{RECORD_TYPES[kind].__name__}List", __base__=Results, results=(list[told], ...), **more)


def one_of(kind: Kind) -> type[Entry]:
    """The answer about one record: itself, and with it what was asked for beside."""
    told = _told(kind)
    if not relations_of(RECORD_TYPES[kind]):
        return told
    return create_model(f"{RECORD_TYPES[kind].__name__}Answer", __base__=told, included=_included())


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


class InLanguage(Schema):
    """The parameter that every answer in words takes."""

    lang: LanguageTag | Absent = Field(
        default=None, description="BCP 47; what has no such translation comes in the source language"
    )


class RecordQuery(InLanguage):
    """Parameters of one record."""

    fields: Names | Absent = Field(
        default=None,
        description="Only these fields, by their names in the record; kind, id and key always come",
        examples=["title,summary"],
    )


class ListQuery(RecordQuery):
    """Parameters that every list takes."""

    sort: Literal["title", "-title", "updated", "-updated"] = Field(
        default="title", description="updated: in the order of the last change; a minus sign turns it round"
    )

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
    wait: int = Field(
        default=0,
        ge=0,
        le=MAX_WAIT,
        description="At the head: wait so many seconds at most for a change. A busy site answers sooner",
    )
