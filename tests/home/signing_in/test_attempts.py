"""Whoever tries passwords waits longer each time, and learns nothing; whoever mistypes one does not notice."""

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from home.signing_in import attempts, views
from home.signing_in.forms import LoginForm
from home.signing_in.keeping import forget_old
from home.signing_in.log_actions import SLOWED
from home.signing_in.models import AttemptCount, DaySecret

pytestmark = pytest.mark.django_db
LOGIN, RESET = "/admin/login/", "/admin/password_reset/"
PASSWORD = "um segredo comprido"
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


class Clock:
    """Tells the views what time it is."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at

    def go(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(views, "timezone", clock)
    return clock


@pytest.fixture
def ana() -> Any:
    user = get_user_model().objects.create_superuser("ana", "ana@prefeitura.example", PASSWORD)
    get_user_model().objects.create_user("bia", "bia@prefeitura.example", PASSWORD, is_active=False)
    return user


def tries(login: str, password: str, client: Client | None = None, **meta: str) -> Any:
    return (client or Client(REMOTE_ADDR="198.51.100.7")).post(LOGIN, {"username": login, "password": password}, **meta)


def words(response: Any) -> str:
    """A page without what differs by chance, and without the login that was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|CSRF_TOKEN": "[^"]+"', "", response.content.decode())
    return re.sub(r'name="username" value="[^"]*"', "", text)


def test_five_errors_are_free_then_each_costs_twice_the_last(ana: Any, clock: Clock) -> None:
    for _failure in range(5):
        assert tries("ana", "errada").status_code == 200
    waits = []
    for _failure in range(7):
        refused = tries("ana", PASSWORD)
        assert refused.status_code == 429
        waits.append(int(refused["Retry-After"]))
        clock.go(seconds=waits[-1])
        assert tries("ana", "errada").status_code == 200
    assert waits == [30, 60, 120, 240, 480, 900, 900]
    clock.go(minutes=15)
    assert tries("ana", PASSWORD).status_code == 302
    assert tries("ana", "errada").status_code == 200


def test_the_sentence_says_how_long(ana: Any, clock: Clock) -> None:
    for _failure in range(5):
        tries("ana", "errada")
    assert "Foram muitas tentativas. Espere 30 segundos e tente de novo." in words(tries("ana", "errada"))
    for _failure in range(3):
        clock.go(minutes=15)
        tries("ana", "errada")
    assert "Espere 4 minutos e tente" in words(tries("ana", "errada"))


def test_an_account_that_is_not_there_gets_the_same_answers(ana: Any, clock: Clock) -> None:
    for _failure in range(7):
        there, away, inactive = (tries(login, "errada") for login in ("ana", "zoe", "bia"))
        assert there.status_code == away.status_code == inactive.status_code
        assert words(there) == words(away) == words(inactive)
        assert there.headers.get("Retry-After") == away.headers.get("Retry-After")
    assert there.status_code == 429


def test_the_same_work_is_done_for_an_account_that_is_not_there(ana: Any, clock: Clock) -> None:
    counted = set()
    for login in ("ana", "zoe", "bia", "ana"):
        with CaptureQueriesContext(connection) as queries:
            tries(login, "errada")
        counted.add(len(queries))
    # The first of a day makes the day's secret.
    assert len(counted) == 2
    assert max(counted) <= 30


def test_case_and_spaces_are_no_other_account(ana: Any, clock: Clock) -> None:
    for login in ("ana", "Ana", " ANA", "aNa ", "ａｎａ"):
        tries(login, "errada")
    assert tries("ana", PASSWORD).status_code == 429


def test_one_place_that_tries_many_accounts_waits(ana: Any, clock: Clock) -> None:
    for number in range(attempts.ADDRESS.free):
        assert tries(f"pessoa-{number}", "Brasil2026").status_code == 200
    assert tries("ana", PASSWORD).status_code == 429
    assert tries("ana", PASSWORD, Client(REMOTE_ADDR="203.0.113.9")).status_code == 302
    clock.go(hours=1, minutes=1)
    assert tries("ana", "errada").status_code == 200
    assert tries("ana", PASSWORD).status_code == 302


@pytest.mark.parametrize("address", ["198.51.100.{}", "2001:db8:7:{:x}::5"])
def test_neighbouring_addresses_are_counted_together(ana: Any, clock: Clock, address: str) -> None:
    for number in range(attempts.NETWORK.free):
        assert tries(f"pessoa-{number}", "x", Client(REMOTE_ADDR=address.format(number + 1))).status_code == 200
    assert tries("ana", PASSWORD, Client(REMOTE_ADDR=address.format(200))).status_code == 429


def test_who_fails_on_purpose_does_not_keep_out_who_was_here_before(ana: Any, clock: Clock) -> None:
    own = Client(REMOTE_ADDR="192.0.2.1")
    assert tries("ana", PASSWORD, own).status_code == 302
    own.post("/admin/logout/")
    for _failure in range(6):
        tries("ana", "errada")
    assert tries("ana", PASSWORD).status_code == 429
    assert tries("ana", PASSWORD, own).status_code == 302
    stranger = Client(REMOTE_ADDR="192.0.2.2")
    stranger.cookies["conecta_known"] = own.cookies["conecta_known"].value.replace(":", "x:", 1)
    assert tries("ana", PASSWORD, stranger).status_code == 429


def test_a_browser_that_was_here_before_waits_too(ana: Any, clock: Clock) -> None:
    own = Client(REMOTE_ADDR="192.0.2.1")
    tries("ana", PASSWORD, own)
    own.post("/admin/logout/")
    for _failure in range(5):
        tries("ana", "errada", own)
    assert tries("ana", PASSWORD, own).status_code == 429


def test_midnight_ends_no_wait(ana: Any, clock: Clock) -> None:
    clock.at = NOON.replace(hour=23, minute=59, second=50)
    for _failure in range(5):
        tries("ana", "errada")
    clock.go(seconds=20)
    assert tries("ana", PASSWORD).status_code == 429
    clock.go(seconds=11)
    assert tries("ana", "errada").status_code == 200
    assert tries("ana", PASSWORD)["Retry-After"] == "60"


def test_a_lost_cache_opens_nothing(ana: Any, clock: Clock) -> None:
    for _failure in range(5):
        tries("ana", "errada")
    cache.clear()
    assert tries("ana", PASSWORD).status_code == 429


def test_nothing_of_who_tried_is_kept(ana: Any, clock: Clock) -> None:
    tries("ana", "errada", Client(REMOTE_ADDR="198.51.100.7"))
    kept = " ".join(str(row) for model in (AttemptCount, DaySecret) for row in model.objects.values())
    assert AttemptCount.objects.count() == 3
    assert not any(word in kept for word in ("ana", "198.51", "errada"))
    forget_old(clock.at + timedelta(days=1))
    assert AttemptCount.objects.count() == 3
    forget_old(clock.at + timedelta(days=2))
    assert not AttemptCount.objects.exists()
    assert not DaySecret.objects.filter(day=NOON.date()).exists()


def test_the_register_says_once_that_an_account_waits(ana: Any, clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="conecta.security"):
        for login in ("ana", "zoe"):
            for _failure in range(9):
                tries(login, "Minha-senha-de-verdade")
                clock.go(seconds=20)
    entry = ModelLogEntry.objects.get(action=SLOWED)
    assert (entry.object_id, entry.user_id) == (str(ana.pk), None)
    told = [record for record in caplog.records if record.name == "conecta.security"]
    assert [record.account for record in told] == [ana.pk, None]  # type: ignore[attr-defined]
    assert "Minha-senha" not in f"{entry.data} {caplog.text}"


@pytest.mark.parametrize("address", ["ana@prefeitura.example", "ninguem@prefeitura.example"])
def test_new_passwords_are_asked_for_a_few_times(ana: Any, clock: Clock, address: str) -> None:
    client = Client()
    for _asked in range(3):
        assert client.post(RESET, {"email": address}).status_code == 302
    refused = client.post(RESET, {"email": address.upper()})
    assert refused.status_code == 429
    assert "Espere 30 segundos" in words(refused)


def test_the_mail_goes_beside_the_answer(ana: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    from home.signing_in import forms

    begun: list[Any] = []

    class Beside:
        def __init__(self, target: Any, args: Any) -> None:
            self.run = lambda: target(*args)

        def start(self) -> None:
            begun.append(self.run)

    monkeypatch.setattr(forms, "Thread", Beside)
    there = Client().post(RESET, {"email": "ana@prefeitura.example"}, follow=True)
    away = Client().post(RESET, {"email": "ninguem@prefeitura.example"}, follow=True)
    assert words(there) == words(away)
    assert (len(begun), len(mail.outbox)) == (1, 0)
    begun[0]()
    assert "/admin/password_reset/confirm/" in mail.outbox[0].body


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="its writers come one after the other by themselves")
def test_many_at_once_are_as_many() -> None:
    def one(_number: int) -> int:
        try:
            counted = attempts.Counted("trial", "ana", attempts.ACCOUNT)
            return attempts.take([counted, *attempts.places("trial", "192.0.2.1")], at=NOON).wait
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(one, range(40)))
    assert sum(not wait for wait in waits) == attempts.ACCOUNT.free


def test_a_form_without_a_password_counts_nothing(ana: Any, rf: Any) -> None:
    form = LoginForm(rf.post(LOGIN), data={"username": "ana", "password": ""}, at=NOON)
    assert not form.is_valid()
    assert not AttemptCount.objects.exists()
