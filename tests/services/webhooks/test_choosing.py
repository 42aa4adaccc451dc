"""Who asked for some kinds, or for some bodies, is told of those: and of every one that is theirs no more."""

from typing import Any

import pytest

from services import changes
from services.models import WebhookRemoval
from services.webhooks.replaying import replay
from tests.services import charter
from tests.services.webhooks.receiver import Receiver
from tests.services.webhooks.subscribing import Clock, round_of, subscription

pytestmark = pytest.mark.django_db


def told(receiver: Receiver) -> list[tuple[str, str]]:
    """Type of event and title, or id of what is gone; since this was last asked."""
    found = [
        (
            message.data["type"].removeprefix("record."),
            (message.data["data"]["record"] or message.data["data"]).get("title"),
        )
        for message in receiver.received
    ]
    receiver.received.clear()
    return found


def test_some_kinds(receiver: Receiver, time: Clock) -> None:
    charter.service(charter.body("Saúde"), "Tomar vacina")
    topic = charter.topic("Impostos")
    hook = subscription(receiver.url(), kinds=["topic"])
    round_of(time)
    assert told(receiver) == [("published", "Impostos")]
    topic.unpublish()
    round_of(time)
    assert told(receiver) == [("removed", None)]
    hook.refresh_from_db()
    assert hook.removals.count() == 0


def test_some_bodies_and_what_leaves_them(receiver: Receiver, time: Clock) -> None:
    health, money = charter.body("Saúde"), charter.body("Fazenda")
    vaccine = charter.service(health, "Tomar vacina")
    charter.service(money, "Pagar imposto")
    charter.unit("Posto", secretariat=health)
    subscription(receiver.url(), bodies=[health.record_id])
    round_of(time)
    assert sorted(told(receiver)) == [("published", "Posto"), ("published", "Saúde"), ("published", "Tomar vacina")]
    # To another body, twice changed before anybody looked.
    charter.fresh(vaccine).move(charter.fresh(money), "last-child")
    charter.edited(vaccine, summary="Outra frase.").publish()
    round_of(time)
    assert told(receiver) == [("removed", None)]
    # It is told once, whatever happens to it there.
    charter.edited(vaccine, summary="Mais uma.").publish()
    charter.fresh(vaccine).unpublish()
    round_of(time)
    assert told(receiver) == []
    charter.fresh(vaccine).move(charter.fresh(health), "last-child")
    charter.fresh(vaccine).get_latest_revision().publish()
    round_of(time)
    assert told(receiver) == [("published", "Tomar vacina")]
    charter.fresh(vaccine).unpublish()
    round_of(time)
    assert told(receiver) == [("removed", None)]


def test_a_removal_reaches_who_was_told_by_other_means(receiver: Receiver, time: Clock) -> None:
    """The subscriber took the export, then began at the head: the removal is the first it is told."""
    health = charter.body("Saúde")
    vaccine, other = charter.service(health, "Tomar vacina"), charter.service(charter.body("Fazenda"), "Pagar")
    subscription(receiver.url(), bodies=[health.record_id], cursor=changes.cursor(*changes.head()))
    charter.fresh(vaccine).unpublish()
    charter.fresh(other).unpublish()
    round_of(time)
    assert told(receiver) == [("removed", None)]
    charter.fresh(health).delete()
    round_of(time)
    assert told(receiver) == [("removed", None)]


def test_a_replay_tells_of_removals_again(receiver: Receiver, time: Clock) -> None:
    health = charter.body("Saúde")
    vaccine = charter.service(health, "Tomar vacina")
    hook = subscription(receiver.url(), bodies=[health.record_id])
    round_of(time)
    hook.refresh_from_db()
    place = hook.cursor
    charter.fresh(vaccine).unpublish()
    round_of(time)
    first = receiver.received[-1]
    assert WebhookRemoval.objects.count() == 1
    receiver.received.clear()
    replay(hook, place)
    time.on(minutes=2)
    round_of(time)
    assert [(message.id, message.body) for message in receiver.received] == [(first.id, first.body)]


def test_a_batch_costs_few_queries_whatever_is_in_it(
    receiver: Receiver, time: Clock, django_assert_max_num_queries: Any
) -> None:
    health = charter.body("Saúde")
    for number in range(20):
        charter.topic(f"Tema {number}")
    subscription(receiver.url(), bodies=[health.record_id])
    with django_assert_max_num_queries(26):
        assert round_of(time) == 1
