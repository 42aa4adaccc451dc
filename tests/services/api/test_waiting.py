"""A follower that waits at the head of the log."""

import threading
import time
from typing import Any

import httpx
import pytest
from django.test import Client

from services.api import waiting
from tests.records import put_record, service
from tests.services.api.asking import get


@pytest.mark.django_db
def test_what_is_there_already_is_not_waited_for(client: Client) -> None:
    put_record(service())
    started = time.monotonic()
    assert len(get(client, "/changes", after="0", wait=25)["changes"]) == 1
    assert time.monotonic() - started < 5
    get(client, "/changes", 422, wait=26)


@pytest.mark.django_db
def test_nothing_came(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "LOOK", 0.01)
    put_record(service())
    cursor = get(client, "/changes")["cursor"]
    assert get(client, "/changes", after=cursor, wait=1) == {"cursor": cursor, "changes": []}


@pytest.mark.django_db(transaction=True)
def test_a_change_ends_the_wait(live_server: Any) -> None:
    put_record(service("Podar"))
    address = f"{live_server.url}/api/v1/changes"
    cursor = httpx.get(address).json()["cursor"]
    found: list[Any] = []
    follower = threading.Thread(
        target=lambda: found.append(httpx.get(address, params={"after": cursor, "wait": 20}, timeout=30).json())
    )
    follower.start()
    time.sleep(0.3)
    assert found == [], "it waits"
    put_record(service("Varrer"))
    follower.join(timeout=15)
    assert [change["record"]["title"] for change in found[0]["changes"]] == ["Varrer"]


@pytest.mark.django_db
def test_whoever_finds_no_place_to_wait_is_answered_at_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_free", threading.BoundedSemaphore(1))
    put_record(service())
    cursor = get(client, "/changes")["cursor"]
    with waiting._free:
        started = time.monotonic()
        assert get(client, "/changes", after=cursor, wait=25)["changes"] == []
        assert time.monotonic() - started < 5
