"""A small city of which every number is known."""

import uuid
from datetime import UTC, datetime, timedelta

from feedback.models import Manifestation, Rating
from feedback.summaries import publish_summaries
from home.observatory.keeping import keep_tables
from services.record import Secretariat, Service
from services.record.service import Document, Documents, Step
from tests.records import complete_service, demand, put_record, ref, secretariat, service

#: Noon of a Tuesday in the city; the days before it are counted.
AT = datetime(2026, 11, 24, 15, tzinfo=UTC)

HEALTH = secretariat("Secretaria da Saúde")
FINANCE = secretariat("Secretaria das Finanças")
CULTURE = secretariat("Secretaria de Cultura")
VACCINE = complete_service("Tomar vacina", secretariat=ref(HEALTH), review_due="2027-01-10", reviewed_on="2026-01-10")
CONSULT = service("Marcar consulta", secretariat=ref(HEALTH), review_due="2026-11-01")
TAX = complete_service(
    "Pagar IPTU",
    secretariat=ref(FINANCE),
    review_due="2026-11-24",
    steps=[
        Step(
            title="Pedir",
            documents=Documents(
                default=[Document(name="Cópia autenticada do RG"), Document(name="Procuração com firma reconhecida")]
            ),
        )
    ],
)
STAGE = complete_service("Reservar o teatro", secretariat=ref(CULTURE), review_due="2027-06-01")
ENTRIES: tuple[Secretariat | Service, ...] = (HEALTH, FINANCE, CULTURE, VACCINE, CONSULT, TAX, STAGE)


def rate(rated: Service, *distribution: int, days_ago: int = 5, set_aside: bool = False) -> None:
    """So many ratings with one star, two, … five."""
    Rating.objects.bulk_create(
        Rating(
            token=uuid.uuid4(),
            service_id=rated.id,
            body_id=rated.secretariat.id,
            locale="pt-br",
            stars=stars,
            comment="Comentário que ninguém publica.",
            received_at=AT - timedelta(days=days_ago),
            set_aside=set_aside,
        )
        for stars, number in enumerate(distribution, start=1)
        for _each in range(number)
    )


def manifest(
    number: int,
    *,
    body: Secretariat | None = None,
    kind: str = Manifestation.Kind.COMPLAINT,
    days_ago: int = 100,
    answered_after: int | None = None,
    resolved: str = "",
) -> None:
    """So many manifestations, all answered after so many days."""
    received = AT - timedelta(days=days_ago)
    answered = None if answered_after is None else received + timedelta(days=answered_after)
    Manifestation.objects.bulk_create(
        Manifestation(
            protocol=uuid.uuid4().hex[:16],
            secret_digest="-",
            token=uuid.uuid4(),
            kind=kind,
            text="Relato que ninguém publica.",
            body_id=body.id if body else "",
            locale="pt-br",
            received_at=received,
            due_on=received.date() + timedelta(days=30),
            first_answered_at=answered,
            answered_at=answered,
            resolved=resolved,
        )
        for _each in range(number)
    )


def build() -> None:
    """The charter, what people said, and the tables made of it."""
    for entry in ENTRIES:
        put_record(entry)
    rate(VACCINE, 2, 0, 2, 6, 10)
    rate(CONSULT, 3, 0, 0, 0, 0)
    rate(TAX, 10, 5, 0, 0, 5)
    rate(STAGE, 0, 0, 0, 0, 4)
    rate(VACCINE, 50, 0, 0, 0, 0, set_aside=True)
    rate(VACCINE, 50, 0, 0, 0, 0, days_ago=400)
    manifest(12, body=HEALTH, answered_after=10, resolved="yes")
    manifest(4, body=HEALTH, answered_after=40, resolved="no")
    manifest(4, body=HEALTH)
    manifest(11, body=FINANCE, answered_after=20)
    manifest(3, body=CULTURE, answered_after=5)
    manifest(10, kind=Manifestation.Kind.DENUNCIATION, body=HEALTH, answered_after=70)
    put_record(demand("iptu", searches=120, without_result=3, reformulated=11, observed=40, without_click=20))
    put_record(demand("castramóvel", searches=30, without_result=30))
    put_record(demand("=cmd", searches=15, without_result=0))
    publish_summaries(AT)
    keep_tables(AT)
