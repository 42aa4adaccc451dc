"""A journey across services as published: opening a business, having a child (Lei 14.129)."""

from typing import Literal

from pydantic import Field

from services.record.values import (
    Entry,
    Incomplete,
    Line,
    Lines,
    OrderedRefs,
    Ref,
    Refs,
    Rich,
    Text,
    Value,
)


class ProcedureStep(Value):
    """One step of the journey, with the services that take it."""

    title: Line = ""
    description: Rich = ""
    services: OrderedRefs = []
    optional: bool = False


class Procedure(Entry):
    """Ordered steps through services of one or more bodies."""

    kind: Literal["procedure"]
    secretariat: Ref | None = Field(default=None, description="The body that keeps it, if one does")
    popular_names: Lines = []
    keywords: Lines = []
    summary: Text = ""
    description: Rich = ""
    steps: list[ProcedureStep] = []
    audiences: Refs = []
    topics: Refs = []
    life_events: Refs = []
    published_incomplete: Incomplete = False
