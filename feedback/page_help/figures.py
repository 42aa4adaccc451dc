"""How many say that a page helped them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from feedback.models import PageHelp
from feedback.statistics import LEAST


@dataclass(frozen=True)
class Helped:
    """Of those who answered, how many were helped."""

    answers: int
    helped: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.helped / self.answers


def helped_of(kind: str, ids: Iterable[str] | None = None) -> dict[str, Helped]:
    """By entry, of all or of some: one query. Those with fewer answers than ``LEAST`` are not told."""
    answers = PageHelp.objects.filter(kind=kind, set_aside=False)
    if ids is not None:
        answers = answers.filter(entry_id__in=ids)
    counted = answers.values("entry_id").annotate(answers=Count("pk"), helped_them=Count("pk", filter=Q(helped=True)))
    rows = counted.filter(answers__gte=LEAST).values_list("entry_id", "answers", "helped_them")
    return {entry_id: Helped(number, helped) for entry_id, number, helped in rows.order_by("entry_id")}
