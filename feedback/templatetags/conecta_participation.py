"""What the templates of participation need."""

from typing import Any

from django import template

from feedback.council.blocks import ABOUT
from feedback.models import ConsultationAnswer, YearlyReportPage
from feedback.statistics import LEAST
from feedback.yearly import composing, sections
from feedback.yearly.cells import table
from services.keys import DatabaseKeys
from services.rich_text import plain

register = template.Library()


@register.filter
def parts(report: YearlyReportPage) -> list[composing.Part]:
    """The parts of a report."""
    return composing.parts(report)


@register.filter
def opening(report: YearlyReportPage) -> str:
    """When its figures were counted."""
    return sections.opening(report.figures) if report.figures else ""


@register.filter
def sent(report: YearlyReportPage) -> str:
    """To whom it went."""
    return composing.sent(report)


@register.filter
def first_and_rest(row: list[Any]) -> tuple[Any, list[Any]]:
    """What a row is called, and its cells."""
    return row[0], row[1:]


@register.filter
def clean_rich(html: str) -> str:
    """Wagtail's rich text as clean HTML with the portal's own addresses, for ``rich``."""
    return DatabaseKeys().from_wagtail(html or "")


@register.filter
def has_words(html: str) -> bool:
    """Whether a rich text says anything."""
    return bool(plain(html or "").strip())


@register.filter
def about_word(key: str) -> str:
    """What an opinion is about."""
    return str(dict(ABOUT).get(key, ""))


@register.filter
def option_rows(counts: dict[str, int]) -> list[tuple[str, str]]:
    """How many chose each answer, from the least number on."""
    if sum(counts.values()) < LEAST:
        return []
    labels = dict(ConsultationAnswer.Option.choices)
    return [(str(labels[key]), sections.cell(cell)) for key, cell in table(counts).items()]


@register.filter
def of_key(counts: dict[str, int], key: str) -> int:
    """What is counted under a key."""
    return counts.get(key, 0)
