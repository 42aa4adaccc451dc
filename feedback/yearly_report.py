"""What a year's report tells, counted once and then kept: Lei 13.460 arts. 14, 15 and 23.

Figures of the raw rows of a year, by the city's days. What may not be told is not in them, so that they can be
kept in a page, which everybody may read.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Count
from django.utils import timezone

from feedback import configured
from feedback.counts import Counts, of_stars, tellable, total
from feedback.deadlines import ANSWER_DAYS, BODY_DAYS, last_day, last_day_extended
from feedback.models import BodyRequest, Manifestation, Movement, Rating
from feedback.panel.crossing import with_moved
from feedback.panel.leaving_out import left_out
from feedback.panel.manifestations import may_be_told, numbers_of
from feedback.statistics import LEAST, figures, quantile
from feedback.yearly.cells import Cell, ranked, table, told
from services.languages import source_locale
from services.models.published import PublishedRecord, PublishedVersion
from services.record import City, from_json

#: Of what is told by frequency, so many.
MOST_FREQUENT = 10


@dataclass(frozen=True)
class Opinion:
    """What those who rated think (art. 23, I): nothing below the least number."""

    count: int
    mean: float
    low: float
    high: float
    #: The share of four and five stars: SDG 16.6.2.
    satisfied: float


@dataclass(frozen=True)
class Ratings:
    """Ratings of the year (art. 23, I and II)."""

    received: Cell
    set_aside: Cell
    opinion: Opinion | None
    #: Stars, ``"1"`` to ``"5"``, and how many gave them.
    stars: dict[str, Cell]
    managed: dict[str, Cell]
    #: Keys of reasons, the most frequent first.
    reasons: list[tuple[str, Cell]]
    #: Bodies' names, how many rated and what they gave in the mean: only from the least number on.
    bodies: list[tuple[str, int, float]]


@dataclass(frozen=True)
class Promised:
    """What a service promises, and how long those who said so really waited: minutes (art. 23, III)."""

    service: str
    said: int
    promised: int
    median: int
    ninetieth: int
    #: The part of them that had it by then.
    kept: float


@dataclass(frozen=True)
class Took:
    """How long services took beside what they promise (art. 23, III)."""

    #: How many said how long, and of these, where there was a promise, how many had it within that: ``kept``, ``late``.
    said: Cell
    promises: dict[str, Cell]
    #: Minutes of all who said so; ``None`` below the least number.
    median: int | None
    ninetieth: int | None
    #: The services that are furthest from what they promise.
    services: list[Promised]


@dataclass(frozen=True)
class Punctuality:
    """Whether answers came by the day on which they were owed (art. 16)."""

    asked: Cell
    #: ``in_time``, ``late``, and of those without an answer ``waiting`` and ``overdue``.
    states: dict[str, Cell]
    extended: Cell
    #: Of those that were answered; ``None`` below the least number.
    mean_days: float | None


@dataclass(frozen=True)
class Manifestations:
    """Manifestations of the year (arts. 15, I and II, and 23, IV)."""

    received: Cell
    kinds: dict[str, Cell]
    ways: dict[str, Cell]
    #: Names of bodies and of services that they are about, the most frequent first.
    bodies: list[tuple[str, Cell]]
    subjects: list[tuple[str, Cell]]
    #: Names of bodies by complaints: the ranking that art. 23 §2 wants.
    complaints: list[tuple[str, Cell]]
    resolved: dict[str, Cell]


@dataclass(frozen=True)
class YearFigures:
    """All of a year, as it was counted on a day."""

    year: int
    counted_on: str
    city: str
    ratings: Ratings
    took: Took
    manifestations: Manifestations
    answers: Punctuality
    body_answers: Punctuality
    #: How many manifestations became a change, and of which bodies (arts. 15, IV, and 23, V).
    changes: Cell
    changes_by_body: list[tuple[str, Cell]]

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


def figures_of_year(year: int, *, at: datetime) -> YearFigures:
    """Count a year's rows at a moment: a fixed number of queries, whatever was said in it."""
    begins = timezone.make_aware(datetime(year, 1, 1))  # noqa: DTZ001 - made aware
    ends = timezone.make_aware(datetime(year + 1, 1, 1))  # noqa: DTZ001 - made aware
    ratings = Rating.objects.filter(received_at__gte=begins, received_at__lt=ends).order_by()
    said = Manifestation.objects.filter(received_at__gte=begins, received_at__lt=ends).order_by()
    asked = BodyRequest.objects.filter(asked_at__gte=begins, asked_at__lt=ends).order_by()
    city = _city()
    names = _names()
    became = Movement.objects.filter(act=Movement.Act.CHANGED, at__gte=begins, at__lt=ends).order_by()
    changed = dict(
        became.values_list("manifestation__body_id").annotate(number=Count("manifestation_id", distinct=True))
    )
    services_of = _services(ratings)
    # What panels leave out so that few people are not told of by what is left of a sum is left out here too.
    out = left_out("", services_of)
    kept = ratings.filter(set_aside=False).exclude(service_id__in=out)
    if len(out) == len({service for services in services_of.values() for service in services}):
        kept = ratings.filter(set_aside=False)
    return YearFigures(
        year=year,
        counted_on=timezone.localdate(at).isoformat(),
        city=city.title if city else "",
        ratings=_ratings(ratings, kept, services_of, names),
        took=_took(kept, names),
        manifestations=_manifestations(said, names),
        answers=punctuality(
            said.values_list("received_at", "first_answered_at", "extended_at"), ANSWER_DAYS, city=city, at=at
        ),
        body_answers=punctuality(
            asked.values_list("asked_at", "answered_at", "extended_at"), BODY_DAYS, city=city, at=at
        ),
        changes=told(sum(changed.values())),
        changes_by_body=ranked(changed, names),
    )


