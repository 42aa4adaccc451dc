"""A form to fill in, as published, in all its versions."""

from datetime import date
from typing import Literal

from pydantic import Field

from services.record.values import (
    Code,
    Entry,
    Incomplete,
    Line,
    Lines,
    Ref,
    Refs,
    Text,
    Url,
    Value,
)


class FormVersion(Value):
    """A version of the form, in force from a day until the next version's."""

    label: Line = ""
    valid_from: date
    url: Url = Field(default="", description="Where the file is; a path of this site or an address")
    note: Text = ""


class Form(Entry):
    """A form template (formulário, modelo de requerimento)."""

    kind: Literal["form"]
    secretariat: Ref | None = None
    code: Code = Field(default="", description="The form's number at the body")
    popular_names: Lines = []
    summary: Text = ""
    instructions: Text = ""
    versions: list[FormVersion] = Field(default=[], description="Newest first")
    topics: Refs = []
    published_incomplete: Incomplete = False
