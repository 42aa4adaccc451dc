"""The small values that records are made of: texts, references, times, places.

Every text is normalised as it enters a record, so that equal content has equal bytes:
the etag, the change log and the round trip through a Wagtail page hang on it.
"""

import re
import unicodedata
import uuid
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)

from services.rich_text import clean

#: Validation context for bodies that this project wrote itself: their texts are
#: already normalised, and normalising them again would be most of the cost of a read.
TRUSTED = {"trusted": True}

_UNSAFE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\ufeff\ufffe\uffff\ud800-\udfff]")
_BREAK = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
# Most texts are normal as they come: Latin letters and the usual punctuation, which NFC leaves alone, single
# spaces, at most one blank line.
_WORD = r"[!-~\u00a1-\u00ff\u2013\u2014\u2018-\u201d\u2022\u2026]++"
_NORMAL = re.compile(rf"(?:{_WORD}(?:(?: |\n\n?){_WORD})*+)?+")


def normalise_text(value: str) -> str:
    """Plain text of several lines: NFC, no control characters, no stray space, at most one blank line."""
    if _NORMAL.fullmatch(value) is not None:
        return value
    text = _BREAK.sub("\n", _UNSAFE.sub("", value))
    text = unicodedata.normalize("NFC", text)
    text = "\n".join(_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip()


def normalise_line(value: str) -> str:
    """Plain text of one line."""
    return " ".join(normalise_text(value).split())


def _trusted(info: ValidationInfo) -> bool:
    return info.context is TRUSTED


def _as_text(value: str, info: ValidationInfo) -> str:
    return value if _trusted(info) else normalise_text(value)


def _as_line(value: str, info: ValidationInfo) -> str:
    return value if _trusted(info) else normalise_line(value)


def _as_rich(value: str, info: ValidationInfo) -> str:
    return value if _trusted(info) else clean(value)


def _as_lines(value: list[str], info: ValidationInfo) -> list[str]:
    return value if _trusted(info) else list(dict.fromkeys(line for line in value if line))


def _as_instant(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC).replace(microsecond=0)
    except OverflowError as error:
        raise ValueError("outside the calendar") from error


def _without_blank(values: list[Any]) -> list[Any]:
    return [value for value in values if any(held not in (None, "") for _name, held in value)]


def _as_refs(value: list["Ref"], info: ValidationInfo) -> list["Ref"]:
    return value if _trusted(info) else sorted({ref.id: ref for ref in value}.values(), key=lambda ref: ref.id)


def _as_ordered_refs(value: list["Ref"], info: ValidationInfo) -> list["Ref"]:
    return value if _trusted(info) else list({ref.id: ref for ref in value}.values())


class Translatable:
    """Marks a field whose value is in a language; all others are the same in every language."""


TRANSLATABLE = Translatable()

#: One line of plain text in the record's language.
Line = Annotated[str, AfterValidator(_as_line), TRANSLATABLE]
#: Plain text of several lines in the record's language.
Text = Annotated[str, AfterValidator(_as_text), TRANSLATABLE]
#: The few safe elements of ``services.rich_text``, in the record's language.
Rich = Annotated[str, AfterValidator(_as_rich), TRANSLATABLE]
#: Distinct, non-empty lines in their order.
Lines = Annotated[list[Line], AfterValidator(_as_lines), TRANSLATABLE]
#: One line that is the same in every language: codes, numbers, acronyms, slugs.
Code = Annotated[str, AfterValidator(_as_line)]
#: Whether an entry was published as it came from another base.
Incomplete = Annotated[bool, Field(description="Taken over as it was, short of what the law asks")]
#: An absolute http(s) address, or ``""``; whatever the source wrote, without stray space.
Url = Annotated[str, AfterValidator(_as_line)]
#: An aware moment, kept in UTC to the second.
Instant = Annotated[AwareDatetime, AfterValidator(_as_instant)]
#: A time of day, ``HH:MM`` on the wire.
ClockTime = Annotated[
    time,
    AfterValidator(lambda value: value.replace(second=0, microsecond=0, tzinfo=None)),
    PlainSerializer(lambda value: value.strftime("%H:%M"), when_used="json"),
    WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}),
]
#: Money to the hundredth; a string on the wire, because JSON numbers are floats.
Amount = Annotated[
    Decimal, Field(ge=0, max_digits=12, decimal_places=2), AfterValidator(lambda v: v.quantize(Decimal("0.01")) + 0)
]
#: Degrees, WGS 84, to about a decimetre.
Degrees = Annotated[Decimal, Field(max_digits=9), AfterValidator(lambda v: v.quantize(Decimal("0.000001")) + 0)]

Kind = Literal[
    "service",
    "procedure",
    "secretariat",
    "information",
    "unit",
    "form",
    "topic",
    "audience",
    "life_event",
    "district",
    "question",
    "alert",
    "city",
    "demand",
    "rating",
]


