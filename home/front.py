"""What the charter gives to the first page, read from published records."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from services.models.published import PublishedRecord, RecordLink
from services.neighbours import Listed, listed, readable
from services.record import Alert, City, from_json
from services.timing import shown

HIGHLIGHTS = 8
_URGENCY = {"emergency": 0, "warning": 1, "info": 2, "promotion": 3}


@dataclass(frozen=True)
class Front:
    """Topics and moments of life in the city's order, alerts in force, wanted services, the city, phones."""

    topics: list[Listed]
    life_events: list[Listed]
    alerts: list[Alert]
    services: list[Listed]
    city: City | None


def front(*, language: str, chosen: Sequence[str], at: datetime) -> Front:
    """The first page's content in a language: two queries, three while no service is chosen."""
    wanted = list(chosen) or _most_linked()
    rows = list(
        readable(language).filter(
            Q(kind__in=("topic", "life_event", "alert", "city"))
            | Q(kind__in=("service", "procedure"), entry_id__in=wanted)
        )
    )
    records = [from_json(row.body) for row in rows if row.kind in ("alert", "city")]
    city = next((record for record in records if isinstance(record, City)), None)
    alerts = [record for record in records if isinstance(record, Alert) and shown(record, city, at)]
    found = {row.entry_id: listed(row) for row in rows if row.kind in ("service", "procedure")}
    return Front(
        topics=_ordered(rows, "topic"),
        life_events=_ordered(rows, "life_event"),
        alerts=sorted(alerts, key=lambda alert: (_URGENCY[alert.level], alert.starts)),
        services=[found[entry_id] for entry_id in wanted if entry_id in found],
        city=city,
    )


def _ordered(rows: Sequence[PublishedRecord], kind: str) -> list[Listed]:
    """Entries of a kind, by the order that the city gave them."""
    those = [row for row in rows if row.kind == kind]
    return [listed(row) for row in sorted(those, key=lambda row: (json.loads(row.body).get("order", 0), row.title))]


def _most_linked() -> list[str]:
    """Services that most other entries point to: what to show while the city has chosen none."""
    return list(
        RecordLink.objects.filter(target_kind="service")
        .values_list("target_id", flat=True)
        .annotate(times=Count("id"))
        .order_by("-times", "target_id")[:HIGHLIGHTS]
    )
