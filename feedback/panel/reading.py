"""A panel's figures: of the city, of a body or of a service, in six queries whatever was rated."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from django.utils import timezone

from feedback.counts import DISTRICT, MANAGED, PART, Apart, Counts, told_apart, total
from feedback.panel.leaving_out import left_out, less
from feedback.panel.manifestations import Manifested, manifested
from feedback.panel.names import Named, named
from feedback.statistics import LEAST, Share, quantile, share_of
from feedback.sums import in_parts, of_services, since
from feedback.ways.response_rates import ResponseRate, of_the_city, response_rates

Order = Literal["mais", "melhor", "pior"]
#: Lines of a list of services.
MOST = 20


@dataclass(frozen=True)
class Times:
    """How long it took, in minutes, of those who said so; and the share within what was promised."""

    count: int
    median: float
    ninetieth: float
    kept: Share | None


@dataclass(frozen=True)
class Panel:
    """All that is told of a subject. What may not be told is not in it."""

    subject: Named | None
    first: date
    whole: Counts
    months: list[tuple[date, Counts | None]]
    reasons: dict[str, Counts]
    channels: Apart
    units: Apart
    districts: Apart
    bodies: Apart
    services: list[tuple[Named, Counts]]
    more_services: int
    times: Times | None
    names: Mapping[str, Named]
    manifested: Manifested | None
    links: ResponseRate | None


def panel(kind: str, subject: str, *, order: Order, language: str, at: datetime) -> Panel | None:
    """Of the city (no kind, no subject), a body or a service; ``None`` if there is no such public entry."""
    first = since(at)
    services_of = of_services(*([subject] if subject else []), first=first) if kind != "service" else {}
    services = services_of.get(subject, {}) if subject else every_service(services_of)
    without = left_out(subject, services_of)
    found = in_parts(subject, *without, first=first)
    parts = less(found[subject], [found[service] for service in without])
    whole = parts[""].get("", Counts())
    bodies = {} if kind else every_body(services_of, parts["body"])
    told = told_apart(services, whole).parts
    ranked = sorted(told, key=lambda name: _place(told[name], order))
    starts, ends = (timezone.make_aware(datetime.combine(day, datetime.min.time())) for day in (first, _today(at)))
    manifestations = manifested(subject, first=starts, before=ends) if kind != "service" else None
    complained_of = [body for body, _number in manifestations.ranking] if manifestations else []
    ids = {*ranked[: MOST * 2], *bodies, *parts["unit"], *complained_of}
    names = named(ids, language=language, whole=[subject] if subject else [])
    if subject and (subject not in names or names[subject].kind != kind):
        return None
    public = [(names[name], told[name]) for name in ranked[: MOST * 2] if name in names]
    by_month = {date.fromisoformat(name): counts for name, counts in parts["month"].items()}
    return Panel(
        subject=names.get(subject),
        first=first,
        whole=whole,
        months=told_months(by_month, whole, first=first, last=_today(at)),
        reasons=_told(parts["reason"]),
        channels=told_apart(parts["channel"], whole),
        units=told_apart({name: c for name, c in parts["unit"].items() if name in names}, whole),
        districts=told_apart({} if kind else in_districts(parts["unit"], names), whole),
        bodies=told_apart({name: c for name, c in bodies.items() if name in names}, whole),
        services=public[:MOST],
        more_services=max(0, len(ranked) - MOST),
        times=times(parts["time"], parts["promise"]),
        names=names,
        manifested=manifestations,
        links=links(subject, first=starts) if kind != "secretariat" else None,
    )


def every_service(services_of: Mapping[str, Mapping[str, Counts]]) -> dict[str, Counts]:
    """What was said of each service, whichever body it was of then."""
    found: dict[str, Counts] = {}
    for services in services_of.values():
        for service, counts in services.items():
            # Of one that was of two bodies it is told how many they are, and nothing that is told of its parts.
            both = replace(found.get(service, Counts()) + counts, kept_back=MANAGED)
            found[service] = both if service in found else counts
    return found


def every_body(services_of: Mapping[str, Mapping[str, Counts]], summed: Mapping[str, Counts]) -> dict[str, Counts]:
    """What is told of each body, as its own panel has it; ``summed``: what the city's sums say of it."""
    found = {}
    for body, services in services_of.items():
        if body:
            out = left_out(body, services_of)
            counts = total(counts for service, counts in services.items() if service not in out)
            found[body] = replace(counts, kept_back=summed[body].kept_back if body in summed else 0)
    return found


def told_months(
    months: Mapping[date, Counts], whole: Counts, *, first: date, last: date
) -> list[tuple[date, Counts | None]]:
    """Each month from the first to the last, with what may be told of it."""
    told = told_apart({month.isoformat(): counts for month, counts in months.items()}, whole).parts
    found: list[tuple[date, Counts | None]] = []
    month = first
    while month <= last:
        found.append((month, told.get(month.isoformat())))
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return found


def in_districts(units: Mapping[str, Counts], names: Mapping[str, Named]) -> dict[str, Counts]:
    """What was said at units, by the district in which each stands now: of the city alone.

    Told of each service too they would be sums across its units' own, and what is hidden would follow more often.
    """
    found: dict[str, Counts] = defaultdict(Counts)
    untold = set()
    for unit, counts in units.items():
        if unit in names and names[unit].district:
            found[names[unit].district] += counts
            if counts.kept_back & DISTRICT:
                untold.add(names[unit].district)
    return {
        district: replace(counts, kept_back=MANAGED | (PART if district in untold else 0))
        for district, counts in found.items()
    }


def times(measured: Mapping[str, Counts], promises: Mapping[str, Counts]) -> Times | None:
    """How long it took, if enough said so; the share within the promise, if of enough there was one."""
    values = [(float(minutes), counts.count) for minutes, counts in measured.items()]
    count = sum(number for _minutes, number in values)
    if count < LEAST or any(counts.kept_back & PART for counts in measured.values()):
        return None
    kept, late = (promises.get(name, Counts()).count for name in ("kept", "late"))
    back = any(counts.kept_back & PART for counts in promises.values())
    share = share_of(kept, kept + late) if kept + late >= LEAST and not back else None
    return Times(count, quantile(values, 0.5) or 0.0, quantile(values, 0.9) or 0.0, share)


def links(service: str, *, first: datetime) -> ResponseRate | None:
    """How many links were given after a service was used, and how many of them came back; ``None`` if too few did."""
    if not service:
        return of_the_city(response_rates(first=first).values())
    found = response_rates(service, first=first).get(service)
    return found if found and found.enough else None


def _told(parts: Mapping[str, Counts]) -> dict[str, Counts]:
    """The most said first. One person says several, so none is what others leave of a whole."""
    enough = {name: counts for name, counts in parts.items() if counts.enough}
    return dict(sorted(enough.items(), key=lambda item: (-item[1].count, item[0])))


def _place(counts: Counts, order: Order) -> tuple[float, float]:
    found = counts.figures
    if order == "mais" or found is None:
        return (-counts.count, 0)
    # By the end of the interval that is sure: few ratings make neither the best nor the worst.
    return (-found.low, -counts.count) if order == "melhor" else (found.high, -counts.count)


def _today(at: datetime) -> date:
    return timezone.localdate(at)
