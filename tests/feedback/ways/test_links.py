"""Private links after a transaction: once, until their day, and nobody is told by them."""

import csv
import io
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from feedback.models import Rating, RatingLinkBatch
from feedback.ways import links
from feedback.ways.response_rates import response_rates
from services.models import PublishedRecord
from services.record import Service
from tests.records import put_record, remove_record, unit

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/rating-links"


def made(record: Service, count: int = 1, **more: Any) -> list[str]:
    at = more.pop("at", timezone.now())
    return list(links.make(record.id, count=count, days=30, at=at, **more)[1])


def hidden(client: Client, path: str) -> dict[str, str]:
    html = client.get(path).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))


def test_a_link_is_used_once_and_then_says_so(client: Client, record: Service, later: Callable[[], None]) -> None:
    counter = unit()
    put_record(counter)
    [path] = made(record, unit_id=counter.id)
    form = hidden(client, path)
    later()
    sent = client.post(path, form | {"stars": "5", "unit": "", "token": str(uuid.uuid4())})
    assert sent.status_code == 302
    assert "Obrigado" in client.get(sent["Location"]).content.decode()
    again = client.post(path, form | {"stars": "1", "token": str(uuid.uuid4())})
    assert again.status_code == 410
    assert "Este link já foi usado" in again.content.decode()
    assert f"/avaliar/{record.id}/" in client.get(path).content.decode(), "where else they can rate"
    kept = Rating.objects.get()
    assert (kept.stars, kept.source, kept.unit_id, kept.set_aside) == (5, "link", counter.id, False)


def test_what_was_said_is_not_found_by_the_link(client: Client, record: Service, later: Callable[[], None]) -> None:
    [path] = made(record)
    form = hidden(client, path)
    later()
    client.post(path, form | {"stars": "5"})
    once = path.split("/")[3]
    assert once[8:20] not in repr(Rating.objects.values().get())
    assert once[8:20] not in repr(RatingLinkBatch.objects.values().get())


def test_a_link_that_expired_is_told_kindly_with_the_ordinary_form(client: Client, record: Service) -> None:
    [path] = made(record, at=timezone.now() - timedelta(days=31))
    answer = client.get(path)
    assert answer.status_code == 410
    assert "O prazo deste link acabou" in answer.content.decode()
    assert f"/avaliar/{record.id}/" in answer.content.decode()
    assert client.post(path, {"stars": "5"}).status_code == 410
    assert not Rating.objects.exists()


def test_a_link_that_was_changed_is_none(client: Client, record: Service) -> None:
    [path] = made(record)
    text = path.split("/")[3]
    for place in (0, 8, 19, 20, 35):
        other = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        answer = client.get(f"/avaliar/l/{other}/")
        assert answer.status_code == 404
        assert "Este link não funciona" in answer.content.decode()
    assert client.get(f"/avaliar/l/{text[:-1]}/").status_code == 404
    assert client.get(path).status_code == 200


def test_links_outlive_the_key_that_signed_them_if_it_is_kept(client: Client, record: Service, settings: Any) -> None:
    [path] = made(record)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "x" * 50, [settings.SECRET_KEY]
    assert client.get(path).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(path).status_code == 404


def test_of_a_service_that_is_gone_it_says_so(client: Client, record: Service) -> None:
    [path] = made(record)
    remove_record(PublishedRecord.objects.get(entry_id=record.id))
    assert client.get(path).status_code == 410


def test_how_many_were_given_and_used_is_known(client: Client, record: Service, later: Callable[[], None]) -> None:
    paths = made(record, 10) + made(record, 10)
    form = hidden(client, paths[0])
    later()
    for path in paths[:5]:
        client.post(path, form | {"stars": "4"})
    found = response_rates()[record.id]
    assert (found.given, found.used, found.share) == (20, 5, 0.25)


def ask(client: Client, body: Any, headers: dict[str, str] | None = None) -> Any:
    return client.post(ADDRESS, body, content_type="application/json", headers=headers or {})


def test_a_system_asks_for_links(client: Client, record: Service, keyed: dict[str, str]) -> None:
    answer = ask(client, {"service_id": record.id, "count": 1000, "days": 7, "channel": "phone"}, keyed)
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert len(set(told["links"])) == 1000
    assert all(re.fullmatch(r"http://testserver/avaliar/l/[\w-]{36}/", link) for link in told["links"])
    batch = RatingLinkBatch.objects.get()
    assert (batch.given, batch.made_by, batch.code) == (1000, "Agendamento", told["batch"])
    assert batch.expires_at - batch.made_at == timedelta(days=7)


def test_a_system_has_them_as_a_table(client: Client, record: Service, keyed: dict[str, str]) -> None:
    answer = ask(client, {"service_id": record.id, "count": 3, "format": "csv"}, keyed)
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["service_id"] for row in rows] == [record.id] * 3
    assert client.get(rows[2]["link"].removeprefix("http://testserver")).status_code == 200
    batch = RatingLinkBatch.objects.get()
    assert batch.expires_at - batch.made_at == timedelta(days=30)


@pytest.mark.parametrize(
    "change", [{"count": 1001}, {"count": 0}, {"days": 366}, {"service_id": "aaaaaaaaaa"}, {"counts": 2}, {"cpf": "1"}]
)
def test_what_is_wrong_makes_no_links(
    client: Client, record: Service, keyed: dict[str, str], change: dict[str, Any]
) -> None:
    answer = ask(client, {"service_id": record.id} | change, keyed)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert not RatingLinkBatch.objects.exists()


def test_links_ask_for_a_key(client: Client, record: Service) -> None:
    assert ask(client, {"service_id": record.id}).status_code == 401
    assert not RatingLinkBatch.objects.exists()
