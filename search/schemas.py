"""Envelopes and inputs of the API's search."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from search.engines.base import Sort
from search.facets import FACETS, REMOTE, VISIT_DUE
from search.searching import MAX_SIZE
from services.languages import spoken
from services.schemas import DEFAULT_SIZE, MAX_PAGE, Absent, StatusNow, Word

#: What can be found; as ``search.document.KINDS``, spelt out for the description of the API.
FindableKind = Literal["service", "procedure", "information", "secretariat", "unit", "form", "topic", "life_event"]
FacetName = Literal["kind", "topic", "channel", "free", "district", "audience", "secretariat", "rating"]
ChannelName = Literal["online", "phone", "in_person"]
#: How many values of one filter may be asked for, and how many suggestions.
MOST_VALUES = 50
MOST_SUGGESTIONS = 20


def _any_of(what: str) -> str:
    return f"{what}; several: any of them"


Named = Annotated[list[Word], Field(default=[], max_length=MOST_VALUES)]


class LanguageQuery(Schema):
    """The parameter of all."""

    lang: str | Absent = Field(
        default=None,
        max_length=35,
        description="BCP 47: records in this language; the source language unless said",
        json_schema_extra={"enum": [*spoken()]},
    )


class SearchQuery(LanguageQuery):
    """Parameters of a search. Filters of several names narrow each other."""

    q: str = Field(default="", description="Whatever a person types; nothing lists by title")
    exact: bool = Field(default=False, description="Take no word for a misspelling of another")
    page: int = Field(default=1, ge=1, le=MAX_PAGE, description="Counts from 1")
    size: int = Field(default=DEFAULT_SIZE, ge=1, le=MAX_SIZE, description="How many on a page")
    sort: Sort = Field(default="relevance", description="Best first; by title; what was published last first")
    extract: bool = Field(default=False, description="Say of each result why it was found")
    facets: list[FacetName] = Field(
        default=[],
        max_length=len(FACETS),
        description="Count the results by these, each with the filters of all other names",
    )
    kind: list[FindableKind] = Field(default=[], max_length=MOST_VALUES, description=_any_of("Kind of record"))
    topic: Named = Field(description=_any_of("Id or slug of a topic"))
    audience: Named = Field(description=_any_of("Id or slug of an audience"))
    life_event: Named = Field(description=_any_of("Id or slug of a moment of life"))
    secretariat: Named = Field(description=_any_of("Id or slug of the body"))
    district: Named = Field(
        description=_any_of(
            f"Id or slug of a district: said to be served, with a unit there or a visit within {VISIT_DUE.days} days; "
            f"or {REMOTE}: done by phone or internet, wherever one lives"
        )
    )
    channel: list[ChannelName] = Field(
        default=[], max_length=MOST_VALUES, description=_any_of("How a service is asked for")
    )
    free: bool | Absent = Field(default=None, description="Whether it costs nothing, in any case")
    rating: Literal["3", "4"] | Absent = Field(default=None, description="Rated with so many stars or more")


class SuggestQuery(LanguageQuery):
    """Parameters of suggestions."""

    q: str = Field(default="", description="What was typed so far")
    limit: int = Field(default=8, ge=1, le=MOST_SUGGESTIONS, description="How many at most")


class ExtractPart(Schema):
    """A piece of an extract. The pieces follow one another without anything between them; they are plain text."""

    text: str
    found: bool = Field(default=False, description="A word of the query, as it is written there; left out if not")


class SearchResult(Schema):
    """What a result shows; the record is under its kind and id."""

    id: str
    source_id: str
    kind: FindableKind
    title: str
    summary: str
    url: str
    extract: list[ExtractPart] | Absent = Field(
        default=None, description="If asked for: the summary, and where those words stand that it does not have"
    )
    answer: list[str] = Field(
        description="In words: how a service is asked for, what it costs, how long it takes; where a unit is"
    )
    status: StatusNow | Absent = Field(
        default=None, description="Of services with suspensions or seasons, at the moment of the answer"
    )


class FacetValue(Schema):
    """A value of a facet."""

    value: str = Field(description="What the filter of the facet's name takes")
    label: str = Field(description="What it is called, in the language of the search")
    count: int = Field(ge=1, description="How many results have it")


class SearchResults(Schema):
    """A page of results, best first."""

    total: int = Field(ge=0, description="How many there are on all pages")
    next: str | None = Field(description="Address of the next page")
    query: str
    corrected: str = Field(description="The query as understood, where words were respelt; else empty")
    degraded: bool = Field(description="A spare index answers while the search server does not")
    results: list[SearchResult]
    facets: dict[FacetName, list[FacetValue]] = Field(description="Those that were asked for, most results first")


class SuggestedEntry(Schema):
    """An entry whose names go on from what was typed."""

    id: str
    kind: FindableKind
    label: str = Field(description="What its kind is called")
    title: str
    url: str
    name: str = Field(description="The popular name or acronym by which it was found; empty if its title was")


class Suggestions(Schema):
    """Suggestions, best first."""

    query: str
    results: list[SuggestedEntry]
