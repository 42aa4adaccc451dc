"""How many manifestations there were, for everybody to read (Lei 13.460 art. 23 IV and §2): of no few people.

Bodies and kinds cross, and both are told: what is told of one body and one kind, of a body and of a kind is decided
once, for the panels, the observatory and the yearly reports alike, so that none tells what another keeps back.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from feedback.counts import tellable
from feedback.models import Manifestation
from feedback.panel.bridges import GROUND, Line, Web
from feedback.panel.hiding import Sum, hide
from feedback.statistics import LEAST

_DENUNCIATION = Manifestation.Kind.DENUNCIATION.value
_COMPLAINT = Manifestation.Kind.COMPLAINT.value
#: By kind and body; "" is no body.
ByKind = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Manifested:
    """How many of each kind; ``None`` where they are too few to be told. ``total`` likewise."""

    total: int | None
    of_kind: dict[str, int | None]
    #: Complaints by body, most first, of the bodies of which they may be told; and how many all others have.
    ranking: list[tuple[str, int]]
    rest: int | None


@dataclass(frozen=True)
class Tellable:
    """What may be told of kinds, of bodies (all but denunciations), and of a kind at a body."""

    kinds: frozenset[str]
    bodies: frozenset[str]
    #: Kind and body.
    cells: frozenset[tuple[str, str]]


def may_be_told(numbers: ByKind) -> Tellable:
    """Of what was received in some days: denunciations are told of the whole city alone (art. 10 § 7). Pure."""
    sizes = {kind: sum(of_body.values()) for kind, of_body in numbers.items()}
    kinds = tellable(sizes, sum(sizes.values()))
    of_bodies: Counter[str] = Counter()
    for kind, of_body in numbers.items():
        if kind != _DENUNCIATION:
            of_bodies.update(of_body)
    bodies = tellable(of_bodies, of_bodies.total())
    # How many there are in all is told: kinds are a sum of their own, and so are bodies.
    web, all_kinds, all_bodies = Web(), "kinds", "bodies"
    kind_lines = {
        kind: web.add(Line(("kind", kind), all_kinds, size, kind in kinds))
        for kind, size in sorted(sizes.items())
        if kind != _DENUNCIATION
    }
    body_lines = {
        body: web.add(Line(all_bodies, ("body", body), size, body in bodies))
        for body, size in sorted(of_bodies.items())
    }
    cells = {
        (kind, body): web.add(Line(("body", body), ("kind", kind), number, number >= LEAST))
        for kind in kind_lines
        for body, number in sorted(numbers[kind].items())
    }
    by_kind = [Sum(line, [cells[kind, body] for body in sorted(numbers[kind])]) for kind, line in kind_lines.items()]
    by_body = [
        Sum(line, [cell for (_kind, own), cell in cells.items() if own == body]) for body, line in body_lines.items()
    ]
    every = Line(GROUND, GROUND, sum(sizes.values()), told=True)
    secret = Line(GROUND, GROUND, sizes.get(_DENUNCIATION, 0), told=_DENUNCIATION in kinds)
    open_ones = Line(GROUND, GROUND, of_bodies.total(), told=True)
    hide(
        web, [Sum(every, [*kind_lines.values(), secret]), Sum(open_ones, list(body_lines.values())), *by_kind, *by_body]
    )
    told_kinds = {kind for kind, line in kind_lines.items() if line.told} | ({_DENUNCIATION} if secret.told else set())
    return Tellable(
        frozenset(told_kinds),
        frozenset(body for body, line in body_lines.items() if line.told),
        frozenset(cell for cell, line in cells.items() if line.told),
    )


def numbers_of(rows: "QuerySet[Manifestation]") -> dict[str, Counter[str]]:
    """Of manifestations how many there are by kind and body: one query."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for body_id, kind, number in rows.order_by().values_list("body_id", "kind").annotate(number=Count("pk")):
        found[kind][body_id] += number
    return found


def manifested(body: str = "", *, first: datetime, before: datetime) -> Manifested:
    """Of the city, or of a body, where denunciations are not told: one query."""
    of_body = numbers_of(Manifestation.objects.filter(received_at__gte=first, received_at__lt=before))
    may = may_be_told(of_body)
    if body:
        kinds = {
            kind.value: of_body[kind][body] if (kind.value, body) in may.cells else None
            for kind in Manifestation.Kind
            if kind != _DENUNCIATION
        }
        return Manifested(None, kinds, [], None)
    sizes = {kind.value: of_body[kind].total() for kind in Manifestation.Kind}
    every = sum(sizes.values())
    complaints = of_body[_COMPLAINT]
    # What is about no body is among the rest.
    told = [name for name in complaints if name and (_COMPLAINT, name) in may.cells and _COMPLAINT in may.kinds]
    ranking = sorted(((name, complaints[name]) for name in told), key=lambda item: (-item[1], item[0]))
    rest = complaints.total() - sum(number for _name, number in ranking)
    return Manifested(
        every if may.kinds or every == 0 else None,
        {kind: size if kind in may.kinds or size == 0 else None for kind, size in sizes.items()},
        ranking,
        rest if told else None,
    )
