"""Schedules: each thing in its time, once, whatever the clock does and whoever else fails."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command
from wagtail.models import Page, PageLogEntry

from services import changes
from services.models import PublishedVersion, ScheduleFailure, ServicePage, Topic
from services.scheduling import AGAIN_AFTER, due, publish_due
from tests.services import charter

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 3, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def body() -> Any:
    return charter.body()


@pytest.fixture
def ana() -> Any:
    return get_user_model().objects.create_user("ana", email="ana@prefeitura.example", first_name="Ana")


def scheduled(body: Any, title: str, at: datetime = AT, **fields: Any) -> ServicePage:
    """A draft that was approved to go live at a moment."""
    draft = charter.draft_page(body, ServicePage, title, **fields)
    Page.objects.filter(pk=draft.pk).update(go_live_at=at)
    draft.revisions.update(approved_go_live_at=at)
    return charter.fresh(draft)


def times(page: ServicePage, action: str) -> int:
    return PageLogEntry.objects.filter(page=page.pk, action=action).count()


def test_it_goes_live_at_its_second(body: Any, clock: Any) -> None:
    page = scheduled(body, "Novo")
    for at, public in ((AT - SECOND, False), (AT, False), (AT + SECOND, True)):
        clock(at)
        call_command("worker", "--once")
        assert bool(charter.public(page)) == public


def test_what_was_missed_is_caught_up_by_the_worker_in_its_order(body: Any, clock: Any) -> None:
    late, earlier = scheduled(body, "Dois", AT - timedelta(days=2)), scheduled(body, "Um", AT - timedelta(days=3))
    over = charter.service(body, "Três")
    Page.objects.filter(pk=over.pk).update(expire_at=AT - timedelta(days=1))
    clock(AT)
    call_command("worker", "--once")
    assert charter.public(late).sequence > charter.public(earlier).sequence
    assert charter.public(over) is None
    assert charter.fresh(over).expired


def test_a_clock_that_jumps_back_does_nothing_twice(body: Any, clock: Any) -> None:
    page = scheduled(body, "Novo")
    over = charter.service(body, "Velho")
    Page.objects.filter(pk=over.pk).update(expire_at=AT)
    told = []
    for hours in (1, -1, -48, 0, 1, 2):
        clock(AT + timedelta(hours=hours, minutes=1))
        call_command("worker", "--once")
        told.append((changes.head(), PublishedVersion.objects.count()))
        assert charter.public(page)
        assert not charter.fresh(over).live
    assert len(set(told)) == 1
    assert times(page, "wagtail.publish.scheduled") == 1
    assert times(over, "wagtail.unpublish.scheduled") == 1


def test_what_two_workers_found_is_done_by_one(body: Any, clock: Any) -> None:
    page = scheduled(body, "Novo")
    over = charter.service(body, "Velho")
    Page.objects.filter(pk=over.pk).update(expire_at=AT)
    clock(AT + SECOND)
    found = [list(due(AT + SECOND)) for _worker in range(2)]
    for worker in found:
        assert len(worker) == 2
        for one in worker:
            one.do(AT + SECOND)
    assert times(page, "wagtail.publish.scheduled") == times(over, "wagtail.unpublish.scheduled") == 1


def test_one_that_fails_is_told_to_its_owner_once_and_tried_again(body: Any, ana: Any, clock: Any) -> None:
    wrong = scheduled(body, "Marcar exame", summary="", responsible=ana)
    right = scheduled(body, "Tomar vacina")
    clock(AT + SECOND)
    assert publish_due(AT + SECOND) == 1
    assert charter.public(right)
    assert charter.public(wrong) is None
    message = mail.outbox[0]
    assert (message.to, message.subject) == ([ana.email], "Não foi publicado: Marcar exame")
    for words in ("Estava marcado para ser publicado em 03/03/2026, às 9h, e não foi.", "O que falta:", "- Escreva"):
        assert words in message.body, message.body
    for seconds in (2, 300, 700, 1400):
        assert publish_due(AT + timedelta(seconds=seconds)) == 1
    assert len(mail.outbox) == 1
    # An editor mends the text and marks another time: nothing is left of the failure.
    charter.edited(wrong, summary="Marque aqui.", go_live_at=AT + timedelta(hours=1)).publish()
    assert publish_due(AT + timedelta(minutes=30)) == 0
    assert not ScheduleFailure.objects.exists()
    clock(AT + timedelta(hours=2))
    assert publish_due(AT + timedelta(hours=2)) == 0
    assert charter.public(wrong)


def test_between_tries_a_failure_rests_and_what_is_mended_meanwhile_goes_out(body: Any, clock: Any) -> None:
    wrong = scheduled(body, "Marcar exame", summary="")
    clock(AT + SECOND)
    assert publish_due(AT + SECOND) == 1
    revision = wrong.latest_revision
    revision.content |= {"summary": "Marque aqui."}
    revision.save()
    assert publish_due(AT + AGAIN_AFTER) == 1
    assert publish_due(AT + SECOND + AGAIN_AFTER) == 0
    assert charter.public(wrong)
    assert not ScheduleFailure.objects.exists()


def test_what_cannot_come_down_is_told_too(body: Any, ana: Any, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    topic = charter.topic()
    service = charter.service(body, responsible=ana)
    Topic.objects.filter(pk=topic.pk).update(expire_at=AT)
    Page.objects.filter(pk=service.pk).update(expire_at=AT)

    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("a receiver of another app")

    monkeypatch.setattr(Page, "unpublish", refuse)
    clock(AT + SECOND)
    assert publish_due(AT + SECOND) == 1
    assert charter.public(topic) is None
    assert mail.outbox[0].subject == f"Não saiu do ar: {service.title}"
    assert "receiver" not in mail.outbox[0].body
