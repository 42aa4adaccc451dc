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

from feedback.deadlines import ANSWER_DAYS, BODY_DAYS, last_day
from feedback.models import BodyRequest, Manifestation, Movement, Rating
from feedback.statistics import LEAST, figures
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
    return YearFigures(
        year=year,
        counted_on=timezone.localdate(at).isoformat(),
        city=city.title if city else "",
        ratings=_ratings(ratings, names),
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


def _ratings(every: Any, names: Mapping[str, str]) -> Ratings:
    counted = every.filter(set_aside=False)
    received = every.count()
    by_body: dict[str, Counter[int]] = {}
    for body, stars, number in counted.values_list("body_id", "stars").annotate(number=Count("pk")):
        by_body.setdefault(body, Counter())[stars] += number
    all_stars: Counter[int] = sum(by_body.values(), Counter())
    managed: Counter[str] = Counter(dict.fromkeys(Rating.Managed.values, 0))
    managed.update(dict(counted.exclude(managed="").values_list("managed").annotate(number=Count("pk"))))
    reasons: Counter[str] = Counter()
    for given, number in counted.exclude(reasons=[]).values_list("reasons").annotate(number=Count("pk")):
        reasons.update(dict.fromkeys(given, number))
    return Ratings(
        received=told(received),
        set_aside=told(received - all_stars.total()),
        opinion=_opinion(all_stars),
        stars=table({str(star): all_stars[star] for star in range(1, 6)}),
        managed=table(managed),
        reasons=ranked(dict(reasons.most_common(MOST_FREQUENT)), {}),
        bodies=_opinions_by_body(by_body, names),
    )


def _opinions_by_body(by_body: Mapping[str, Counter[int]], names: Mapping[str, str]) -> list[tuple[str, int, float]]:
    enough = sorted(
        (body for body, held in by_body.items() if body and held.total() >= LEAST),
        key=lambda body: by_body[body].total(),
    )
    rest = sum(held.total() for body, held in by_body.items() if body not in enough)
    if 0 < rest < LEAST:
        # All of them taken from the whole would tell of these few.
        enough = enough[1:]
    found = [(body, figures([by_body[body][star] for star in range(1, 6)])) for body in enough]
    told_of = [(names.get(body, body), each.count, round(each.mean, 2)) for body, each in found if each]
    return sorted(told_of, key=lambda each: (-each[2], each[0]))


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

    subjects = Counter(of("service_id")).most_common(MOST_FREQUENT)
    return Manifestations(
        received=told(said.count()),
        kinds=every("kind", Manifestation.Kind.values),
        ways=every("way", Manifestation.Way.values),
        bodies=ranked(of("body_id"), names),
        subjects=ranked(dict(subjects), names),
        complaints=ranked(of("body_id", said.filter(kind=Manifestation.Kind.COMPLAINT)), names),
        resolved=every("resolved", Manifestation.Resolved.values),
    )


def punctuality(
    rows: Iterable[tuple[datetime, datetime | None, datetime | None]], days: int, *, city: City | None, at: datetime
) -> Punctuality:
    """Of when each was asked, answered, and given as many days once more: which came by the day that it was owed."""
    owed: Callable[[date, int], date] = cache(lambda day, within: last_day(day, within, city=city))
    states: Counter[str] = Counter(dict.fromkeys(("in_time", "late", "waiting", "overdue"), 0))
    took: list[timedelta] = []
    extended = 0
    for asked, answered, extended_at in rows:
        # More time that was taken after it had answered changes nothing.
        longer = extended_at is not None and (answered is None or extended_at <= answered)
        extended += longer
        until = owed(timezone.localdate(asked), days * 2 if longer else days)
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
