"""What visits say of how much a service is wanted, beside what people search for."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Sum
from django.utils import timezone

from services.models.visit_count import PRESS, READS, VisitCount

#: Days that count, as with searches.
WINDOW = timedelta(days=91)
#: Who searches says what she wants; who reads a page may have come by any link: ten visits tell as much as one search.
VISITS_A_SEARCH = 10
#: Fewer might tell of one person.
LEAST = 10
MONTHS_KEPT = 13


@dataclass(frozen=True)
class Wanted:
    """How often an entry was read, and its digital link pressed."""

    reads: int = 0
    presses: int = 0

    @property
    def as_searches(self) -> int:
        """As many searches as tell the same; none where so few came that they might be one person."""
        return self.presses + self.reads // VISITS_A_SEARCH if self.reads + self.presses >= LEAST else 0


def wanted(at: datetime) -> dict[str, Wanted]:
    """Of each entry, by its id, in the days before a moment: one query."""
    last = timezone.localdate(at)
    rows = VisitCount.objects.between(last - WINDOW, last).filter(channel__in=(*READS, PRESS))
    sums: dict[str, dict[bool, int]] = defaultdict(lambda: {True: 0, False: 0})
    for entry_id, channel, total in rows.values_list("entry_id", "channel").annotate(total=Sum("visits")).order_by():
        sums[entry_id][channel == PRESS] += total
    return {entry_id: Wanted(reads=found[False], presses=found[True]) for entry_id, found in sums.items()}


def drop_old(at: datetime) -> int:
    """Drop what was counted more than ``MONTHS_KEPT`` months before a moment; how many rows."""
    day = timezone.localdate(at)
    year, month = divmod(day.year * 12 + day.month - 1 - MONTHS_KEPT, 12)
    dropped, _by_model = VisitCount.objects.filter(day__lt=day.replace(year=year, month=month + 1, day=1)).delete()
    return dropped
