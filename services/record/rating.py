"""How people rated a service, as published: figures of many, and nothing of one."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from services.record.values import Pageless


class Rating(Pageless):
    """The summary of a service's ratings (Lei 13.460 art. 23 I); its id and key are the service's, its title too.

    Derived: counted by the installation that publishes it, never written by an editor nor imported.
    """

    kind: Literal["rating"]
    count: int = Field(ge=1, description="Ratings that are counted")
    mean: float = Field(ge=1, le=5, description="Of the stars, 1 to 5, to two decimals")
    low: float = Field(ge=1, le=5, description="Lower end of the 95% interval of the mean")
    high: float = Field(ge=1, le=5, description="Its upper end")
    distribution: Annotated[list[int], Field(min_length=5, max_length=5)] = Field(
        description="How many gave one star, two, … five"
    )
    managed: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Share of those who said so that did what they came for; absent if too few",
    )
    set_aside: float = Field(
        default=0, ge=0, le=1, description="Share of all that came which was set aside as a burst from one place"
    )
    starts: date = Field(description="Day of the first rating that is counted")
    ends: date = Field(description="Day of the last one")