def _services(ratings: Any) -> dict[str, dict[str, Counts]]:
    """Of each body its services and their stars."""
    found: dict[str, dict[str, Counts]] = {}
    rows = ratings.filter(set_aside=False).values_list("body_id", "service_id", "stars")
    for body, service, stars, number in rows.annotate(number=Count("pk")):
        own = found.setdefault(body, {})
        own[service] = own.get(service, Counts()) + of_stars({stars: number})
    return with_moved(found)


def _ratings(
    every: Any, kept: Any, services_of: Mapping[str, Mapping[str, Counts]], names: Mapping[str, str]
) -> Ratings:
    stars = Counter(dict(kept.values_list("stars").annotate(number=Count("pk"))))
    aside = every.filter(set_aside=True).count()
    managed: Counter[str] = Counter(dict.fromkeys(Rating.Managed.values, 0))
    managed.update(dict(kept.exclude(managed="").values_list("managed").annotate(number=Count("pk"))))
    reasons: Counter[str] = Counter()
    for given, number in kept.exclude(reasons=[]).values_list("reasons").annotate(number=Count("pk")):
        reasons.update(dict.fromkeys(given, number))
    each_star = {str(star): stars[star] for star in range(1, 6)}
    return Ratings(
        received=told(stars.total() + aside),
        set_aside=told(aside),
        opinion=_opinion(stars),
        # Of ten or more it is told how many gave each, as on the panels.
        stars={**each_star} if stars.total() >= LEAST else table(each_star),
        managed=table(managed),
        reasons=ranked(dict(reasons.most_common(MOST_FREQUENT)), {}),
        bodies=_opinions_by_body(services_of, names),
    )


def _opinions_by_body(
    services_of: Mapping[str, Mapping[str, Counts]], names: Mapping[str, str]
) -> list[tuple[str, int, float]]:
    found = []
    for body, services in services_of.items():
        out = left_out(body, services_of)
        counts = total(each for service, each in services.items() if service not in out)
        if body and counts.figures is not None:
            found.append((names.get(body, body), counts.count, round(counts.figures.mean, 2)))
    return sorted(found, key=lambda each: (-each[2], each[0]))


def _took(kept: Any, names: Mapping[str, str]) -> Took:
    every: Counter[int] = Counter()
    by_service: dict[str, Counter[int]] = {}
    promises: dict[str, Counter[int]] = {}
    within: dict[str, Counter[bool]] = {}
    rows = kept.exclude(took_minutes=None).values_list("service_id", "took_minutes", "promised_minutes")
    for service, minutes, promised, number in rows.annotate(number=Count("pk")):
        every[minutes] += number
        if promised is not None:
            by_service.setdefault(service, Counter())[minutes] += number
            promises.setdefault(service, Counter())[promised] += number
            within.setdefault(service, Counter())[minutes <= promised] += number
    sums = {service: held.total() for service, held in within.items()}
    # What is left of the whole is of nobody or of enough.
    enough = tellable(sums, sum(sums.values()))
    services = [
        Promised(
            names.get(service, service),
            sums[service],
            # What it promised most of them: a promise may change within a year.
            max(promises[service], key=lambda minutes: (promises[service][minutes], minutes)),
            _quantile(by_service[service], 0.5),
            _quantile(by_service[service], 0.9),
            round(within[service][True] / sums[service], 3),
        )
        for service in enough
    ]
    in_all: Counter[bool] = sum(within.values(), Counter())
    many = every.total() >= LEAST
    return Took(
        said=told(every.total()),
        promises=table({"kept": in_all[True], "late": in_all[False]}),
        median=_quantile(every, 0.5) if many else None,
        ninetieth=_quantile(every, 0.9) if many else None,
        services=sorted(services, key=lambda each: (each.kept, each.service))[:MOST_FREQUENT],
    )


