"""A service is rated, and what many say reaches the log, the search and the queue of reviews."""

import re
import time
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from feedback.models import Rating
from feedback.submission import MOST_OF_ONE, Given, NotRated, submit
from feedback.summaries import publish_summaries
from services.models import PublishedRecord
from services.record import Service, from_json
from tests.records import put_record, remove_record, service, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> Service:
    cache.clear()
    found = service("Marcar consulta")
    put_record(found)
    return found


def form_of(client: Client, address: str) -> dict[str, str]:
    """The hidden fields of the form, as a browser sends them back."""
    html = client.get(address).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))


def waited(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time that a person takes."""
    later = time.time() + 30
    monkeypatch.setattr(time, "time", lambda: later)


def test_two_taps_rate_a_service(client: Client, record: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    page = client.get(record.url).content.decode()
    address = re.search(r'href="(/avaliar/[^"]+stars=5)"', page).group(1)
    shown = client.get(address)
    assert {"private", "no-cache", "max-age=0"} == set(shown["Cache-Control"].split(", "))
    assert 'value="5"' in shown.content.decode()
    assert "checked" in shown.content.decode()
    hidden = form_of(client, address)
    waited(monkeypatch)
    sent = client.post(address.partition("?")[0], hidden | {"stars": "5"})
    assert sent.status_code == 302
    assert "Obrigado" in client.get(sent["Location"]).content.decode()
    kept = Rating.objects.get()
    row = PublishedRecord.objects.get(entry_id=record.id)
    assert (kept.stars, kept.service_id, kept.version, kept.set_aside) == (5, record.id, row.etag, False)


def test_sent_twice_it_counts_once(client: Client, record: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = form_of(client, f"/avaliar/{record.id}/?stars=2")
    waited(monkeypatch)
    for _ in range(3):
        client.post(f"/avaliar/{record.id}/", hidden | {"stars": "2", "reasons": ["slow"], "comment": " Demorou. "})
    kept = Rating.objects.get()
    assert (kept.stars, kept.reasons, kept.comment) == (2, ["slow"], "Demorou.")


@pytest.mark.parametrize(
    "wrong",
    [
        {"stars": ""},
        {"stars": "6"},
        {"stars": "2", "reasons": ["hard", "slow", "unclear", "unkind"]},
        {"stars": "2", "comment": "x" * 2001},
        {"stars": "2", "managed": "maybe"},
        {"stars": "2", "channel": "home_visit"},
        {"stars": "2", "took": "-1"},
        {"stars": "2", "took": "cinco"},
        {"stars": "2", "took": "1001"},
        {"stars": "2", "took": "5", "took_unit": "years"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client: Client, record: Service, wrong: dict[str, Any]) -> None:
    hidden = form_of(client, f"/avaliar/{record.id}/")
    answer = client.post(f"/avaliar/{record.id}/", hidden | wrong)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not Rating.objects.exists()


def test_lines_count_as_one_letter_as_they_do_in_the_form(client: Client, record: Service) -> None:
    """A browser lets somebody write two thousand letters, and sends each new line as two."""
    comment = "a\r\n" * 999 + "bc"
    assert (
        client.post(
            f"/avaliar/{record.id}/", form_of(client, f"/avaliar/{record.id}/") | {"stars": "2", "comment": comment}
        ).status_code
        == 302
    )
    assert Rating.objects.get().comment == comment.replace("\r", "")


def test_all_that_can_be_said_is_kept(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = [{"title": "Ir", "channels": {"default": [{"type": "in_person"}, {"type": "app"}]}}]
    record, counter = service("Emitir carteira", steps=steps), unit()
    put_record(record)
    put_record(counter)
    address = f"/avaliar/{record.id}/?stars=4&unidade={counter.id}"
    html = client.get(address).content.decode()
    assert "Pela internet ou por aplicativo" in html
    assert "Pessoalmente" in html
    assert "Por telefone" not in html, "it is no channel of this service"
    hidden = form_of(client, address)
    waited(monkeypatch)
    said = {"stars": "4", "channel": "in_person", "took": "5", "took_unit": "working_days", "managed": "partly"}
    client.post(f"/avaliar/{record.id}/", hidden | said)
    kept = Rating.objects.get()
    assert (kept.channel, kept.took_minutes, kept.managed) == ("in_person", 7 * 24 * 60, "partly")
    assert (kept.unit_id, kept.source) == (counter.id, "qr")


@pytest.mark.parametrize("name", ["unit", "unidade"])
def test_a_counter_that_never_was_is_not_kept(
    client: Client, record: Service, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = form_of(client, f"/avaliar/{record.id}/?stars=4&{name}=aaaaaaaaaa")
    waited(monkeypatch)
    client.post(f"/avaliar/{record.id}/", hidden | {"stars": "4", "unit": "bbbbbbbbbb"})
    assert (Rating.objects.get().unit_id, Rating.objects.get().source) == ("", "portal")


def test_reasons_that_do_not_go_with_the_stars_are_not_meant(
    client: Client, record: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = form_of(client, f"/avaliar/{record.id}/?stars=5")
    waited(monkeypatch)
    chosen = ["easy", "fast", "clear", "slow"]
    assert client.post(f"/avaliar/{record.id}/", hidden | {"stars": "2", "reasons": chosen}).status_code == 302
    assert (Rating.objects.get().stars, Rating.objects.get().reasons) == (2, ["slow"])


def test_a_program_is_kept_and_not_counted(client: Client, record: Service) -> None:
    hidden = form_of(client, f"/avaliar/{record.id}/")
    client.post(f"/avaliar/{record.id}/", hidden | {"stars": "1"})
    client.post(f"/avaliar/{record.id}/", hidden | {"stars": "1", "token": str(uuid.uuid4()), "site": "http://x"})
    assert list(Rating.objects.values_list("set_aside", flat=True)) == [True, True]


def given(record: Service, stars: int = 4, **more: Any) -> Given:
    return Given(token=uuid.uuid4(), service_id=record.id, stars=stars, **more)


def test_a_burst_from_one_place_is_set_aside_and_another_place_is_not(record: Service) -> None:
    at = timezone.now()
    kept = [submit(given(record), at=at, place="here") for _ in range(MOST_OF_ONE + 2)]
    assert [each.set_aside for each in kept] == [False] * MOST_OF_ONE + [True, True]
    assert not submit(given(record), at=at, place="there").set_aside
    assert not submit(given(record), at=at).set_aside, "a system of the city"


@pytest.mark.parametrize(
    "wrong",
    [
        {"stars": 0},
        {"stars": 6},
        {"reasons": ["slow"]},
        {"comment": "x" * 2001},
        {"comment": "\x00"},
        {"managed": "x"},
        {"channel": "fax"},
        {"took_minutes": -1},
        {"unit_id": "a"},
    ],
)
def test_what_is_no_rating_is_refused(record: Service, wrong: dict[str, Any]) -> None:
    with pytest.raises(NotRated):
        submit(given(record, **wrong), at=timezone.now())


def test_what_is_not_public_is_not_rated(client: Client) -> None:
    record = service("Tapar buraco")
    remove_record(put_record(record))
    with pytest.raises(NotRated):
        submit(given(record), at=timezone.now())
    assert client.get(f"/avaliar/{record.id}/").status_code == 404
    assert client.get("/avaliar/nada/").status_code == 404


def rate(record: Service, *stars: int, days: int = 2, **more: Any) -> None:
    for each in stars:
        submit(given(record, each, **more), at=timezone.now() - timedelta(days=days))


def summary(record: Service) -> Any:
    row = PublishedRecord.objects.public().filter(kind="rating", entry_id=record.id).first()
    return from_json(row.body) if row else None


def test_ten_ratings_are_told_and_nine_are_not(record: Service, client: Client) -> None:
    rate(record, *[4] * 9)
    publish_summaries(timezone.now())
    assert summary(record) is None
    rate(record, 1, managed="no")
    publish_summaries(timezone.now())
    found = summary(record)
    assert (found.count, found.mean, found.distribution) == (10, 3.7, [1, 0, 0, 9, 0])
    assert found.low < 3.7 < found.high
    assert found.managed is None, "one of ten said so"
    told = client.get("/api/v1/rating-summaries").json()
    assert [each["id"] for each in told["results"]] == [record.id]


def test_a_second_time_on_a_day_nothing_changes(record: Service) -> None:
    rate(record, *[5] * 10)
    assert publish_summaries(timezone.now()).written == 1
    rate(record, 1, days=0)
    assert publish_summaries(timezone.now()).written == 0, "today is not over"


def test_what_was_set_aside_is_not_counted_and_its_share_is_told(record: Service) -> None:
    rate(record, *[5] * 12)
    Rating.objects.filter(pk__in=Rating.objects.values("pk")[:2]).update(set_aside=True)
    publish_summaries(timezone.now())
    assert (summary(record).count, summary(record).set_aside) == (10, 0.17)


def test_what_is_a_year_old_says_nothing_of_today(record: Service) -> None:
    rate(record, *[1] * 10, days=400)
    rate(record, *[5] * 10)
    publish_summaries(timezone.now())
    assert summary(record).mean == 5


def test_a_service_that_is_gone_is_not_told_of(record: Service) -> None:
    rate(record, *[5] * 10)
    publish_summaries(timezone.now())
    remove_record(PublishedRecord.objects.get(kind="service", entry_id=record.id))
    publish_summaries(timezone.now())
    assert summary(record) is None


def test_nobodys_address_is_kept(client: Client, record: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = form_of(client, f"/avaliar/{record.id}/")
    waited(monkeypatch)
    client.post(f"/avaliar/{record.id}/", hidden | {"stars": "5"}, REMOTE_ADDR="203.0.113.7")
    assert "203.0.113.7" not in repr(Rating.objects.values().get())
    assert "203.0.113.7" not in repr(getattr(cache, "_cache", {}))


def test_a_code_of_no_counter_is_known_by_its_address(client: Client, record: Service) -> None:
    assert form_of(client, f"/avaliar/{record.id}/?origem=qr")["way"] == "qr"
    assert form_of(client, f"/avaliar/{record.id}/")["way"] == "portal"
