"""Questions about the sums. Each is one query."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Min, QuerySet, Sum
from django.utils import timezone

from feedback.counts import MANAGED, MANAGED_OF_WHOLE, Counts
from feedback.models import RatingSum
from feedback.tallying import COUNTED

#: Of how many whole months, with the present one up to yesterday, figures are told: a service gets better.
MONTHS = 12

#: By split (``RatingSum.Split``, and ``month``, an ISO date), of each part.
Parts = dict[str, dict[str, Counts]]

_SUMMED = (
    {f"sum_{name}": Sum(name) for name in COUNTED}
    | {"starts": Min("first_day"), "ends": Max("last_day")}
    | {"bits": Max("kept_back")}
)


def since(at: datetime) -> date:
    """The first day of which figures are told at a moment."""
    today = timezone.localdate(at)
    return today.replace(year=today.year - MONTHS // 12, day=1)


def of_services(*subjects: str, first: date) -> dict[str, dict[str, Counts]]:
    """Of each body, all or those named, what was said of its services; blank: of the services that have no body."""
    found: dict[str, dict[str, Counts]] = defaultdict(dict)
    rows = RatingSum.objects.filter(split="service", month__gte=first)
    if subjects:
        rows = rows.filter(subject__in=subjects)
    for (subject, part), counts in _grouped(rows, "subject", "part").items():
        found[subject][part] = counts
    return found


def wholes(*, first: date) -> dict[str, Counts]:
    """Of each subject: all that was said of it."""
    rows = RatingSum.objects.filter(split="", month__gte=first)
    read = _grouped(rows, "subject").items()
    return {subject: replace(counts, kept_back=_of_whole(counts)) for (subject,), counts in read}


def _of_whole(counts: Counts) -> int:
    """Of the bits of a whole's months, or the greatest of them, those of the whole."""
    return MANAGED if counts.kept_back & MANAGED_OF_WHOLE else 0


def in_parts(*subjects: str, first: date) -> dict[str, Parts]:
    """Of each subject, all or those named, what was said of each of its parts, but not of its services."""
    rows = RatingSum.objects.filter(month__gte=first).exclude(split="service")
    if subjects:
        rows = rows.filter(subject__in=subjects)
    found: dict[str, Parts] = defaultdict(lambda: defaultdict(dict))
    # Of the parts no month is told, and of the whole each.
    for (subject, split, part), counts in _grouped(rows.exclude(split=""), "subject", "split", "part").items():
        found[subject][split][part] = counts
    for (subject, month), counts in _grouped(rows.filter(split=""), "subject", "month").items():
        found[subject]["month"][month.isoformat()] = counts
        earlier = found[subject][""].get("", Counts())
        found[subject][""][""] = replace(earlier + counts, kept_back=earlier.kept_back | _of_whole(counts))
    return found


def _grouped(rows: QuerySet[RatingSum], *by: str) -> dict[tuple[Any, ...], Counts]:
    names = [f"sum_{name}" for name in COUNTED]
    read = rows.order_by().values_list(*by).annotate(**_SUMMED).values_list(*by, *names, "starts", "ends", "bits")
    return {row[: len(by)]: Counts(row[len(by) : -3], *row[-3:]) for row in read}
