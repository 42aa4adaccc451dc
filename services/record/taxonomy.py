"""What entries are filed under: topic, audience, life event, district; and shared questions."""

from typing import Literal

from pydantic import Field

from services.record.service import QuestionAnswer
from services.record.values import Code, Coordinates, Entry, Lines, Ref, Stated, Text


class Topic(Entry):
    """A theme (tema; v3 ``areas-de-interesse``)."""

    kind: Literal["topic"]
    summary: Text = ""
    keywords: Lines = []
    icon: Code = Field(default="", description="Name of a symbol of the portal's set")
    order: int = 0


class Audience(Entry):
    """A public (público; v3 ``segmentos-da-sociedade``)."""

    kind: Literal["audience"]
    summary: Text = ""
    order: int = 0


class LifeEvent(Entry):
    """A moment of life (momento da vida)."""

    kind: Literal["life_event"]
    summary: Text = ""
    keywords: Lines = []
    icon: Code = ""
    order: int = 0


class District(Entry):
    """A part of the municipality: the seat, a district, a village (povoado) of a district."""

    kind: Literal["district"]
    type: Literal["seat", "district", "village"] = "district"
    parent: Ref | None = Field(default=None, description="The district that a village belongs to")
    summary: Text = ""
    coordinates: Coordinates | None = None


class Question(Entry):
    """A question whose answer decides which cases of a service apply; shared by services."""

    kind: Literal["question"]
    help: Text = ""
    answers: Stated[QuestionAnswer] = []
