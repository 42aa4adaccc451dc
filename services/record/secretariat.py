"""A body of the city as published: secretariat, autarchy, foundation (Lei 13.460 art. 3)."""

from datetime import date
from typing import Literal

from pydantic import Field

from services.record.values import Code, Contact, Entry, Line, Lines, Ref, Refs, Rich, Standards, StatedAddress, Text


class Secretariat(Entry):
    """A body that gives services. Bodies are renamed and merged often: hence validity and predecessors."""

    kind: Literal["secretariat"]
    acronym: Code = ""
    other_names: Lines = Field(default=[], description="Other spellings and former names")
    superior: Ref | None = Field(default=None, description="The body above it; the mayor's office if absent")
    head: Line = Field(default="", description="Office that heads it, with the holder's name if the city publishes it")
    summary: Text = ""
    mandate: Rich = Field(default="", description="What it is responsible for")
    contacts: list[Contact] = []
    address: StatedAddress = None
    hours_text: Line = ""
    valid_from: date | None = None
    valid_until: date | None = None
    predecessors: Refs = []
    standards: Standards = Standards()
