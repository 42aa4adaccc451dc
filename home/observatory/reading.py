"""What the tables are made of, read once for all of them at a moment: a handful of queries, however big the city."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Count
from django.utils import timezone

from feedback.counts import Counts, of_stars, total
from feedback.models import Manifestation
from feedback.models import Rating as GivenRating
from feedback.panel.crossing import with_moved
from feedback.panel.leaving_out import left_out
from feedback.panel.manifestations import Tellable, may_be_told
from feedback.panel.reading import every_service
from services.burdens import burden_findings
from services.completeness import gaps
from services.languages import source_locale
from services.models.published import PublishedRecord
from services.neighbours import the_city
from services.record import City, Demand, Rating, Service, from_json
from services.reviews.reviewing import due_on, review_days

#: Rows read at a time: bodies of records are long.
_AT_ONCE = 200

Stars = Counter[int]


@dataclass(frozen=True)
class Described:
    """A public service, as far as the observatory asks."""

    id: str
    title: str
    body_id: str
    #: Keys of the rules that it does not meet.
    gaps: frozenset[str]
    review_due: date | None
    reviewed_on: date | None
    #: Keys and words of what it asks for though the law spares people it.
    burdens: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Stood:
    """How many of a group rated, with how many stars."""

    stars: Stars

    @property
    def count(self) -> int:
        """All of them."""
        return self.stars.total()

    @property
    def satisfied(self) -> int:
        """Those who gave four or five."""
        return self.stars[4] + self.stars[5]


class Reading:
    """The city at a moment. Whole days before it are counted, and each thing is read when it is first asked for."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.today = timezone.localdate(at)
        #: The days that are counted: twelve whole months, and the present one up to yesterday.
        self.starts = self.today.replace(year=self.today.year - 1, day=1)
        self.ends = self.today - timedelta(days=1)
        #: The same as moments: from the first, and before the last.
        self.first_moment, self.last_moment = _midnight(self.starts), _midnight(self.today)

    @cached_property
    def city(self) -> City | None:
        """The city's record."""
        return the_city()

    @cached_property
    def bodies(self) -> dict[str, str]:
        """Names of bodies by their ids, in their alphabet."""
        rows = PublishedRecord.objects.public().filter(kind="secretariat", locale=source_locale())
        return dict(rows.order_by("title", "entry_id").values_list("entry_id", "title"))

    @cached_property
    def services(self) -> list[Described]:
        """Every public service, read one by one: the only place in which records are read whole."""
        days = review_days()
        rows = PublishedRecord.objects.public().filter(kind="service", locale=source_locale())
        found = []
        for body, published in rows.values_list("body", "published_at").iterator(chunk_size=_AT_ONCE):
            record = from_json(body)
            if isinstance(record, Service):
                found.append(_described(record, published, days))
        return sorted(found, key=lambda service: (service.title.casefold(), service.id))

    @cached_property
    def in_languages(self) -> dict[str, int]:
        """How many services each language has."""
        rows = PublishedRecord.objects.public().filter(kind="service").order_by()
        return dict(rows.values_list("locale").annotate(number=Count("pk")))

    @cached_property
    def summaries(self) -> list[Rating]:
        """The published summaries of services with ratings enough."""
        return [record for record in _of_kind("rating") if isinstance(record, Rating)]

    @cached_property
    def demand(self) -> list[Demand]:
        """What many looked for, in each language."""
        return [record for record in _of_kind("demand") if isinstance(record, Demand)]

    @cached_property
    def _stars(self) -> dict[str, dict[str, Counts]]:
        """Stars by body and service, of ratings that are counted."""
        rows = GivenRating.objects.filter(
            received_at__gte=self.first_moment, received_at__lt=self.last_moment, set_aside=False
        )
        found: dict[str, dict[str, Counts]] = defaultdict(dict)
        grouped = rows.order_by().values_list("body_id", "service_id", "stars").annotate(number=Count("pk"))
        for body_id, service_id, stars, number in grouped:
            found[body_id][service_id] = found[body_id].get(service_id, Counts()) + of_stars({stars: number})
        return with_moved(found)

    @cached_property
    def stood(self) -> tuple[dict[str, Stood], Stood]:
        """Ratings of each body, and of the city, as their panels tell them: else what few said were the difference."""

        def told(subject: str, services: dict[str, Counts]) -> Stood:
            out = set(left_out(subject, self._stars))
            counts = total(each for service, each in services.items() if service not in out)
            return Stood(Counter(dict(enumerate(counts.stars, start=1))))

        bodies = {body: told(body, services) for body, services in self._stars.items() if body in self.bodies}
        return bodies, told("", every_service(self._stars))

    @cached_property
    def manifestations(self) -> list[Manifestation]:
        """Those received in these days: without text, and without who brought them."""
        rows = Manifestation.objects.filter(received_at__gte=self.first_moment, received_at__lt=self.last_moment)
        return list(rows.only("kind", "body_id", "received_at", "first_answered_at", "extended_at", "resolved"))

    @cached_property
    def manifestations_told(self) -> Tellable:
        """What may be told of them beside what the panels tell; bodies that are gone are none."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for each in self.manifestations:
            found[each.kind][each.body_id] += 1
        return may_be_told(found)

    def body_named(self, body_id: str, *, otherwise: str) -> str:
        """A body's name."""
        return self.bodies.get(body_id, otherwise)


def _of_kind(kind: str) -> Iterator[object]:
    rows = PublishedRecord.objects.public().filter(kind=kind).order_by("entry_id", "locale")
    for body in rows.values_list("body", flat=True).iterator(chunk_size=_AT_ONCE):
        yield from_json(body)


def _described(record: Service, published: datetime, days: int) -> Described:
    return Described(
        id=record.id,
        title=record.title,
        body_id=record.secretariat.id if record.secretariat else "",
        gaps=frozenset(gap.rule.key for gap in gaps(record)),
        review_due=due_on(record.review_due, published, days=days),
        reviewed_on=record.reviewed_on,
        burdens=tuple((finding.rule, finding.words) for finding in burden_findings(record)),
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
