"""What people said in a year, and what its reports tell of it."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from feedback.models import Manifestation, Rating
from feedback.yearly.composing import parts
from feedback.yearly.drafting import draft_report

AT = datetime(2026, 2, 10, 15, tzinfo=UTC)
IN_YEAR = datetime(2025, 5, 5, 15, tzinfo=UTC)


def rated(number: int, stars: int, at: datetime = IN_YEAR, **more: Any) -> None:
    Rating.objects.bulk_create(
        Rating(
            **{"token": uuid.uuid4(), "service_id": "s" * 10, "locale": "pt-br", "stars": stars, "received_at": at}
            | more
        )
        for _ in range(number)
    )


def manifested(number: int, kind: str = "complaint", at: datetime = IN_YEAR, **more: Any) -> list[Manifestation]:
    given = {"kind": kind, "received_at": at, "due_on": at.date() + timedelta(days=30), "locale": "pt-br"} | more
    return Manifestation.objects.bulk_create(
        Manifestation(protocol=f"2025.{uuid.uuid4().int % 10**8:08}", token=uuid.uuid4(), **given)
        for _ in range(number)
    )


def sections_of(kind: str) -> dict[str, str]:
    """Each figures' section of a new report as its page and PDF have it, as one text."""
    report = draft_report(kind, 2025, user=None, at=AT)
    return {part.key: repr(part) for part in parts(report) if hasattr(part, "key")}
