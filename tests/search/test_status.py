"""Suspended or out of season: told by every channel at its second, without a publication or a worker."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from search.searching import search
from services import changes
from services.models import Suspension
from tests.services import charter

pytestmark = pytest.mark.django_db
STARTS = datetime(2026, 5, 4, 12, tzinfo=UTC)
ENDS = datetime(2026, 5, 10, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SEASON = (
    '[{"type": "season", "id": "5b2d3f0e-5f3c-4d8e-9a51-0c1f5a1d2e07", "value": '
    '{"opens": "2026-05-04T12:00:00Z", "closes": "2026-05-10T12:00:00Z", "message": "Só em maio."}}]'
)


class Seen:
    """What each channel tells of a service at a moment, and the ETags under which it does."""

    def __init__(self, client: Any, service: Any) -> None:
        self.client, self.service = client, service

    def __call__(self, at: datetime, words: str) -> dict[str, Any]:
        one_address = f"/api/v1/services/{self.service.record_id}"
        page, one, many = (self.client.get(url) for url in (self.service.url, one_address, "/api/v1/services"))
        results = self.client.get("/busca/", {"q": "consulta"})
        found = self.client.get("/api/v1/search", {"q": "consulta"})
        told = {
            "portal": words in page.content.decode().lower(),
            "record": one.json()["status"]["name"],
            "list": many.json()["results"][0]["status"]["name"],
            "search": found.json()["results"][0]["status"]["name"],
            "results": words in results.content.decode().lower(),
        }
        # Nobody who keeps the page keeps it beyond the moment at which it is another.
        age = max(int(each) for each in re.findall(r"(?:max-age|s-maxage)=(\d+)", page["Cache-Control"]))
        assert all(at + timedelta(seconds=age) <= edge for edge in (STARTS, ENDS) if edge > at)
        for answer in (one, many):
            kept = re.findall(r"(?:s-maxage|stale-if-error)=(\d+)", answer["Cache-Control"])
            assert len(kept) == 2
            assert all(at + timedelta(seconds=int(age)) <= edge for age in kept for edge in (STARTS, ENDS) if edge > at)
        assert "no-cache" in found["Cache-Control"]
        return told | {"etags": (page["ETag"], one["ETag"], many["ETag"])}


def tell(monkeypatch: pytest.MonkeyPatch, seen: Seen, words: str) -> list[dict[str, Any]]:
    told = []
    for at in (STARTS - SECOND, STARTS, ENDS - SECOND, ENDS):
        monkeypatch.setattr(timezone, "now", lambda at=at: at)
        told.append(seen(at, words))
    return told


def check(told: list[dict[str, Any]], names: list[str], shown: list[bool]) -> None:
    for channel in ("record", "list", "search"):
        assert [one[channel] for one in told] == names, channel
    for channel in ("portal", "results"):
        assert [one[channel] for one in told] == shown, channel
    # Before, within and after are three answers of the API; within, nothing changes from the first second to the last.
    for number in (1, 2):
        etags = [one["etags"][number] for one in told]
        assert etags[1] == etags[2]
        assert len(set(etags)) == 3
    pages = [one["etags"][0] for one in told]
    assert pages[1] == pages[2]
    assert pages[0] != pages[1] != pages[3]


def test_a_suspension(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    service = charter.service(charter.body(), "Marcar consulta")
    Suspension(service=service, starts=STARTS, ends=ENDS, message="Sistema parado.").save()
    search("consulta", locale="pt-br")
    head = changes.head()
    told = tell(monkeypatch, Seen(client, service), "suspenso")
    check(told, ["normal", "suspended", "suspended", "normal"], [False, True, True, False])
    assert changes.head() == head


def test_a_season(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    service = charter.service(charter.body(), "Marcar consulta", seasons=SEASON)
    search("consulta", locale="pt-br")
    told = tell(monkeypatch, Seen(client, service), "fora d")
    check(told, ["out_of_season", "normal", "normal", "out_of_season"], [True, False, False, True])
