"""A stored record is told in an answer that time changes: so time is in the answer, and in its ETag."""

import json
from collections.abc import Iterable
from datetime import datetime

from services.record import Service, etag_of, from_json
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
    dates = {name: moment.isoformat().replace("+00:00", "Z") for name, moment in moments.items() if moment is not None}
    return {"name": now.name, "message": now.message, **dates}


def etag_at(etag: str, bodies: Iterable[str], at: datetime) -> str:
    """The ETag of an answer made of stored records: another one after each moment at which a status changes."""
    dated = [from_json(body) for body in bodies if any(name in body for name in _DATED)]
    boundary = changes_at(dated, at)
    if not dated:
        return etag
    # After the last boundary too it is not what it was before it.
    return etag_of(f"{etag} {boundary.isoformat() if boundary else ''}")
