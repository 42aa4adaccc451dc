"""What people look for, as published: counts of one query, and of nobody who asked it."""

from typing import Literal

from pydantic import Field

from services.record.values import Pageless


class Demand(Pageless):
    """A query that many asked, over the days that were counted; its title is the query in its normal form.

    Derived: counted by the installation that publishes it, never written by an editor nor imported.
    """

    kind: Literal["demand"]
    searches: int = Field(ge=0, description="How often it was asked")
    without_result: int = Field(default=0, ge=0, description="Of these, how often nothing was found")
    reformulated: int = Field(default=0, ge=0, description="How often other words were tried straight after it")
    observed: int = Field(
        default=0, ge=0, description="How often it is known whether a result was opened; of all others it is not"
    )
    without_click: int = Field(default=0, ge=0, description="Of the observed, how often no result was opened")
