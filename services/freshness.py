"""A stored record is told in an answer that time changes: so time is in the answer, and in its ETag."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.record import Entry, Service, etag_of, from_json
from services.timing import Status, changes_at, status

#: Fields whose dates decide what is told of a record at a moment. A record without them need not be read.
_DATED = ('"suspensions":', '"seasons":', '"starts":', '"valid_from":', '"valid_until":')


#: Fields whose dates decide whether a service is given.
_GIVEN = ('"suspensions":', '"seasons":')


def told_at(body: str, at: datetime) -> str:
    """A record's JSON; that of a service with suspensions or seasons ends with its ``status`` at the moment.

    The record itself holds dates and no state: who keeps a copy reads the change log instead.
    """
    if not any(name in body for name in _GIVEN):
        return body
    record = from_json(body)
    if not isinstance(record, Service):
        return body
    return f'{body[:-1]},"status":{json.dumps(told(status(record, at)), ensure_ascii=False)}}}'


def told(now: Status) -> dict[str, str]:
    """A status as an answer tells it (``services.schemas.StatusNow``)."""
    moments = {"since": now.since, "until": now.until}
    return {
        "name": now.name,
        "message": now.message,
        **{name: wire_time(moment) for name, moment in moments.items() if moment is not None},
    }


def wire_time(moment: datetime) -> str:
    """A moment as records tell theirs."""
    return moment.isoformat().replace("+00:00", "Z")


@dataclass(frozen=True)
class Freshness:
    """Whether time changes an answer, and when it does so next (``None``: never, or not again)."""

    dated: bool = False
    until: datetime | None = None

    def etag(self, etag: str) -> str:
        """The ETag of an answer: another one after each moment at which what it tells changes."""
        if not self.dated:
            return etag
        # After the last boundary too it is not what it was before it.
        return etag_of(f"{etag} {self.until.isoformat() if self.until else ''}")


def freshness(bodies: Iterable[str], at: datetime, *beside: Entry) -> Freshness:
    """That of an answer made of stored records, and of what was read ``beside`` them to make it."""
    dated = [*beside, *(from_json(body) for body in bodies if any(name in body for name in _DATED))]
    return Freshness(dated=bool(dated), until=changes_at(dated, at))
