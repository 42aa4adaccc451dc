"""What people said in their own words, as the ombudsman lets it be seen, and what changed because of it (art. 23 V)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from feedback.improvements import improvements_of
from feedback.models import Rating
from feedback.panel.names import Named

#: The newest.
MOST = 10


@dataclass(frozen=True)
class Voice:
    """A comment that may be read by all. When it was said, to the month: no day points at a person."""

    text: str
    stars: int
    month: date


@dataclass(frozen=True)
class Change:
    """What the city made different."""

    sentence: str
    day: date


def voices(service_id: str) -> list[Voice]:
    """Of a service: one query."""
    rows = Rating.objects.filter(service_id=service_id, care__public=True, set_aside=False).exclude(comment="")
    return [
        Voice(comment, stars, _day(received_at).replace(day=1))
        for comment, stars, received_at in rows.order_by("-received_at", "-pk").values_list(
            "comment", "stars", "received_at"
        )[:MOST]
    ]


def changes(entry: Named) -> list[Change]:
    """Of a service or a body: one query."""
    rows = improvements_of(entry).values_list("sentence", "at")[:MOST]
    return [Change(sentence, _day(at)) for sentence, at in rows]


def _day(at: datetime) -> date:
    return timezone.localdate(at)
