"""The city's alerts as a phone keeps them: what they say, whom they concern, and from when to when they are told."""

from datetime import datetime
from typing import Any

from services.freshness import wire_time
from services.languages import wire_tag
from services.neighbours import readable
from services.record import Alert, City, from_json
from services.templatetags.conecta import rich


def alerts_told(locale: str, city: City | None, at: datetime) -> list[dict[str, Any]]:
    """All that are in force at a moment or will be: one query. The phone reads their dates when somebody looks."""
    rows = readable(locale).filter(kind="alert").order_by("entry_id").values_list("body", flat=True)
    found = [record for body in rows if isinstance(record := from_json(body), Alert)]
    return [_item(alert, city, locale) for alert in found if alert.ends is None or alert.ends > at]


def _item(alert: Alert, city: City | None, locale: str) -> dict[str, Any]:
    period = city.election_period if city and alert.level == "promotion" else None
    tag = wire_tag(alert.locale.lower())
    told = {
        "id": alert.id,
        "level": alert.level,
        "title": alert.title,
        "html": str(rich(alert.message)),
        "lang": tag if tag != wire_tag(locale) else "",
        "starts": wire_time(alert.starts),
        "ends": wire_time(alert.ends) if alert.ends else "",
        "services": [service.id for service in alert.services],
        "districts": [district.id for district in alert.districts],
        # Days on which a city may not advertise itself (Lei 9.504/1997 art. 73, VI, b).
        "silent": {"starts": period.starts.isoformat(), "ends": period.ends.isoformat()} if period else None,
    }
    return {name: value for name, value in told.items() if value not in ("", [], None)}
