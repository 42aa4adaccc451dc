"""What people think of each service, published as records in the log: read from the sums of whole days."""

from collections.abc import Iterator
from datetime import datetime

from feedback.summing import sum_up
from feedback.sums import since, wholes
from services.derived import Outcome, publish_derived
from services.languages import source_locale, wire_tag
from services.models.published import PublishedRecord
from services.record import Rating as Summary
from services.record import from_json


def wanted(at: datetime) -> Iterator[Summary]:
    """The summary of each public service with enough ratings of the months before a moment's: two queries."""
    enough = {subject: counts for subject, counts in wholes(first=since(at)).items() if subject and counts.enough}
    rows = PublishedRecord.objects.public().filter(kind="service", locale=source_locale(), entry_id__in=enough)
    for body in rows.order_by("entry_id").values_list("body", flat=True):
        service = from_json(body)
        counts = enough[service.id]
        found = counts.figures
        if found is None or counts.first is None or counts.last is None:
            continue
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
            distribution=list(counts.stars),
            managed=round(counts.resolved.share, 2) if counts.resolved else None,
            set_aside=round(counts.set_aside, 2),
            starts=counts.first,
            ends=counts.last,
        )


def publish_summaries(at: datetime) -> Outcome:
    """Sum up what came and publish what people think. Whole days alone: a second time on a day nothing changes."""
    sum_up(at)
    return publish_derived("rating", wanted(at), at=at)
