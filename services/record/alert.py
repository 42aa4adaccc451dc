"""A dated notice to citizens, as published."""

from typing import Literal

from pydantic import Field

from services.record.values import Instant, Pageless, Refs, Rich


class Alert(Pageless):
    """A notice that holds between two moments, everywhere or in some districts."""

    kind: Literal["alert"]
    level: Literal["info", "warning", "emergency", "promotion"] = "info"
    message: Rich = ""
    starts: Instant
    ends: Instant | None = Field(default=None, description="Open-ended if absent")
    districts: Refs = Field(default=[], description="Empty means everywhere")
    services: Refs = []