class Value(BaseModel):
    """A part of a record: closed, so that a misspelt field is an error and not a loss."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Ref(Value):
    """All that a record embeds of another entry; equal when they name the same entry.

    ``title`` and ``url`` are filled in when the record is published, in the record's
    language or else the source's; a draft or an import needs only ``kind`` and ``id``.
    """

    kind: Kind
    id: str = Field(pattern=r"^[a-z2-7]{10}$")
    title: Annotated[str, TRANSLATABLE] = ""
    url: Annotated[str, TRANSLATABLE] = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ref) and (self.kind, self.id) == (other.kind, other.id)

    def __hash__(self) -> int:
        return hash((self.kind, self.id))


#: References whose order has no meaning: kept by id, so that the same set has the same bytes.
Refs = Annotated[list[Ref], AfterValidator(_as_refs)]
#: References in the order that the editor chose.
OrderedRefs = Annotated[list[Ref], AfterValidator(_as_ordered_refs)]

#: Distinct, non-empty codes in their order.
Codes = Annotated[list[Code], AfterValidator(_as_lines)]

V = TypeVar("V", bound="Value")
#: Values in their order; those that say nothing at all are left out.
Stated = Annotated[list[V], AfterValidator(_without_blank)]
#: Dated values, the earliest first.
Dated = Annotated[list[V], AfterValidator(lambda values: sorted(values, key=lambda value: value.starts))]

DurationUnit = Literal["minutes", "hours", "calendar_days", "working_days", "months"]


class TimeEstimate(Value):
    """How long something takes (Lei 13.460 art. 7 §2 IV; v3 ``tempo-total-estimado``).

    ``up_to`` and ``average`` use ``max``; ``between`` uses both; ``immediate`` and
    ``not_estimated`` neither. Only ``immediate``, ``up_to`` and ``between`` promise a maximum.
    """

    type: Literal["immediate", "up_to", "between", "average", "not_estimated"]
    min: int | None = Field(default=None, ge=0, le=100_000)
    max: int | None = Field(default=None, ge=0, le=100_000)
    unit: DurationUnit | None = None
    note: Text = ""


class Duration(Value):
    """A quantity of time, such as the wait at a counter (v3 ``tempo-estimado-espera``)."""

    quantity: int = Field(ge=0, le=100_000)
    unit: DurationUnit = "minutes"


class Contact(Value):
    """A way to reach a body or a unit."""

    type: Literal["phone", "whatsapp", "email", "website", "social"]
    value: Code
    note: Line = ""


class Address(Value):
    """A postal address in the municipality."""

    street: Code = ""
    number: Code = ""
    complement: Code = ""
    neighbourhood: Code = ""
    postal_code: Code = ""


#: An address; one that says nothing is none.
StatedAddress = Annotated[Address | None, AfterValidator(lambda value: None if value == Address() else value)]


class Coordinates(Value):
    """A point, WGS 84."""

    latitude: Degrees = Field(ge=-90, le=90)
    longitude: Degrees = Field(ge=-180, le=180)


class Standard(Value):
    """A quality commitment in force, and where it was written."""

    text: Rich
    origin: Literal["service", "secretariat", "city"]


class Standards(Value):
    """The commitments that a service takes from itself, else its body, else the city.

    Lei 13.460 art. 7 §2 VI and §3 I-V; Decreto 9.094 art. 11 for the last four.
    """

    manifestation: Standard | None = Field(default=None, description="Where and how to complain (art. 7 §2 VI)")
    priority: Standard | None = Field(default=None, description="Who is attended first (art. 7 §3 I)")
    waiting: Standard | None = Field(default=None, description="Expected waiting time (art. 7 §3 II)")
    communication: Standard | None = Field(
        default=None, description="How the body talks with the person (art. 7 §3 III)"
    )
    manifestation_handling: Standard | None = Field(
        default=None, description="How complaints are received and answered (art. 7 §3 IV)"
    )
    status_lookup: Standard | None = Field(default=None, description="How to follow a request (art. 7 §3 V)")
    treatment: Standard | None = Field(default=None, description="Treatment one may expect (Decreto 9.094 art. 11)")
    accessibility: Standard | None = Field(
        default=None, description="Accessibility of the places (Decreto 9.094 art. 11)"
    )
    cleanliness: Standard | None = Field(default=None, description="Cleanliness and comfort (Decreto 9.094 art. 11)")
    system_down: Standard | None = Field(
        default=None, description="What happens when the system is down (Decreto 9.094 art. 11)"
    )

    @field_validator("*")
    @classmethod
    def _only_with_text(cls, value: Standard | None) -> Standard | None:
        return value if value and value.text else None


class Entry(BaseModel):
    """What every record has. ``kind`` says which of the union it is."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    id: str = Field(pattern=r"^[a-z2-7]{10}$", description="First ten base32 characters of the key")
    key: uuid.UUID = Field(description="The same in every language, kept by renames and moves")
    locale: str = Field(default="pt-BR", description="BCP 47")
    source: Code = Field(default="", description="Where it was imported from; empty if written here")
    source_id: Code = Field(default="", description="Its id there")
    title: Line = Field(default="", max_length=255)
    slug: Annotated[str, AfterValidator(_as_line), TRANSLATABLE] = Field(default="", max_length=255)
    url: Annotated[str, TRANSLATABLE] = Field(default="", description="Path of its page on this site")


class Pageless(Entry):
    """A record without a page of its own, and so without a slug."""

    @field_validator("slug")
    @classmethod
    def _no_slug(cls, value: str) -> str:
        return ""
