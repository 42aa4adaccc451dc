"""Reminders of reviews: in time, once, one mail a person and day."""

import socket
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command

from services.models import Reminder, ReminderMail, ServicePage
from services.reviews.reminders import occasion_on, remind
from services.reviews.reviewing import confirm_review
from tests.services import charter

#: Nine in the morning in Bahia.
AT = datetime(2026, 3, 3, 12, tzinfo=UTC)
TODAY = date(2026, 3, 3)


def person(name: str, **fields: Any) -> Any:
    given = {"email": f"{name}@prefeitura.example", "first_name": name.title()}
    return get_user_model().objects.create_user(name, **(given | fields))


@pytest.mark.parametrize(
    ("left", "occasion"),
    [(31, None), (30, -1), (12, -1), (1, -1), (0, 0), (-1, 0), (-6, 0), (-7, 1), (-13, 1), (-14, 2), (-365, 52)],
)
def test_thirty_days_before_on_the_day_and_each_week_after(left: int, occasion: int | None) -> None:
    assert occasion_on(TODAY + timedelta(days=left), TODAY) == occasion


@pytest.mark.django_db
def test_one_mail_a_person_with_all_their_services_in_plain_words() -> None:
    ana, rui = person("ana"), person("rui")
    body = charter.body()
    for title, due, fields in (
        ("Marcar exame", date(2026, 3, 3), {"responsible": ana}),
        ("Tomar vacina", date(2026, 2, 24), {"responsible": ana, "owner": rui}),
        ("Pedir poda", date(2026, 4, 2), {"owner": rui}),
        ("Longe ainda", date(2026, 4, 3), {"owner": rui}),
    ):
        charter.service(body, title, review_due=due, **fields)
    assert remind(AT) == 2
    first, second = sorted(mail.outbox, key=lambda one: one.to)
    assert (first.to, first.subject) == (["ana@prefeitura.example"], "2 serviços para revisar")
    assert (second.to, second.subject) == (["rui@prefeitura.example"], "1 serviço para revisar")
    assert first.body.startswith("Olá, Ana.")
    assert first.body.index("Tomar vacina") < first.body.index("Marcar exame")
    assert "A revisão venceu há 7 dias, em 24/02/2026." in first.body
    assert "A revisão vence hoje." in first.body
    assert "/admin/conecta/revisar/" in first.body
    assert "Pedir poda" in second.body
    assert "Longe ainda" not in second.body


@pytest.mark.django_db
def test_each_goes_out_once_however_often_a_worker_looks(clock: Any) -> None:
    charter.service(charter.body(), review_due=TODAY, responsible=person("ana"))
    told = []
    for days in range(-31, 15):
        for hours in (0, 1, 2):
            remind(AT + timedelta(days=days, hours=hours))
            remind(AT + timedelta(days=days, hours=hours))
        told += [days] * (len(mail.outbox) - len(told))
    assert told == [-30, 0, 7, 14]
    # A clock that jumps back sends nothing again.
    for days in range(-31, 15):
        remind(AT + timedelta(days=days))
    clock(AT + timedelta(days=14))
    call_command("worker", "--once")
    assert len(mail.outbox) == len(told)


@pytest.mark.django_db
def test_days_on_which_no_worker_ran_are_made_up_for() -> None:
    charter.service(charter.body(), review_due=TODAY - timedelta(days=17), responsible=person("ana"))
    assert remind(AT) == 1
    assert [reminder.occasion for reminder in Reminder.objects.all()] == [2]
    assert remind(AT + timedelta(days=1)) == 0


@pytest.mark.django_db
def test_a_review_ends_the_reminders_and_a_new_day_begins_others() -> None:
    ana = person("ana")
    service = charter.service(charter.body(), review_due=TODAY, responsible=ana)
    confirm_review(service.pk, by=ana, at=AT)
    assert remind(AT) == 0
    assert remind(AT + timedelta(days=149)) == 0
    assert remind(AT + timedelta(days=150)) == 1


@pytest.mark.django_db
def test_who_left_is_not_written_to_and_nobody_at_night() -> None:
    body = charter.body()
    gone, boss, silent = person("ana", is_active=False), person("rui"), person("eva", email="")
    charter.service(body, "Um", review_due=TODAY, responsible=gone, owner=boss)
    charter.service(body, "Dois", review_due=TODAY, responsible=silent)
    charter.service(body, "Três", review_due=TODAY)
    assert remind(datetime(2026, 3, 3, 9, 59, tzinfo=UTC)) == 0
    assert remind(datetime(2026, 3, 3, 10, 0, tzinfo=UTC)) == 1
    assert [message.to for message in mail.outbox] == [["rui@prefeitura.example"]]


@pytest.mark.django_db
def test_what_did_not_go_out_is_sent_by_the_next_round(settings: Any) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    charter.service(charter.body(), review_due=TODAY, responsible=person("ana"))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    assert remind(AT) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert remind(AT + timedelta(minutes=15)) == 1
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_what_a_killed_worker_had_claimed_is_sent_an_hour_later_under_the_same_name() -> None:
    ana = person("ana")
    service = charter.service(charter.body(), review_due=TODAY, responsible=ana)
    left = ReminderMail.objects.create(user=ana, day=TODAY, claimed_at=AT)
    Reminder.objects.create(mail=left, service=service, due=TODAY, occasion=0)
    assert remind(AT + timedelta(minutes=59)) == 0
    assert remind(AT + timedelta(minutes=61)) == 1
    assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<revisao-20260303-{ana.pk}@")


@pytest.mark.django_db
def test_an_import_without_days_is_reminded_of_half_a_year_after_it_was_published() -> None:
    service = charter.service(charter.body(), responsible=person("ana"))
    published = datetime(2025, 9, 4, 12, tzinfo=UTC)
    ServicePage.objects.filter(pk=service.pk).update(review_due=None, first_published_at=published)
    assert remind(AT) == 1
    assert Reminder.objects.get().due == date(2026, 3, 3)
