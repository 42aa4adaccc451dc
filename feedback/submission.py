"""The one way in for a rating, whatever brings it: the portal, the API, a code at a counter.

Nothing is refused for coming too often: a burst from one place is kept, marked, and not counted.
"""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from feedback.channels import CHANNELS
from feedback.elapsed import MINUTES, promised_minutes
from feedback.elapsed import MOST as MOST_TIME
from feedback.models import LONGEST_COMMENT, Rating, RatingLinkBatch
from feedback.reasons import MOST, offered
from services.languages import source_locale
from services.models.published import PublishedRecord
from services.passing_names import DAY, count_of
from services.record import Service, from_json

#: Ratings of one service, and of all, that one place may give in a day and be counted: a family, a queue.
MOST_OF_ONE = 5
MOST_OF_ALL = 40


class NotRated(ValueError):
    """What was sent is no rating; the text says why, for whoever sent it."""


@dataclass(frozen=True)
class Given:
    """What a person said. ``token`` is the same when the same rating is sent again."""

    token: uuid.UUID
    service_id: str
    stars: int
    reasons: list[str] = field(default_factory=list)
    comment: str = ""
    managed: str = ""
    channel: str = ""
    took_minutes: int | None = None
    unit_id: str = ""
    version: str = ""
    locale: str = ""
    source: str = Rating.Source.PORTAL
    #: The batch of the private link that brought it.
    batch: int | None = None


def submit(given: Given, *, at: datetime, place: str = "", by_program: bool = False) -> Rating:
    """Keep a rating; one that was kept already stays as it was, and says so (``was_there``).

    ``place`` is a passing name of where it came from, ``""`` for a system of the city. Raises ``NotRated``.
    """
    kept = kept_under(given.token)
    if kept is not None:
        return kept
    service = _service(given.service_id)
    _check(given)
    rating = Rating(
        token=given.token,
        service_id=service.id,
        body_id=service.secretariat.id if service.secretariat else "",
        version=given.version[:32],
        locale=given.locale or source_locale(),
        **_said(given),
        source=given.source,
        received_at=at,
        promised_minutes=promised_minutes(service.time),
        set_aside=by_program or _is_burst(place, service.id),
    )
    try:
        with transaction.atomic():
            rating.save()
            if given.batch is not None:
                RatingLinkBatch.objects.filter(pk=given.batch).update(used=F("used") + 1)
    except IntegrityError:
        # The second tap was answered by another thread.
        kept = kept_under(given.token)
        if kept is None:
            raise
        return kept
    return rating


def kept_under(token: uuid.UUID) -> Rating | None:
    """The rating that was kept when this was first sent."""
    kept = Rating.objects.filter(token=token).first()
    if kept is not None:
        kept.was_there = True
    return kept


def says_the_same(kept: Rating, given: Given) -> bool:
    """Whether what was sent under the token of a kept rating is that rating."""
    return kept.service_id == given.service_id and all(
        getattr(kept, name) == value for name, value in _said(given).items()
    )


def _said(given: Given) -> dict[str, Any]:
    """What a person said, as it is kept."""
    return {
        "stars": given.stars,
        "reasons": list(dict.fromkeys(given.reasons)),
        "comment": given.comment.strip(),
        "managed": given.managed,
        "channel": given.channel,
        "took_minutes": given.took_minutes,
        "unit_id": given.unit_id,
    }


def _service(record_id: str) -> Service:
    rows = PublishedRecord.objects.public().filter(kind="service", entry_id=record_id, locale=source_locale())
    body = rows.values_list("body", flat=True).first()
    record = from_json(body) if body else None
    if not isinstance(record, Service):
        raise NotRated("service")
    return record


def _check(given: Given) -> None:
    if given.stars not in range(1, 6):
        raise NotRated("stars")
    if len(set(given.reasons)) > MOST or not set(given.reasons) <= set(offered(given.stars)):
        raise NotRated("reasons")
    if len(given.comment) > LONGEST_COMMENT or "\x00" in given.comment:
        raise NotRated("comment")
    if given.managed and given.managed not in Rating.Managed.values:
        raise NotRated("managed")
    if given.channel and given.channel not in CHANNELS:
        raise NotRated("channel")
    if given.took_minutes is not None and not 0 <= given.took_minutes <= MOST_TIME * MINUTES["months"]:
        raise NotRated("took")
    if given.unit_id and not is_unit(given.unit_id):
        raise NotRated("unit_id")


def is_unit(record_id: str) -> bool:
    """Whether there is, or was, such a unit: a code hangs at a counter for longer than its page may be public."""
    # PostgreSQL takes no null character, not even to look for it.
    return "\0" not in record_id and PublishedRecord.objects.filter(kind="unit", entry_id=record_id).exists()


def _is_burst(place: str, service_id: str) -> bool:
    if not place:
        return False
    of_one = count_of(f"rating-{place}-{service_id}", seconds=DAY)
    return of_one > MOST_OF_ONE or count_of(f"rating-{place}", seconds=DAY) > MOST_OF_ALL
