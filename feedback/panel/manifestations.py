"""How many manifestations there were, for everybody to read (Lei 13.460 art. 23 IV and §2): of no few people."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from feedback.counts import tellable
from feedback.models import Manifestation

_DENUNCIATION = Manifestation.Kind.DENUNCIATION.value


@dataclass(frozen=True)
class Manifested:
    """How many of each kind; ``None`` where they are too few to be told. ``total`` likewise."""

    total: int | None
    of_kind: dict[str, int | None]
    #: Complaints by body, most first, of the bodies of which they may be told; and how many all others have.
    ranking: list[tuple[str, int]]
    rest: int | None


def manifested(body: str = "", *, first: datetime, before: datetime) -> Manifested:
    """Of the city, or of a body, where denunciations are not told: one query.

    Of a body that is told which the city's table would tell too, kind by kind.
    """
    rows = Manifestation.objects.filter(received_at__gte=first, received_at__lt=before).order_by()
    of_body: dict[str, Counter[str]] = defaultdict(Counter)
    for body_id, kind, number in rows.values_list("body_id", "kind").annotate(number=Count("pk")):
        of_body[kind][body_id] += number
    if body:
        kinds = {
            kind.value: of_body[kind][body] if body in tellable(of_body[kind], of_body[kind].total()) else None
            for kind in Manifestation.Kind
            if kind != _DENUNCIATION
        }
        return Manifested(None, kinds, [], None)
    sizes = {kind.value: of_body[kind].total() for kind in Manifestation.Kind}
    every = sum(sizes.values())
    told = tellable(sizes, every)
    complaints = of_body[Manifestation.Kind.COMPLAINT.value]
    # What is about no body is among the rest.
    names = tellable({name: number for name, number in complaints.items() if name}, complaints.total())
    if Manifestation.Kind.COMPLAINT.value not in told:
        names = set()
    ranking = sorted(((name, complaints[name]) for name in names), key=lambda item: (-item[1], item[0]))
    rest = complaints.total() - sum(number for _name, number in ranking)
    return Manifested(
        every if told or every == 0 else None,
        {kind: size if kind in told or size == 0 else None for kind, size in sizes.items()},
        ranking,
        rest if names else None,
    )
