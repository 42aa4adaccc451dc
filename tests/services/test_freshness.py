"""Time changes an answer without a publication."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from services import changes
from services.models import Suspension
from tests.services import charter

pytestmark = pytest.mark.django_db
MOMENTS = [datetime(2026, 5, day, 12, tzinfo=UTC) for day in (1, 5, 20)]


def test_page_and_etags_change_when_a_suspension_begins_and_ends(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    service = charter.service(charter.body())
    Suspension(
        service=service,
        starts=datetime(2026, 5, 4, 12, tzinfo=UTC),
        ends=datetime(2026, 5, 10, 12, tzinfo=UTC),
        message="Sistema parado.",
    ).save()
    head = changes.head()
    addresses = (service.url, f"/api/v1/services/{service.record_id}", "/api/v1/services")
    tags: dict[str, list[str]] = {address: [] for address in addresses}
    told = []
    statuses = []
    for moment in MOMENTS:
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        told.append("Sistema parado." in client.get(service.url).content.decode())
        one = client.get(addresses[1]).json()
        statuses.append(one["status"]["name"])
        assert client.get(addresses[2]).json()["results"] == [one]
        for address in addresses:
            etag = client.get(address)["ETag"]
            assert client.get(address, headers={"if-none-match": etag}).status_code == 304
            tags[address].append(etag)
    assert told == [False, True, False]
    assert statuses == ["normal", "suspended", "normal"]
    page, *apis = tags.values()
    assert page[0] == page[2] != page[1], "of its bytes"
    assert [len(set(found)) for found in apis] == [3, 3]
    assert changes.head() == head


def test_what_has_no_dates_keeps_its_etag(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    service = charter.service(charter.body())
    tags = set()
    for moment in MOMENTS:
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        tags.add(client.get(f"/api/v1/services/{service.record_id}")["ETag"])
    assert tags == {f'"{charter.public(service).etag}"'}
