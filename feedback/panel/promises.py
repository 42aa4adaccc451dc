"""Promised against measured time of each body, as its panel tells it."""

from datetime import datetime

from feedback.counts import PART
from feedback.panel.leaving_out import left_out, less
from feedback.sums import in_parts, of_services, since


def kept_promises(at: datetime) -> dict[str, tuple[int, int]]:
    """Of each body how many of those who said how long it took were within the promise, and how many not.

    Bodies of which that is not told are not in it. Three queries.
    """
    first = since(at)
    services_of = of_services(first=first)
    bodies = [body for body in services_of if body]
    parts = (
        in_parts(*bodies, *{s for body in bodies for s in left_out(body, services_of)}, first=first) if bodies else {}
    )
    found = {}
    for body in bodies:
        own = less(parts[body], [parts[service] for service in left_out(body, services_of)])["promise"]
        if not any(counts.kept_back & PART for counts in own.values()):
            kept, late = (own[name].count if name in own else 0 for name in ("kept", "late"))
            found[body] = (kept, late)
    return found