def _quantile(minutes: Counter[int], share: float) -> int:
    return round(quantile(list(minutes.items()), share) or 0)


def _opinion(stars: Counter[int]) -> Opinion | None:
    found = figures([stars[star] for star in range(1, 6)])
    if found is None or found.count < LEAST:
        return None
    satisfied = (stars[4] + stars[5]) / found.count
    return Opinion(
        found.count, round(found.mean, 2), round(found.low, 2), round(found.high, 2), satisfied=round(satisfied, 3)
    )


def _manifestations(said: Any, names: Mapping[str, str]) -> Manifestations:
    def of(field: str, rows: Any = said) -> dict[str, int]:
        return {value: number for value, number in rows.values_list(field).annotate(number=Count("pk")) if value}

    def every(field: str, values: Iterable[str]) -> dict[str, Cell]:
        found = of(field)
        return table({value: found.get(value, 0) for value in values})

    numbers = numbers_of(said)
    may = may_be_told(numbers)
    complaints = {body: number for body, number in numbers[Manifestation.Kind.COMPLAINT].items() if body}
    # Of denunciations only the city's number is told (art. 10 § 7).
    open_ones = said.exclude(kind=Manifestation.Kind.DENUNCIATION)
    bodies = of("body_id", open_ones)
    subjects = Counter(of("service_id", open_ones)).most_common(MOST_FREQUENT)
    return Manifestations(
        received=told(said.count()),
        kinds=table(
            {kind: sum(numbers[kind].values()) for kind in Manifestation.Kind.values},
            [kind for kind in Manifestation.Kind.values if kind not in may.kinds],
        ),
        ways=every("way", Manifestation.Way.values),
        bodies=ranked(bodies, names, [body for body in bodies if body not in may.bodies]),
        subjects=ranked(dict(subjects), names),
        complaints=ranked(
            complaints, names, [body for body in complaints if (Manifestation.Kind.COMPLAINT, body) not in may.cells]
        ),
        resolved=every("resolved", Manifestation.Resolved.values),
    )


def punctuality(
    rows: Iterable[tuple[datetime, datetime | None, datetime | None]], days: int, *, city: City | None, at: datetime
) -> Punctuality:
    """Of when each was asked, answered, and given as many days once more: which came by the day that it was owed."""
    # As it was told when it came, and when more time was taken.
    moves_on = configured.next_working_day()
    owed: Callable[[date], date] = cache(lambda day: last_day(day, days, city=city, next_working_day=moves_on))
    owed_longer: Callable[[date], date] = cache(
        lambda day: last_day_extended(day, days, city=city, next_working_day=moves_on)
    )
    states: Counter[str] = Counter(dict.fromkeys(("in_time", "late", "waiting", "overdue"), 0))
    took: list[timedelta] = []
    extended = 0
    for asked, answered, extended_at in rows:
        # More time that was taken after it had answered changes nothing.
        longer = extended_at is not None and (answered is None or extended_at <= answered)
        extended += longer
        until = (owed_longer if longer else owed)(timezone.localdate(asked))
        if answered is None:
            states["waiting" if timezone.localdate(at) <= until else "overdue"] += 1
        else:
            states["in_time" if timezone.localdate(answered) <= until else "late"] += 1
            took.append(answered - asked)
    mean = sum(took, timedelta()) / len(took) / timedelta(days=1) if len(took) >= LEAST else None
    return Punctuality(
        asked=told(states.total()),
        states=table(states),
        extended=told(extended),
        mean_days=None if mean is None else round(mean, 1),
    )


def _city() -> City | None:
    body = PublishedRecord.objects.public().filter(kind="city", locale=source_locale()).values_list("body", flat=True)
    record = from_json(found) if (found := body.first()) else None
    return record if isinstance(record, City) else None


def _names() -> dict[str, str]:
    """Ids of bodies and services, those that are gone too, and what they are, or were last, called."""
    kinds = ("secretariat", "service")
    heads = PublishedRecord.objects.filter(kind__in=kinds, locale=source_locale())
    gone = PublishedVersion.objects.filter(record__in=heads.filter(deleted=True), deleted=False).order_by("sequence")
    names = {entry_id: from_json(body).title for entry_id, body in gone.values_list("record__entry_id", "body")}
    return names | dict(heads.filter(deleted=False).values_list("entry_id", "title"))
