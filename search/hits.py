"""Results as a page shows them: with the words of the query marked, and what holds at the moment said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from search.display import Display
from search.extract import extract
from search.kinds import KIND_LABELS
from search.marking import Part, Words, marked, words_of
from search.plan import Plan
from services import wording
from services.record import City
from services.timing import timezone_of


@dataclass(frozen=True, slots=True)
class Hit:
    """A result. ``warning`` if its status keeps people from the service."""

    id: str
    url: str
    kind: str | Promise
    title: Sequence[Part]
    extract: Sequence[Part]
    answer: Sequence[str]
    status: str
    warning: bool


def hits_of(found: Iterable[Display], plan: Plan, city: City | None, *, at: datetime) -> list[Hit]:
    """What a plan found, as it is at a moment, in the city's time."""
    words = words_of(plan)
    return [_hit(each, words, city, at) for each in found]


def _hit(display: Display, words: Words, city: City | None, at: datetime) -> Hit:
    status = display.status(at)
    return Hit(
        id=display.id,
        url=display.url,
        kind=KIND_LABELS[display.kind],
        title=marked(display.title, words),
        extract=extract(display, words),
        answer=display.answer,
        status=wording.status_in_brief(status, timezone_of(city)) if status else "",
        warning=status is not None and status.name != "normal",
    )
