"""Visits as they happen, for all who give a record out: no address, no cookie and no moment is noted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest

from services.kept_pages import Counted
from services.models.visit_count import VisitCount, Visited
from services.people import is_a_persons, is_person, is_robot
from services.tally import WRITE_EVERY_SECONDS, Tally

#: Records, languages and ways that may wait while the database takes nothing.
MOST_WAITING = 50_000

tally: Tally[Visited, int] = Tally(VisitCount.objects.add, seconds=WRITE_EVERY_SECONDS, most=MOST_WAITING)


def note_visit(request: HttpRequest, *, kind: str, entry_id: str, locale: str, channel: str, day: date) -> None:
    """A record was given out (``services.models.visit_count.CHANNELS``). Robots are left out, and HEAD.

    By the API programs ask for people, so of programs only those are left out that ask for nobody.
    """
    if request.method == "GET":
        count_visit(request.META, Counted(kind, entry_id, locale, channel), day=day)


def count_visit(environ: Mapping[str, Any], visit: Counted, *, day: date) -> None:
    """The same, of a GET by its environment."""
    agent = environ.get("HTTP_USER_AGENT", "")
    counts = not is_robot(agent) if visit.channel == "api" else is_a_persons(environ)
    if counts:
        tally.add(Visited(day, visit.kind, visit.entry_id, visit.locale, visit.channel), 1)


def note_reads(request: HttpRequest, reads: Mapping[Visited, int]) -> None:
    """Records were read from copies, as a person's phone tells once it has a network."""
    if is_person(request):
        for visited, times in reads.items():
            tally.add(visited, times)
