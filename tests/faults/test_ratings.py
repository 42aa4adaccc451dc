"""Ratings at the same moment: two phones with one link, many with one token. Each counts once.

A database that goes away meanwhile is seen in ``chaos``.
"""

import re
import threading
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from feedback.models import Rating, RatingLinkBatch
from feedback.submission import Given, submit
from feedback.ways import links
from services.record import Service
from tests.faults.conftest import PATIENCE, Threads
from tests.faults.overlapping import Pause, wait_until_blocked
from tests.records import put_record, service

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def record() -> Service:
    found = service("Marcar consulta")
    put_record(found)
    return found


def form_of(path: str) -> dict[str, str]:
    html = Client().get(path).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))


@pytest.mark.usefixtures("postgresql")
def test_the_same_link_from_two_phones_at_once_rates_once(
    record: Service, threads: Threads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedback.by_programs.TOO_FAST", -1)
    [path] = links.make(record.id, count=1, days=30, at=timezone.now())[1]
    forms = [form_of(path), form_of(path)]
    middle, kept = Pause(), Rating.save

    def save_and_wait(self: Rating, *args: Any, **kwargs: Any) -> None:
        kept(self, *args, **kwargs)
        middle()

    monkeypatch.setattr(Rating, "save", save_and_wait)
    answers: list[Any] = []

    def send(form: dict[str, str], stars: str) -> None:
        answers.append(Client().post(path, form | {"stars": stars}))

    threads.start(send, forms[0], "5")
    assert middle.reached.wait(PATIENCE)
    threads.start(send, forms[1], "1")
    # The second is in the middle too: it waits for what the first inserted.
    wait_until_blocked()
    middle.let_go()
    threads.join()
    assert sorted(answer.status_code for answer in answers) == [302, 410]
    late = next(answer for answer in answers if answer.status_code == 410)
    assert "Este link já foi usado" in late.content.decode()
    assert Rating.objects.get().stars == 5
    assert RatingLinkBatch.objects.get().used == 1


@pytest.mark.usefixtures("postgresql")
def test_many_at_once_with_the_same_token_are_one(record: Service, threads: Threads) -> None:
    given, start = Given(token=uuid.uuid4(), service_id=record.id, stars=4), threading.Barrier(8)
    told: list[bool] = []

    def send() -> None:
        start.wait(PATIENCE)
        told.append(submit(given, at=timezone.now()).was_there)

    for _ in range(8):
        threads.start(send)
    threads.join()
    assert sorted(told) == [False] + [True] * 7
    assert Rating.objects.count() == 1
