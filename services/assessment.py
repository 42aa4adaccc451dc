"""How an entry stands in its form: the score, each gap, and what is advised beside; for the panel that editors see."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from wagtail.models import Page

from services import completeness
from services.completeness import Gap, Score, rules_for
from services.form_advice import Advice, advice_on
from services.gate import draft_record, gaps_between
from services.models import Sourced


@dataclass(frozen=True)
class Assessment:
    """What is missing, what could be better, and how far it is."""

    score: Score
    gaps: list[Gap]
    advice: list[Advice]
    #: Whether what is public now was let through as it came from another base.
    published_incomplete: bool

    @property
    def required(self) -> list[Gap]:
        """What keeps the entry from going public."""
        return completeness.required(self.gaps)

    @property
    def advised(self) -> list[Gap]:
        """What it should say as well."""
        return [gap for gap in self.gaps if gap.rule.severity == "advised"]

    @property
    def headed_advice(self) -> list[tuple[str, list[Advice]]]:
        """Advice by its heading, in the order in which it came."""
        return [(heading, list(some)) for heading, some in groupby(self.advice, key=lambda one: str(one.heading))]


def is_assessed(model: Any) -> bool:
    """Whether there is more to say of a kind of entry than that it needs a title."""
    return issubclass(model, Sourced) and any(rule.kinds for rule in rules_for(model.kind))


def assess(entry: Any, *, parent: Page | None = None) -> Assessment:
    """Judge an entry as it stands, saved or not; ``parent`` is where a new page will be."""
    record = draft_record(entry, parent=parent)
    found = gaps_between(entry, record)
    return Assessment(
        score=completeness.score_of(entry.kind, found),
        gaps=found,
        advice=advice_on(entry, record),
        published_incomplete=bool(getattr(entry, "published_incomplete", False)),
    )
