"""What is left out of a whole, so that it less what is told of its services tells nothing of few people. Pure.

Each service and each body has a panel of its own. What is not told of must be enough together, or not be in the whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from feedback.counts import Counts, total
from feedback.statistics import LEAST
from feedback.sums import Parts

_Services = Mapping[str, Counts]


def left_out(subject: str, services_of: Mapping[str, _Services]) -> list[str]:
    """The services that are in no figure of a subject: a body, or the city (blank), of which all bodies are given.

    Blank among these are the services of no body.

    Of a body those that are not told, if together they are fewer than ten. Of the city what is left out of its bodies,
    and the bodies that are not told, if these together are fewer than ten.
    """
    if subject:
        return _too_few(services_of.get(subject, {}))
    bodies = {body: services for body, services in services_of.items() if body}
    # One of no body is as a body of its own.
    alone = {name: {name: counts} for name, counts in services_of.get("", {}).items()}
    out: list[str] = []
    hidden: dict[str, Counts] = {}
    for services in [*bodies.values(), *alone.values()]:
        if total(services.values()).enough:
            out += _too_few(services)
        else:
            hidden |= services
    return out + (list(hidden) if 0 < total(hidden.values()).count < LEAST else [])


def _too_few(services: _Services) -> list[str]:
    few = {name: counts for name, counts in services.items() if not counts.enough}
    return list(few) if 0 < total(few.values()).count < LEAST else []


def less(parts: Parts, others: Iterable[Parts]) -> Parts:
    """The parts of a whole without what others are of them."""
    left: Parts = defaultdict(dict, {split: dict(held) for split, held in parts.items()})
    for other in others:
        for split, held in other.items():
            for part, counts in held.items():
                if part in left[split]:
                    left[split][part] = left[split][part] - counts
    return left
