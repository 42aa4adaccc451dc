"""A stored record is told in an answer that time changes: so time is in the answer's ETag."""

from collections.abc import Iterable
from datetime import datetime

from services.record import etag_of, from_json
from services.timing import changes_at

#: Fields whose dates decide what is told of a record at a moment. A record without them need not be read.
_DATED = ('"suspensions":', '"seasons":', '"starts":', '"valid_from":', '"valid_until":')


def etag_at(etag: str, bodies: Iterable[str], at: datetime) -> str:
    """The ETag of an answer made of stored records: another one after each moment at which a status changes."""
    dated = [from_json(body) for body in bodies if any(name in body for name in _DATED)]
    boundary = changes_at(dated, at)
    if not dated:
        return etag
    # After the last boundary too it is not what it was before it.
    return etag_of(f"{etag} {boundary.isoformat() if boundary else ''}")
