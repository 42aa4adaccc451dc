"""What somebody's bodies owe an answer to, and until when."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from feedback.models import BodyRequest, Manifestation
from feedback.reading import Reader
from feedback.roles import VIEW

OPEN = (Manifestation.State.RECEIVED, Manifestation.State.IN_HAND)


def open_requests(reader: Reader) -> "QuerySet[BodyRequest]":
    """Those that wait for an answer of a body whose manifestations somebody reads."""
    rows = BodyRequest.objects.filter(answered_at=None, manifestation__state__in=OPEN)
    bodies = reader.bodies(VIEW)
    return rows if bodies is None else rows.filter(body_id__in=bodies)


def owed(reader: Reader, **due_on: date) -> Q:
    """Manifestations that are open and due then, for a body's people by what they owe the ombudsman.

    ``due_on`` as in a filter: ``lt``, ``gte``, ``lte``.
    """
    if reader.bodies(VIEW) is None:
        return Q(state__in=OPEN, **_due(due_on))
    return Q(Exists(open_requests(reader).filter(manifestation=OuterRef("pk"), **_due(due_on))))


def _due(due_on: dict[str, date]) -> dict[str, Any]:
    return {f"due_on__{name}": day for name, day in due_on.items()}
