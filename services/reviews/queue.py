"""The services that are to be looked at again, the riskiest first, each with its reasons: a handful of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name

from services.models import SecretariatPage
from services.reviews.reviewing import due_on, review_days
from services.reviews.risk import Watched, reasons


@dataclass
class Line:
    """A service in the queue."""

    pk: int
    record_id: str
    title: str
    body: str
    keeper: str
    due: date | None
    reviewed_on: date | None
    points: float
    reasons: Sequence[str]
    actions: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def day(self) -> str:
        """Until when, as people write days."""
        return f"{self.due:%d/%m/%Y}" if self.due else ""

    @property
    def why(self) -> str:
        """The reasons as one text."""
        return " ".join(self.reasons)


_COLUMNS = (
    "pk",
    "record_id",
    "title",
    "path",
    "popular_names",
    "acronym",
    "review_due",
    "reviewed_on",
    "first_published_at",
    "last_published_at",
)


def queue(services: Any, at: datetime) -> list[Line]:
    """The lines of those among ``services`` (a queryset of public pages) that need a look at a moment."""
    days = review_days()
    rows = list(services.order_by().annotate(keeper=Coalesce("responsible_id", "owner_id")).values(*_COLUMNS, "keeper"))
    watched = [
        Watched(
            pk=row["pk"],
            record_id=row["record_id"],
            names=f"{row['title']} {row['popular_names']} {row['acronym']}",
            due=due_on(row["review_due"], row["first_published_at"], days=days),
            reviewed_on=row["reviewed_on"],
            read_on=_read_on(row["reviewed_on"], row["last_published_at"]),
        )
        for row in rows
    ]
    found = reasons(watched, at)
    bodies = dict(SecretariatPage.objects.values_list("path", "title"))
    keepers = {row["keeper"] for row in rows if row["record_id"] in found}
    names = {user.pk: get_user_display_name(user) for user in get_user_model().objects.filter(pk__in=keepers)}
    lines = [
        Line(
            pk=service.pk,
            record_id=service.record_id,
            title=row["title"],
            body=bodies.get(row["path"][: -SecretariatPage.steplen], ""),
            keeper=names.get(row["keeper"], _("Ninguém")),
            due=service.due,
            reviewed_on=service.reviewed_on,
            points=sum(reason.points for reason in found[service.record_id]),
            reasons=[reason.text for reason in found[service.record_id]],
        )
        for service, row in zip(watched, rows, strict=True)
        if service.record_id in found
    ]
    return sorted(lines, key=lambda line: (-line.points, line.title))


def _read_on(reviewed: date | None, published: datetime | None) -> date | None:
    """The day on which somebody last confirmed it or published it."""
    days = [day for day in (reviewed, published and timezone.localdate(published)) if day]
    return max(days, default=None)
