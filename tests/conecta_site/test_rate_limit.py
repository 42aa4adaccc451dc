"""Nobody's requests keep others from their answers, and nobody is remembered for them."""

import ipaddress
import time
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from services.api_keys.keys import find, give
from services.client_address import client_of
from services.models import ApiKey
from tests.records import put_record, service

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/services"


@pytest.fixture(autouse=True)
def _three_a_minute(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.API_REQUESTS_PER_MINUTE = 3
    cache.clear()
    # A quarter past a minute that no other test counts in.
    moment = 2_000_000_000 - 2_000_000_000 % 60 + 15
    monkeypatch.setattr(time, "time", lambda: moment)


def made(**values: Any) -> tuple[ApiKey, str]:
    holder = ApiKey(name="Aplicativo", contact="app@example.com", **values)
    key = give(holder)
    holder.save()
    return holder, key


def test_what_is_left_is_said_and_then_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    put_record(service())
    told = [client.get(ADDRESS, REMOTE_ADDR="203.0.113.7") for _ in range(4)]
    assert [each.status_code for each in told] == [200, 200, 200, 429]
    assert [each["RateLimit"] for each in told] == [f'"client";r={left};t=45' for left in (2, 1, 0, 0)]
    assert told[0]["RateLimit-Policy"] == '"client";q=3;w=60'
    refusal = told[3]
    assert (refusal["Retry-After"], refusal["Content-Type"]) == ("45", "application/problem+json")
    assert refusal.json()["status"] == 429
    assert refusal["Access-Control-Allow-Origin"] == "*"
    assert client.get(ADDRESS, REMOTE_ADDR="203.0.113.8").status_code == 200, "somebody else"
    later = time.time() + 60
    monkeypatch.setattr(time, "time", lambda: later)
    assert client.get(ADDRESS, REMOTE_ADDR="203.0.113.7").status_code == 200


def test_what_is_kept_names_nobody(client: Client) -> None:
    client.get(ADDRESS, REMOTE_ADDR="203.0.113.7")
    held = repr(getattr(cache, "_cache", {}))
    assert "conecta-count" in held
    assert "203.0.113.7" not in held


def test_a_question_whether_one_may_ask_is_not_counted(client: Client) -> None:
    for _ in range(5):
        assert client.options(ADDRESS).status_code == 204
    assert client.get(ADDRESS)["RateLimit"].startswith('"client";r=2;')


def test_without_a_limit_nothing_is_counted(client: Client, settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 0
    told = client.get(ADDRESS)
    assert "RateLimit" not in told
    assert "conecta-count" not in repr(getattr(cache, "_cache", {}))


def test_a_key_has_its_own_limit(client: Client, django_assert_num_queries: Any) -> None:
    _holder, key = made(per_minute=5)
    headers = {"Authorization": f"Bearer {key}"}
    told = [client.get(ADDRESS, headers=headers) for _ in range(6)]
    assert [each.status_code for each in told] == [200] * 5 + [429]
    assert told[0]["RateLimit"] == '"key";r=4;t=45'
    with django_assert_num_queries(1):
        client.get("/api/v1/nothing", headers=headers)


@pytest.mark.parametrize("authorization", ["Bearer conecta_nada", "Basic YTpi", "Bearer", "Bearer " + "x" * 5000])
def test_a_key_that_is_none_is_refused(client: Client, authorization: str) -> None:
    told = client.get(ADDRESS, headers={"Authorization": authorization})
    assert (told.status_code, told["Content-Type"]) == (401, "application/problem+json")
    assert told["WWW-Authenticate"] == 'Bearer realm="conecta"'


def test_a_key_that_was_taken_back_is_worth_nothing() -> None:
    holder, key = made()
    assert find(key) is not None
    holder.refresh_from_db()
    assert holder.last_used_on is not None
    holder.active = False
    holder.save()
    assert find(key) is None


def test_the_key_itself_is_kept_nowhere() -> None:
    holder, key = made()
    assert key not in repr(ApiKey.objects.filter(pk=holder.pk).values().get())
    assert key.startswith(holder.beginning)
    assert len(holder.beginning) < len(key) / 3


@pytest.mark.parametrize(
    ("peer", "forwarded", "client_address"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("10.0.0.2", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "192.0.2.9, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "198.51.100.1, 10.0.0.3", "198.51.100.1"),
        ("10.0.0.2", "x", "10.0.0.2"),
        ("10.0.0.2", "", "10.0.0.2"),
        ("", "", ""),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
        ("::ffff:203.0.113.7", "", "203.0.113.7"),
    ],
)
def test_a_proxy_is_believed_only_if_it_is_trusted(
    peer: str, forwarded: str, client_address: str, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.0.0.0/24"), ipaddress.ip_network("fd00::/8")]
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"X-Forwarded-For": forwarded})
    assert client_of(request) == client_address
