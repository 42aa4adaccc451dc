"""Government information as published: about a body, question and answer, programme, guidance."""

from typing import Literal

from pydantic import Field

from services.record.values import Entry, Incomplete, Lines, OrderedRefs, Ref, Refs, Rich, Text


class Information(Entry):
    """A page of information; of type ``question``, the title is the question and the body the answer."""

    kind: Literal["information"]
    type: Literal["about", "question", "programme", "guidance"] = "guidance"
    secretariat: Ref | None = None
    popular_names: Lines = []
    keywords: Lines = []
    summary: Text = ""
    body: Rich = ""
    services: OrderedRefs = Field(default=[], description="Services that it speaks of")
    topics: Refs = []
    audiences: Refs = []
    life_events: Refs = []
    published_incomplete: Incomplete = False
