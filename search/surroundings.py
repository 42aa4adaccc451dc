"""What a document takes from other records, of which its own embeds no more than a reference. Pure."""

from dataclasses import dataclass

from services.record import Unit


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Of a service: the units that it names, as published, and how it is rated."""

    units: tuple[Unit, ...] = ()
    #: Mean of its stars, 1 to 5. ``search.gathering`` will read it from the log's rating summary, whose id is the
    #: service's: once that kind of record is there, it is gathered with the units, and its change concerns its service.
    rating: float | None = None


NOTHING = Surroundings()
