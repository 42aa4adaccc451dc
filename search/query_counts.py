"""All that is kept of searches: a count a day for each query."""

from collections.abc import Mapping
from dataclasses import astuple
from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Greatest, TruncWeek
from django.utils.translation import gettext_lazy as _

from search.counting import COUNTED, LONGEST_QUERY, Asked, Counts

#: Rows added in one statement.
_AT_ONCE = 500


class QueryCountQuerySet(models.QuerySet["QueryCount"]):
    """Questions about what was searched."""

    def add(self, waiting: Mapping[Asked, Counts]) -> None:
        """Add to what any process counted before."""
        # In one order, so that two who write at the same time wait for each other and never in a circle.
        rows = sorted(waiting.items(), key=lambda row: row[0])
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            values = [value for asked, counts in some for value in (*asked, *astuple(counts))]
            with connection.cursor() as cursor:
                cursor.execute(_add_sql(len(some)), values)

    def between(self, first: date, last: date) -> "QueryCountQuerySet":
        """Of these days, both included."""
        return self.filter(day__gte=first, day__lte=last)

    def times_asked(self) -> int:
        """All searches together."""
        return self.aggregate(Sum("searches"))["searches__sum"] or 0

    def by_query(self) -> Any:
        """A dictionary for each query in a language, with sums and the number of days on which it was asked."""
        return _summed(self.values("locale", "query").annotate(days=Count("pk", filter=Q(searches__gt=0))))

    def by_week(self, *fields: str) -> Any:
        """A dictionary for each week and value of these fields, with sums; a week is named by its Monday."""
        return _summed(self.annotate(week=TruncWeek("day")).values("week", *fields)).order_by("week")


class QueryCount(models.Model):
    """How often a query was asked on a day in a language. Nothing else is kept of a search."""

    day = models.DateField(_("dia"))
    locale = models.CharField(_("língua"), max_length=12)
    query = models.CharField(_("consulta"), max_length=LONGEST_QUERY)
    searches = models.PositiveIntegerField(_("buscas"), default=0)
    without_result = models.PositiveIntegerField(_("sem resultado"), default=0)
    reformulated = models.PositiveIntegerField(_("refeitas"), default=0)
    observed = models.PositiveIntegerField(_("observadas"), default=0)
    clicked = models.PositiveIntegerField(_("com clique"), default=0)

    objects = QueryCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("o que as pessoas procuram")
        verbose_name_plural = _("o que as pessoas procuram")
        constraints = [models.UniqueConstraint(fields=["day", "locale", "query"], name="conecta_one_count_per_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.locale} {self.query}"


def _summed(rows: Any) -> Any:
    # The names of the fields themselves are taken.
    sums: dict[str, Any] = {f"{name}_sum": Sum(name) for name in COUNTED}
    unopened = Greatest(F("observed_sum") - F("clicked_sum"), 0)
    return rows.annotate(**sums).annotate(without_click_sum=unopened)


def _add_sql(rows: int) -> str:
    # The ORM's upsert can only replace, and two processes that add would lose counts.
    table, columns = QueryCount._meta.db_table, (*Asked._fields, *COUNTED)
    row = f"({', '.join(['%s'] * len(columns))})"
    sums = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in COUNTED)
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * rows)} "  # noqa: S608 - no input in it
        f"ON CONFLICT ({', '.join(Asked._fields)}) DO UPDATE SET {sums}"
    )
