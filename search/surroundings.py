"""What a document takes from other records, of which its own embeds no more than a reference. Pure."""

from dataclasses import dataclass

from services.record import Unit


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Of a service: the units that it names, as published, and how it is rated."""

    units: tuple[Unit, ...] = ()
    #: Mean of its stars, 1 to 5, if enough people rated it.
    rating: float | None = None


NOTHING = Surroundings()
