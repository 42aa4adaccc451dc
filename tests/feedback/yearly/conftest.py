"""A year of a city."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from feedback.models import BodyRequest, Movement
from tests.feedback.yearly.told_year import IN_YEAR, manifested, rated
from tests.records import put_record, secretariat, service


@pytest.fixture
def year() -> dict[str, Any]:
    """2025 of a city: two bodies and a service, ratings and manifestations, and some of the years beside."""
    health, finance = secretariat("Secretaria da Saúde"), secretariat("Secretaria de Finanças", acronym="SEFIN")
    consult = service("Marcar consulta")
    for each in (health, finance, consult):
        put_record(each)
    rated(12, 5, service_id=consult.id, body_id=health.id, managed="yes", reasons=["kind"])
    rated(15, 2, service_id=consult.id, body_id=health.id, managed="no", reasons=["unlike", "slow"])
    rated(10, 4, body_id=finance.id)
    rated(11, 1, set_aside=True, body_id=finance.id)
    rated(40, 1, at=datetime(2024, 12, 31, 20, tzinfo=UTC), body_id=finance.id)
    rated(40, 1, at=datetime(2026, 1, 1, 4, tzinfo=UTC), body_id=finance.id)
    told = manifested(20, body_id=finance.id, first_answered_at=IN_YEAR + timedelta(days=20))
    manifested(30, body_id=health.id, service_id=consult.id, first_answered_at=IN_YEAR + timedelta(days=50))
    manifested(10, "praise", body_id=health.id, way="phone", resolved="yes", first_answered_at=IN_YEAR)
    manifested(9, "suggestion", body_id=health.id)
    manifested(50, at=datetime(2024, 6, 1, 12, tzinfo=UTC), body_id=health.id)
    for each in told[:12]:
        Movement.objects.create(manifestation=each, act=Movement.Act.CHANGED, at=IN_YEAR)
        BodyRequest.objects.create(
            manifestation=each, body_id=finance.id, asked_at=IN_YEAR, due_on=date(2025, 5, 25), answered_at=IN_YEAR
        )
    return {"health": health, "finance": finance, "consult": consult}
