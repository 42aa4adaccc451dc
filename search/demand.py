"""What many look for, published: as records in the log, from counts of whole days."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

from search.query_counts import QueryCount
from services.derived import Outcome, publish_derived
from services.languages import wire_tag
from services.record import Demand
from services.record.identity import id_of, key_for

#: Days that a record counts.
WINDOW = timedelta(days=91)
#: Fewer might tell of one person.
LEAST_SEARCHES = 10
LEAST_DAYS = 3
#: After this much of a new day every process has written what it counted of the day before.
SETTLED_AFTER = timedelta(hours=1)
MONTHS_KEPT = 13
# Never change: ids of everything ever published hang on it.
_SOURCE = "search"


def last_whole_day(at: datetime) -> date:
    """The last day, by the city's clock, of which all counts are written."""
    return timezone.localdate(at - SETTLED_AFTER) - timedelta(days=1)


def wanted(last: date) -> Iterator[Demand]:
    """What many looked for in the days that end with ``last``: one query."""
    asked = QueryCount.objects.between(last - WINDOW + timedelta(days=1), last).by_query()
    many = asked.filter(searches_sum__gte=LEAST_SEARCHES, days__gte=LEAST_DAYS)
    for row in many.order_by("locale", "query"):
        key = key_for(_SOURCE, "demand", row["query"])
        yield Demand(
            kind="demand",
            key=key,
            id=id_of(key),
            locale=wire_tag(row["locale"]),
            title=row["query"],
            searches=row["searches_sum"],
            without_result=row["without_result_sum"],
            reformulated=row["reformulated_sum"],
            observed=row["observed_sum"],
            without_click=row["without_click_sum"],
        )


def publish_demand(at: datetime) -> Outcome:
    """Publish what many looked for. Whole days alone are counted: a second time on a day nothing changes."""
    return publish_derived("demand", wanted(last_whole_day(at)), at=at)


def drop_old(at: datetime) -> int:
    """Drop what was counted more than ``MONTHS_KEPT`` months before a moment; how many rows."""
    dropped, _by_model = QueryCount.objects.filter(day__lt=_months_before(timezone.localdate(at), MONTHS_KEPT)).delete()
    return dropped


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    # The 31st of a month with thirty days is the first of the next.
    return date(year, month + 1, 1) + timedelta(days=day.day - 1)
