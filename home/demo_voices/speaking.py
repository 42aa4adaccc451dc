"""Invented ratings, comments, manifestations and changes of a demonstration: the same each time, and taken away whole.

They are told from what people really say by the version of the page that they name, which is none.
"""

import json
import random
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from feedback.channels import offered_by
from feedback.deadlines import ANSWER_DAYS, last_day
from feedback.elapsed import promised_minutes
from feedback.models import CommentCare, Improvement, Manifestation, Rating
from feedback.reasons import offered
from feedback.summaries import publish_summaries
from feedback.summing import recompute
from services.languages import source_locale
from services.models.published import PublishedRecord
from services.record import Service, from_json

#: In the place of an ETag.
MARK = "demonstration"
_NAMESPACE = uuid.UUID("6f0d4a7e-51a5-4a55-9d0e-3a1c3b8f2c11")
_VOICES = Path(__file__).with_name("voices.json")
_DAYS = 200
#: How many rate a service: most are rated by few.
_CROWDS = (0, 0, 0, 3, 6, 11, 14, 18, 24, 45)
_STARS = (1, 2, 3, 4, 5)


def speak(source: str, *, at: datetime) -> int:
    """Say what invented people say of the public services of a source; how many ratings came. A second time none."""
    voices = json.loads(_VOICES.read_text(encoding="utf-8"))
    services = list(_services(source))
    if not services or Rating.objects.filter(version=MARK).exists():
        return 0
    with transaction.atomic():
        ratings = [rating for service in services for rating in _ratings(service, voices, at)]
        Rating.objects.bulk_create(ratings, batch_size=500)
        public = set(voices["public"])
        CommentCare.objects.bulk_create(
            CommentCare(rating=rating, public=True, read_at=at) for rating in ratings if rating.comment in public
        )
        Manifestation.objects.bulk_create(_manifestations(services, voices, at), batch_size=500)
        Improvement.objects.bulk_create(_improvements(services, voices, at))
    publish_summaries(at)
    return len(ratings)


def fall_silent(*, at: datetime) -> int:
    """Take all of it away; how many ratings there were."""
    ratings = Rating.objects.filter(version=MARK)
    number = ratings.count()
    with transaction.atomic():
        Improvement.objects.filter(rating__version=MARK).delete()
        Manifestation.objects.filter(version=MARK).delete()
        ratings.delete()
        if number:
            recompute(at)
    if number:
        publish_summaries(at)
    return number


def _services(source: str) -> Iterator[Service]:
    rows = PublishedRecord.objects.public().filter(kind="service", locale=source_locale(), source=source)
    for body in rows.order_by("source_id", "entry_id").values_list("body", flat=True):
        record = from_json(body)
        if isinstance(record, Service):
            yield record


def _ratings(service: Service, voices: dict[str, Any], at: datetime) -> Iterator[Rating]:
    chance = random.Random(service.source_id or service.id)  # noqa: S311 - nothing of it is secret
    # Some services are liked and some are not.
    weights = chance.choice([(1, 1, 2, 5, 8), (1, 2, 3, 6, 5), (3, 4, 4, 5, 3), (6, 5, 3, 3, 2)])
    promised = promised_minutes(service.time)
    channels = list(offered_by(service))
    for number in range(chance.choice(_CROWDS)):
        stars = chance.choices(_STARS, weights)[0]
        possible = list(offered(stars))
        took = round(promised * chance.lognormvariate(-0.35 if stars > 3 else 0.25, 0.4)) if promised else None
        yield Rating(
            token=uuid.uuid5(_NAMESPACE, f"{service.id}-{number}"),
            service_id=service.id,
            body_id=service.secretariat.id if service.secretariat else "",
            version=MARK,
            locale=source_locale(),
            stars=stars,
            reasons=chance.sample(possible, chance.randint(0, 2)),
            comment=chance.choice(voices["comments"][str(stars)]) if chance.random() < 0.2 else "",
            managed=chance.choices(("yes", "partly", "no", ""), (stars * 3, 3, 6 - stars, 5))[0],
            channel=chance.choice([*channels, ""]),
            took_minutes=took if chance.random() < 0.4 else None,
            unit_id=chance.choice([*(unit.id for unit in service.units[:3]), ""]),
            received_at=at - timedelta(days=chance.randint(1, _DAYS), minutes=chance.randint(0, 600)),
            promised_minutes=promised,
            set_aside=chance.random() < 0.02,
        )


def _manifestations(services: list[Service], voices: dict[str, Any], at: datetime) -> Iterator[Manifestation]:
    chance = random.Random(MARK)  # noqa: S311 - nothing of it is secret
    # A few services have most of the complaints.
    noisy = chance.choices(services, [1 / (place + 1) for place in range(len(services))], k=90)
    for number, service in enumerate(noisy):
        said = chance.choice(voices["manifestations"])
        received = at - timedelta(days=chance.randint(1, 300), minutes=chance.randint(0, 600))
        # What is old is answered, nearly always in time.
        answered = received + timedelta(days=chance.choice([3, 8, 15, 22, 28, 36]))
        is_answered = answered < at
        yield Manifestation(
            protocol=f"{received.year}.{chance.randrange(10**8):08}",
            # Of no secret: nobody follows it.
            secret_digest="-",  # noqa: S106
            token=uuid.uuid5(_NAMESPACE, f"manifestation-{number}"),
            kind=said["kind"],
            text=said["text"],
            service_id=service.id,
            body_id=service.secretariat.id if service.secretariat else "",
            version=MARK,
            locale=source_locale(),
            way=chance.choice(["portal", "portal", "phone", "counter"]),
            received_at=received,
            due_on=last_day(received.date(), ANSWER_DAYS, city=None),
            state=Manifestation.State.CLOSED if is_answered else Manifestation.State.RECEIVED,
            answer=voices["answer"] if is_answered else "",
            first_answered_at=answered if is_answered else None,
            answered_at=answered if is_answered else None,
            resolved=chance.choice(["yes", "yes", "partly", "no", ""]) if is_answered else "",
            closed_at=answered + timedelta(days=1) if is_answered else None,
        )


def _improvements(services: list[Service], voices: dict[str, Any], at: datetime) -> Iterator[Improvement]:
    rated = Rating.objects.filter(version=MARK, set_aside=False, service_id__in=[service.id for service in services])
    said = {rating.service_id: rating for rating in rated.order_by("-pk")}
    chosen = [said[service.id] for service in services if service.id in said][:: max(1, len(said) // 3)]
    places = dict(
        PublishedRecord.objects.filter(
            kind="service", locale=source_locale(), entry_id__in=[rating.service_id for rating in chosen]
        ).values_list("entry_id", "sequence")
    )
    for number, (rating, sentence) in enumerate(zip(chosen, voices["improvements"], strict=False), start=1):
        yield Improvement(
            rating=rating,
            kind="service",
            entry_id=rating.service_id,
            sequence=places[rating.service_id],
            sentence=sentence,
            at=at - timedelta(days=20 * number),
        )
