"""Ratings, summed up and published: as records in the log, from raw rows of whole days."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min
from django.utils import timezone

from feedback.models import Rating
from feedback.statistics import LEAST, figures
from services.derived import Outcome, publish_derived
from services.languages import source_locale, wire_tag
from services.models.published import PublishedRecord
from services.record import Rating as Summary
from services.record import from_json

#: Days of which ratings are counted: a service gets better.
WINDOW = timedelta(days=365)


def wanted(at: datetime) -> Iterator[Summary]:
    """The summary of each public service with enough ratings of the days before a moment's: four queries."""
    today = timezone.localdate(at)
    first = timezone.make_aware(datetime.combine(today - WINDOW, datetime.min.time()))
    last = timezone.make_aware(datetime.combine(today, datetime.min.time()))
    every = Rating.objects.filter(received_at__gte=first, received_at__lt=last).order_by()
    counted = every.filter(set_aside=False)
    stars: dict[str, Counter[int]] = defaultdict(Counter)
    for service_id, star, number in counted.values_list("service_id", "stars").annotate(number=Count("pk")):
        stars[service_id][star] = number
    enough = {service_id for service_id, held in stars.items() if held.total() >= LEAST}
    came = {
        service_id: (number, starts, ends)
        for service_id, number, starts, ends in every.values_list("service_id").annotate(
            number=Count("pk"), starts=Min("received_at"), ends=Max("received_at")
        )
    }
    managed: dict[str, Counter[str]] = defaultdict(Counter)
    said = counted.exclude(managed="").values_list("service_id", "managed").annotate(number=Count("pk"))
    for service_id, answer, number in said:
        managed[service_id][answer] = number
    rows = PublishedRecord.objects.public().filter(kind="service", locale=source_locale(), entry_id__in=enough)
    for body in rows.order_by("entry_id").values_list("body", flat=True):
        service = from_json(body)
        held, (number, starts, ends) = stars[service.id], came[service.id]
        distribution = [held[star] for star in range(1, 6)]
        found = figures(distribution)
        if found is None:
            continue
        answers = managed[service.id]
        yield Summary(
            kind="rating",
            key=service.key,
            id=service.id,
            locale=wire_tag(source_locale()),
            title=service.title,
            count=found.count,
            mean=round(found.mean, 2),
            low=round(found.low, 2),
            high=round(found.high, 2),
            distribution=distribution,
            managed=round(answers["yes"] / answers.total(), 2) if answers.total() >= LEAST else None,
            set_aside=round(1 - found.count / number, 2),
            starts=timezone.localdate(starts),
            ends=timezone.localdate(ends),
        )


def publish_summaries(at: datetime) -> Outcome:
    """Publish what people think. Whole days alone are counted: a second time on a day nothing changes."""
    return publish_derived("rating", wanted(at), at=at)
