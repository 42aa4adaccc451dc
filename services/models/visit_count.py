"""All that is kept of visits: a count a day for each record, language and way."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, models
from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

#: Rows added in one statement.
_AT_ONCE = 500

#: Ways by which a record is read, and the press of its digital link.
CHANNELS = {
    "page": _("Página do site"),
    "api": _("Aplicativos e outros sites"),
    "widget": _("Quadro em outros sites"),
    "offline": _("Guardado no celular"),
    "link": _("Endereço curto ou código impresso"),
    "press": _("Foi ao serviço digital"),
}
#: Somebody read the record. A short link leads to its page, which counts by itself.
READS = ("page", "api", "widget", "offline")
PRESS = "press"


class Visited(NamedTuple):
    """What is counted together."""

    day: date
    kind: str
    entry_id: str
    locale: str
    channel: str


class VisitCountQuerySet(models.QuerySet["VisitCount"]):
    """Questions about what was read."""

    def add(self, waiting: Mapping[Visited, int]) -> None:
        """Add to what any process counted before."""
        # In one order, so that two who write at the same time wait for each other and never in a circle.
        rows = sorted(waiting.items())
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            values = [value for visited, visits in some for value in (*visited, visits)]
            with connection.cursor() as cursor:
                cursor.execute(_add_sql(len(some)), values)

    def between(self, first: date, last: date) -> "VisitCountQuerySet":
        """Of these days, both included."""
        return self.filter(day__gte=first, day__lte=last)

    def reads(self) -> "VisitCountQuerySet":
        """Without presses of links, and without the short links that lead to what was read."""
        return self.filter(channel__in=READS)

    def by_month(self) -> Any:
        """A dictionary for each entry and month, with the sum of its visits."""
        months = self.annotate(month=TruncMonth("day")).values("entry_id", "month")
        return months.annotate(total=Sum("visits")).order_by("entry_id", "month")


class VisitCount(models.Model):
    """How often a record was read in a language by one way on one day of the city's."""

    day = models.DateField(_("dia"))
    kind = models.CharField(_("tipo"), max_length=16)
    entry_id = models.CharField(_("código"), max_length=10)
    locale = models.CharField(_("língua"), max_length=12)
    channel = models.CharField(_("por onde"), max_length=8, choices=list(CHANNELS.items()))
    visits = models.PositiveIntegerField(_("vezes"), default=0)

    objects = VisitCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("visitas")
        verbose_name_plural = _("visitas")
        constraints = [models.UniqueConstraint(fields=Visited._fields, name="conecta_one_visit_count_per_day")]
        indexes = [models.Index(fields=["entry_id", "day"], name="conecta_visits_of_entry")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.entry_id} {self.locale} {self.channel}: {self.visits}"


def _add_sql(rows: int) -> str:
    # The ORM's upsert can only replace, and two processes that add would lose counts.
    table, columns = VisitCount._meta.db_table, (*Visited._fields, "visits")
    row = f"({', '.join(['%s'] * len(columns))})"
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * rows)} "  # noqa: S608 - no input in it
        f"ON CONFLICT ({', '.join(Visited._fields)}) DO UPDATE SET visits = {table}.visits + excluded.visits"
    )
