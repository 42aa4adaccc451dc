"""What subscribers are told: every change, in order, signed, once; and how they fail and are left alone."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from standardwebhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from services import changes
from services.models import PublishedRecord, Webhook, WebhookDelivery
from services.webhooks.outcomes import delay
from services.webhooks.signing import new_seal, secret_of
from tests.services import charter
from tests.services.webhooks.receiver import Receiver
from tests.services.webhooks.subscribing import NOW, Clock, round_of, subscription

pytestmark = pytest.mark.django_db


def test_a_subscriber_is_told_what_the_feed_says(receiver: Receiver, time: Clock, client: Client) -> None:
    page = charter.service(charter.body())
    hook = subscription(receiver.url("/conecta"))
    assert round_of(time) == PublishedRecord.objects.count()
    feed = client.get("/api/v1/changes?after=0").json()
    assert [message.data["data"] for message in receiver.received] == feed["changes"]
    assert {message.data["type"] for message in receiver.received} == {"record.published"}
    hook.refresh_from_db()
    assert hook.cursor == feed["cursor"]
    assert (round_of(time), len(receiver.received)) == (0, len(feed["changes"]))
    charter.fresh(page).unpublish()
    round_of(time)
    told = receiver.received[-1].data
    feed = client.get(f"/api/v1/changes?after={hook.cursor}").json()
    assert (told["type"], told["data"]) == ("record.removed", feed["changes"][-1])
    when = PublishedRecord.objects.get(sequence=told["data"]["sequence"]).changed_at
    assert datetime.fromisoformat(told["timestamp"]) == when.replace(microsecond=0)


def test_messages_are_signed_by_the_standard(receiver: Receiver) -> None:
    time = Clock(datetime.now(UTC))
    charter.topic("Impostos")
    hook = subscription(receiver.url())
    round_of(time)
    message = receiver.received[0]
    assert message.headers["content-type"] == "application/json"
    assert "." not in message.id
    verifier = Verifier(secret_of(hook.seal))
    assert verifier.verify(message.body, message.headers) == message.data
    for headers, body in (
        (message.headers, message.body.replace("Impostos", "Taxas")),
        (message.headers | {"webhook-id": "msg_outro"}, message.body),
    ):
        with pytest.raises(WebhookVerificationError):
            verifier.verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(secret_of(new_seal())).verify(message.body, message.headers)


def test_a_new_secret_and_the_one_before_it_both_sign_for_a_day(receiver: Receiver) -> None:
    time = Clock(datetime.now(UTC))
    charter.topic("Impostos")
    hook = subscription(receiver.url(), old_seal=new_seal(), old_until=time() + timedelta(days=1))
    round_of(time)
    for seal in (hook.seal, hook.old_seal):
        Verifier(secret_of(seal)).verify(receiver.received[0].body, receiver.received[0].headers)
    Webhook.objects.update(old_until=time(), cursor=changes.START)
    round_of(time)
    with pytest.raises(WebhookVerificationError):
        Verifier(secret_of(hook.old_seal)).verify(receiver.received[-1].body, receiver.received[-1].headers)


def test_a_key_that_changed_is_seen_before_anything_is_sent(receiver: Receiver, time: Clock, settings: Any) -> None:
    charter.topic("Impostos")
    hook = subscription(receiver.url())
    old, settings.SECRET_KEY = settings.SECRET_KEY, "outra chave"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert round_of(time) == 1
    charter.topic("Taxas")
    settings.SECRET_KEY_FALLBACKS = []
    assert (round_of(time), len(receiver.received)) == (0, 1)
    hook.refresh_from_db()
    assert (hook.pause, hook.deliveries.last().problem) == ("key", "key")


def test_what_fails_is_tried_again_with_the_same_id_and_nothing_overtakes_it(receiver: Receiver, time: Clock) -> None:
    charter.topic("Impostos")
    charter.topic("Taxas")
    hook = subscription(receiver.url())
    receiver.behaviour = "error"
    assert [round_of(time), round_of(time)] == [0, 0]
    time.on(seconds=10)
    round_of(time)
    assert len(receiver.received) == 2
    assert receiver.received[0].id == receiver.received[1].id
    assert receiver.received[0].body == receiver.received[1].body
    tries = hook.deliveries.order_by("pk")
    assert [(each.attempt, each.problem, each.status, each.answer[:8]) for each in tries] == [
        (1, "status", 500, "<h1>erro"),
        (2, "status", 500, "<h1>erro"),
    ]
    assert len(tries[0].answer) == 500
    receiver.behaviour = "ok"
    time.on(minutes=1)
    assert round_of(time) == 2
    assert [message.data["data"]["record"]["title"] for message in receiver.taken] == ["Impostos", "Taxas"]
    hook.refresh_from_db()
    assert (hook.failures, hook.failing_since, hook.next_at, hook.delivered_at) == (0, None, None, time())


def test_what_was_changed_while_it_failed_is_told_as_it_is_now(receiver: Receiver, time: Clock) -> None:
    page = charter.service(charter.body())
    subscription(receiver.url(), kinds=["service"])
    receiver.behaviour = "error"
    round_of(time)
    charter.edited(page, summary="Outra frase.").publish()
    receiver.behaviour = "ok"
    time.on(minutes=1)
    assert round_of(time) == 1
    first, then = receiver.received
    assert (first.id == then.id, then.data["data"]["record"]["summary"]) == (False, "Outra frase.")


def test_it_is_tried_for_three_days_then_left_alone(receiver: Receiver, time: Clock) -> None:
    charter.topic("Impostos")
    hook = subscription(receiver.url())
    receiver.behaviour = "error"
    while hook.paused_at is None:
        round_of(time)
        hook.refresh_from_db()
        if hook.next_at:
            assert hook.next_at > time()
            time.at = hook.next_at
    assert hook.paused_at == NOW + timedelta(days=3)
    assert (hook.pause, 20 <= hook.deliveries.count() <= 35) == ("failing", True)
    waits = [delay(count) for count in range(1, 40)]
    assert (waits[:3], waits[-1]) == ([timedelta(seconds=10 * 2**n) for n in range(3)], timedelta(hours=4))
    count = len(receiver.received)
    time.on(days=9)
    assert (round_of(time), len(receiver.received)) == (0, count)


def test_a_receiver_may_ask_for_time(receiver: Receiver, time: Clock) -> None:
    charter.topic("Impostos")
    hook = subscription(receiver.url())
    receiver.behaviour = "busy"
    round_of(time)
    hook.refresh_from_db()
    assert hook.next_at == NOW + timedelta(seconds=120)


def test_gone_ends_it(receiver: Receiver, time: Clock) -> None:
    charter.topic("Impostos")
    hook = subscription(receiver.url())
    receiver.behaviour = "gone"
    round_of(time)
    hook.refresh_from_db()
    assert (hook.pause, hook.paused_at) == ("gone", NOW)


def test_a_restored_backup_is_told_and_all_follows(receiver: Receiver, time: Clock) -> None:
    charter.topic("Impostos")
    hook = subscription(receiver.url())
    round_of(time)
    epoch = changes.renew_epoch()
    receiver.behaviour = "error"
    round_of(time)
    time.on(minutes=1)
    receiver.behaviour = "ok"
    assert round_of(time) == 2
    first, failed, again, all_anew = receiver.received
    assert (failed.data["type"], failed.id, failed.body) == ("log.restarted", again.id, again.body)
    assert (all_anew.data["data"], all_anew.id == first.id) == (first.data["data"], False)
    hook.refresh_from_db()
    assert (hook.restarted_at, hook.cursor.startswith(epoch)) == (None, True)


def test_off_is_silent_and_on_again_goes_on(receiver: Receiver, time: Clock) -> None:
    hook = subscription(receiver.url(), active=False)
    charter.topic("Impostos")
    assert round_of(time) == 0
    Webhook.objects.filter(pk=hook.pk).update(active=True)
    assert round_of(time) == 1


def test_two_workers_do_not_send_to_one_subscriber_at_a_time(receiver: Receiver, time: Clock) -> None:
    charter.topic("Impostos")
    hook = subscription(receiver.url(), taken_by="outro", taken_until=NOW + timedelta(seconds=30))
    assert round_of(time) == 0
    time.on(seconds=31)
    assert round_of(time) == 1
    hook.refresh_from_db()
    assert hook.taken_by == ""


def test_one_that_is_deleted_while_it_is_sent_to_harms_nobody(receiver: Receiver, time: Clock) -> None:
    charter.topic("Impostos")
    first, second = subscription(receiver.url("/a")), subscription(receiver.url("/b"))

    class Deleting(Clock):
        def __call__(self) -> datetime:
            if receiver.received:
                Webhook.objects.filter(pk=first.pk).delete()
            return self.at

    assert round_of(Deleting()) >= 1
    assert set(WebhookDelivery.objects.values_list("webhook", flat=True)) == {second.pk}


def test_an_idle_round_costs_two_queries(receiver: Receiver, time: Clock, django_assert_num_queries: Any) -> None:
    charter.topic("Impostos")
    subscription(receiver.url())
    round_of(time)
    with django_assert_num_queries(2):
        round_of(time)


def test_a_message_is_one_json_of_a_line(receiver: Receiver, time: Clock) -> None:
    charter.topic("Impostos “&” taxas")
    subscription(receiver.url())
    round_of(time)
    (message,) = receiver.received
    assert json.loads(message.body)["data"]["record"]["title"] == "Impostos “&” taxas"
    assert "\n" not in message.body


def test_the_worker_sends(receiver: Receiver, settings: Any) -> None:
    settings.CONECTA_WEBHOOK_PRIVATE_ADDRESSES = True
    charter.topic("Impostos")
    subscription(receiver.url())
    call_command("worker", "--once", stdout=StringIO())
    assert [message.data["data"]["record"]["title"] for message in receiver.taken] == ["Impostos"]
