"""A flood from one place is set aside and told of; people behind one proxy are many; uncounted, none is lost."""

import ipaddress
import logging
import os
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.test import Client
from django.utils import timezone

from feedback.models import Rating
from feedback.submission import MOST_OF_ALL, MOST_OF_ONE
from feedback.summaries import publish_summaries
from services.models import PublishedRecord
from services.record import Service, from_json
from tests.feedback.ways.test_links import hidden
from tests.records import put_record, service

pytestmark = pytest.mark.django_db
PROXY = "10.0.0.1"
#: ``make bench`` sends from 2,000 too.
PEOPLE = 2_000 if os.environ.get("CONECTA_LONG") else 200


@pytest.fixture
def proxied(client: Client, settings: Any) -> Callable[[Service, str], str]:
    """Rate by the API from an address that the trusted proxy names; what became of it."""
    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.0.0.0/8")]

    def rate(record: Service, address: str) -> str:
        body = {"token": str(uuid.uuid4()), "service_id": record.id, "stars": 4}
        headers = {"X-Forwarded-For": f"203.0.113.250, {address}"}
        answer = client.post(
            "/api/v1/ratings", body, content_type="application/json", headers=headers, REMOTE_ADDR=PROXY
        )
        return answer.json()["result"]

    return rate


def test_many_people_behind_a_proxy_are_all_counted(record: Service, proxied: Callable[[Service, str], str]) -> None:
    told = {proxied(record, f"198.18.{number // 250}.{number % 250}") for number in range(PEOPLE)}
    assert told == {"stored"}
    assert Rating.objects.filter(set_aside=False).count() == PEOPLE


def test_of_sixty_from_one_address_the_rest_is_set_aside_and_its_share_told(
    record: Service, proxied: Callable[[Service, str], str]
) -> None:
    told = [proxied(record, "198.18.0.1") for _ in range(60)]
    assert told == ["stored"] * MOST_OF_ONE + ["set_aside"] * (60 - MOST_OF_ONE)
    for number in range(5):
        proxied(record, f"198.18.1.{number}")
    Rating.objects.update(received_at=timezone.now() - timedelta(days=2))
    publish_summaries(timezone.now())
    summary = from_json(PublishedRecord.objects.public().get(kind="rating", entry_id=record.id).body)
    assert (summary.count, summary.set_aside) == (MOST_OF_ONE + 5, 0.85)


def test_a_flood_over_many_services_is_one_too(record: Service, proxied: Callable[[Service, str], str]) -> None:
    others = [service(f"Serviço {number}") for number in range(10)]
    for each in others:
        put_record(each)
    told = [proxied(others[number % 10], "198.18.0.1") for number in range(MOST_OF_ALL + 5)]
    assert told == ["stored"] * MOST_OF_ALL + ["set_aside"] * 5


def test_tomorrow_nobody_is_who_they_were(
    record: Service, proxied: Callable[[Service, str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    assert [proxied(record, "198.18.0.1") for _ in range(MOST_OF_ONE + 1)][-1] == "set_aside"
    tomorrow = time.time() + 24 * 3600
    monkeypatch.setattr(time, "time", lambda: tomorrow)
    assert proxied(record, "198.18.0.1") == "stored"


class Away(LocMemCache):
    """A cache whose server does not answer."""

    def _gone(self, *_args: Any, **_kwargs: Any) -> Any:
        raise ConnectionError("no route to the cache")

    get = set = add = incr = delete = touch = _gone


@pytest.fixture
def cache_away(record: Service, settings: Any) -> None:
    """While it lasts, nothing can be counted."""
    settings.CACHES = {"default": {"BACKEND": f"{__name__}.Away"}}


@pytest.mark.usefixtures("cache_away")
def test_while_the_cache_is_away_all_are_kept_and_counted(
    client: Client, record: Service, later: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    body = {"service_id": record.id, "stars": 4}
    with caplog.at_level(logging.ERROR):
        for _ in range(MOST_OF_ONE + 3):
            sent = body | {"token": str(uuid.uuid4())}
            assert client.post("/api/v1/ratings", sent, content_type="application/json").status_code == 201
    form = hidden(client, f"/avaliar/{record.id}/?stars=3")
    later()
    assert client.post(f"/avaliar/{record.id}/", form | {"stars": "3"}).status_code == 302
    assert Rating.objects.filter(set_aside=False).count() == MOST_OF_ONE + 4
    assert "the cache is away" in caplog.text
