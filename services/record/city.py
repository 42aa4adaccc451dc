"""The city as published: its calendar, its default commitments, where to complain."""

from datetime import date
from typing import Literal

from pydantic import Field

from services.record.values import Code, Contact, Line, Pageless, Refs, Standards, Text, Value


class Holiday(Value):
    """A day on which the city does not work: by law, or by decree (ponto facultativo)."""

    date: date
    name: Line
    type: Literal["holiday", "optional"] = "holiday"
    districts: Refs = Field(default=[], description="Empty means the whole municipality")


class ElectionPeriod(Value):
    """Days on which a city may not advertise itself (Lei 9.504/1997 art. 73, VI, b). Services go on."""

    starts: date
    ends: date = Field(description="The last day")
    message: Text = Field(default="", description="What the city says of it")


class City(Pageless):
    """One installation is one city; its title is the city's name."""

    kind: Literal["city"]
    state: Code = Field(default="", description="Two letters (UF)")
    ibge_code: Code = ""
    timezone: Code = "America/Bahia"
    contacts: list[Contact] = Field(default=[], description="The city's own: switchboard, site, ombudsman first")
    calendar: list[Holiday] = []
    standards: Standards = Standards()
    election_period: ElectionPeriod | None = Field(
        default=None,
        description="While it lasts, by the city's clock: no brand, no slogan, no alert of the level promotion",
    )
