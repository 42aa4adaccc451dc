"""Who owes an answer is told in time, once, and nothing of what people said."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from feedback import asking, inbox
from feedback.models import InboxNotice, Manifestation
from feedback.reminders import OVERDUE, occasion_on, remind
from tests.feedback.inbox.brought import AT, Town, in_role, manifestation

pytestmark = pytest.mark.django_db
#: The day on which what came in at ``AT`` is due.
DUE = date(2026, 10, 2)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.fixture
def told(django_capture_on_commit_callbacks: Any) -> Any:
    """To whom the mails of a day go, in its order."""

    def run(day: date, *, times: int = 1) -> list[str]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            for _time in range(times):
                remind(at(day))
        return sorted(one.to[0].partition("@")[0] for one in mail.outbox)

    return run


@pytest.mark.parametrize(
    ("left", "occasion"), [(6, None), (5, 5), (4, 5), (2, 5), (1, 1), (0, 1), (-1, OVERDUE), (-40, OVERDUE)]
)
def test_five_days_one_day_and_overdue(left: int, occasion: int | None) -> None:
    assert occasion_on(DUE, DUE - timedelta(days=left)) == occasion


def test_each_reminder_goes_out_once_to_those_whose_it_is(city: Town, told: Any) -> None:
    colleague = in_role("colega", "ouvidoria", city.own)
    found = manifestation(body_id=city.own.id)
    days = [DUE + timedelta(days=days) for days in range(-8, 6)]
    sent = {(day - DUE).days: people for day in days if (people := told(day, times=2))}
    both = ["colega", "de-ouvidoria"]
    # Before the ombudsman looked at it, the body that somebody named is not told.
    assert sent == {-5: both, -1: both, 1: both}
    InboxNotice.objects.all().delete()
    inbox.assign(found, city.people["ouvidoria"], colleague, at=AT)
    sent = {(day - DUE).days: people for day in days if (people := told(day))}
    assert sent == {-5: ["colega"], -1: ["colega"], 1: ["colega", "de-ouvidoria", "de-revisao"]}


def test_a_body_is_reminded_of_its_request_and_its_head_and_the_ombudsman_of_what_is_overdue(
    city: Town, told: Any
) -> None:
    found = manifestation()
    asked = asking.ask_body(found, city.people["ouvidoria"], city.own.id, "Faltou vacina?", at=AT)
    days = [asked.due_on + timedelta(days=days) for days in range(-6, 4)]
    sent = {(day - asked.due_on).days: people for day in days if (people := told(day))}
    assert sent == {-5: ["de-revisao"], -1: ["de-revisao"], 1: ["de-ouvidoria", "de-revisao"]}
    asking.answer_as_body(asked, city.people["revisao"], "Faltou.", at=at(days[-1]))
    InboxNotice.objects.all().delete()
    assert told(days[-1]) == []


def test_a_day_without_a_worker_is_made_up_for_and_the_answered_are_left_alone(city: Town, told: Any) -> None:
    found = manifestation()
    assert told(DUE - timedelta(days=3)) == ["de-ouvidoria"]
    inbox.extend(found, city.people["ouvidoria"], "A obra depende de uma peça que vem.", at=at(DUE))
    assert told(DUE) == []
    found.refresh_from_db()
    # What is due on another day is reminded of anew.
    assert told(found.due_on - timedelta(days=5)) == ["de-ouvidoria"]
    inbox.answer(found, city.people["ouvidoria"], "Chegou.", at=at(found.due_on))
    assert told(found.due_on + timedelta(days=3)) == []


def test_a_mail_holds_protocol_and_address_and_nothing_of_what_was_said(city: Town, told: Any) -> None:
    found = manifestation("denunciation", text="O fiscal pediu dinheiro.", body_id=city.own.id, state="in_hand")
    assert told(DUE + timedelta(days=1)) == ["de-ouvidoria"]
    (letter,) = mail.outbox
    assert letter.subject == "1 resposta em atraso"
    assert found.protocol in letter.body
    assert f"/admin/conecta/caixa-de-entrada/manifestacao/{found.pk}/" in letter.body
    assert "venceu há 1 dia" in letter.body
    assert "fiscal" not in letter.body
    assert "Denúncia" not in letter.body


def test_nothing_at_night_and_what_was_not_sent_is_sent_later(
    city: Town, told: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    manifestation()
    assert remind(datetime(2026, 10, 1, 5, tzinfo=UTC)) == 0
    # A worker that was killed between writing the rows and sending.
    with django_capture_on_commit_callbacks(execute=False):
        remind(at(DUE))
    assert InboxNotice.objects.filter(sent_at=None).count() == 1
    assert told(DUE) == []
    with django_capture_on_commit_callbacks(execute=True):
        remind(at(DUE) + timedelta(hours=2))
    assert len(mail.outbox) == 1
    assert InboxNotice.objects.filter(sent_at=None).count() == 0
    # A server that takes no mail.
    InboxNotice.objects.all().delete()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    assert told(DUE) == []
    assert not InboxNotice.objects.exists()
    assert Manifestation.objects.count() == 1
