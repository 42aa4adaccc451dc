"""Envelope and input of the API's search."""

from typing import Literal

from ninja import Schema
from pydantic import Field

from search.searching import MAX_SIZE
from services.languages import spoken
from services.schemas import DEFAULT_SIZE, MAX_PAGE, Absent, Word

#: What can be found; as ``search.document.KINDS``, spelt out for the description of the API.
FindableKind = Literal["service", "procedure", "information", "secretariat", "unit", "form", "topic", "life_event"]


class SearchQuery(Schema):
    """Parameters of a search."""

    q: str = Field(default="", description="Whatever a person types; nothing lists by title")
    page: int = Field(default=1, ge=1, le=MAX_PAGE, description="Counts from 1")
    size: int = Field(default=DEFAULT_SIZE, ge=1, le=MAX_SIZE, description="How many on a page")
    kind: FindableKind | Absent = Field(default=None, description="Only records of this kind")
    topic: Word | Absent = Field(default=None, description="Id or slug of a topic")
    secretariat: Word | Absent = Field(default=None, description="Id or slug of the body")
    district: Word | Absent = Field(default=None, description="Id or slug of a district")
    lang: str | Absent = Field(
        default=None,
        max_length=35,
        description="BCP 47: records in this language; the source language unless said",
        json_schema_extra={"enum": [*spoken()]},
    )


class SearchResult(Schema):
    """What a result shows; the record is under its kind and id."""

    id: str
    source_id: str
    kind: FindableKind
    title: str
    summary: str
    url: str


class SearchResults(Schema):
    """A page of results, best first."""

    total: int = Field(ge=0, description="How many there are on all pages")
    next: str | None = Field(description="Address of the next page")
    query: str
    corrected: str = Field(description="The query as understood, where words were respelt; else empty")
    results: list[SearchResult]
