"""When the first page is another: what it is made of beside the log, and the next moment that changes it."""

from datetime import datetime

from services.neighbours import readable
from services.record import from_json
from services.timing import changes_at

#: As a source of pages: which revision of it is public.
FIRST_PAGE = "first page"


def next_change(*, language: str, at: datetime) -> datetime | None:
    """The next moment at which an alert or an election period begins or ends: one query."""
    bodies = readable(language).filter(kind__in=("alert", "city")).values_list("body", flat=True)
    return changes_at([from_json(body) for body in bodies], at)
