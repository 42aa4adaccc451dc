"""A new report: a draft with all that the law wants in it, and the figures counted once."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.models import YearlyReportPage
from feedback.participation.new_drafts import new_draft
from feedback.yearly.law import ITEMS, OMBUDSMAN
from feedback.yearly_report import figures_of_year
from services.publishing import publishing

#: The law is of 2017.
FIRST_YEAR = 2018


class AlreadyThere(ValueError):
    """A year has one report of a kind; ``report`` is it."""

    def __init__(self, report: YearlyReportPage) -> None:
        self.report = report
        super().__init__(report.title)


def years(at: datetime) -> list[int]:
    """Those that are over, the last one first, and at most ten."""
    last = timezone.localdate(at).year - 1
    return list(range(last, max(last - 10, FIRST_YEAR - 1), -1))


def draft_report(kind: str, year: int, *, user: Any, at: datetime) -> YearlyReportPage:
    """Count a year and make a draft of it below the first page. Raises ``AlreadyThere``."""
    figures = figures_of_year(year, at=at).as_json()
    with publishing():
        found = YearlyReportPage.objects.filter(kind=kind, year=year, alias_of=None).order_by("pk").first()
        if found is not None:
            raise AlreadyThere(found)
        title = (
            _("Relatório de gestão da Ouvidoria de %d") if kind == OMBUDSMAN else _("Avaliação dos serviços de %d")
        ) % year
        return new_draft(
            YearlyReportPage(title=title, kind=kind, year=year, figures=figures, body=_body(kind)), user=user
        )


def _body(kind: str) -> list[tuple[str, Any]]:
    return [
        ("figures", item.key) if item.figures else ("required", {"item": item.key, "text": ""}) for item in ITEMS[kind]
    ]
