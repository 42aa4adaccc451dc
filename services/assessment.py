"""How an entry stands in its form: the score, each gap, and what is advised beside; for the panel that editors see."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from services import completeness
from services.completeness import Gap, Score, rules_for
from services.dismissing.acts import dismissals_of
from services.form_advice import Advice, advice_on
from services.gate import draft_record, gaps_between
from services.models import Dismissal, Sourced

#: More under one heading would be read by nobody; the next ones come as these are mended.
MOST = 12


@dataclass(frozen=True)
class Dismissed:
    """Advice that somebody waved away, and why."""

    advice: Advice
    dismissal: Dismissal


@dataclass(frozen=True)
class Headed:
    """Advice of one sort: what is shown of it, and how much more there is."""

    heading: str
    shown: list[Advice]
    more: int


@dataclass(frozen=True)
class Assessment:
    """What is missing, what could be better, and how far it is."""

    score: Score
    gaps: list[Gap]
    #: What is open.
    advice: list[Advice]
    #: What was waved away and would be told again without that.
    dismissed: list[Dismissed]
    #: Of what and which it is, for addresses; no ``pk`` before it is saved.
    content_type: int
    pk: int | None
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
    def headed_advice(self) -> list[Headed]:
        """Advice by its heading, in the order in which it came."""
        grouped = [(heading, list(some)) for heading, some in groupby(self.advice, key=lambda one: str(one.heading))]
        return [Headed(heading, some[:MOST], len(some[MOST:])) for heading, some in grouped]

    @property
    def is_dismissable(self) -> bool:
        """Whether there is anything that could be waved away."""
        return any(one.id for one in self.advice)


def is_assessed(model: Any) -> bool:
    """Whether there is more to say of a kind of entry than that it needs a title."""
    return issubclass(model, Sourced) and any(rule.kinds for rule in rules_for(model.kind))


def assess(entry: Any, *, parent: Page | None = None) -> Assessment:
    """Judge an entry as it stands, saved or not; ``parent`` is where a new page will be."""
    record = draft_record(entry, parent=parent)
    found = gaps_between(entry, record)
    advice = advice_on(entry, record)
    kept = dismissals_of(entry) if entry.pk and any(one.id for one in advice) else {}
    return Assessment(
        score=completeness.score_of(entry.kind, found),
        gaps=found,
        advice=[one for one in advice if one.id not in kept],
        dismissed=[Dismissed(one, kept[one.id]) for one in advice if one.id in kept],
        content_type=ContentType.objects.get_for_model(entry).pk,
        pk=entry.pk,
        published_incomplete=bool(getattr(entry, "published_incomplete", False)),
    )
