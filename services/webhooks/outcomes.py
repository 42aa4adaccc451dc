"""What follows from an answer: the next message, the same one again later, or a pause."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from wagtail.log_actions import log

from services.models import Webhook, WebhookDelivery, WebhookRemoval
from services.webhooks.acts import PAUSED
from services.webhooks.events import PUBLISHED, REMOVED, Event
from services.webhooks.following import Step

if TYPE_CHECKING:
    from services.webhooks.sending import Answer

#: After the first failure; doubled by each further one, up to ``LONGEST_WAIT``.
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=4)
#: Who has not taken a message by then is left alone, until somebody says otherwise.
PATIENCE = timedelta(days=3)

_PAUSES = {"gone": Webhook.GONE, "key": Webhook.KEY}


def keep(webhook: Webhook, event: Event, answer: "Answer", *, at: datetime, attempt: int = 1) -> WebhookDelivery:
    """Enter an attempt in the list that people see."""
    change = event.change
    return WebhookDelivery.objects.create(
        webhook=webhook,
        at=at,
        message_id=event.id,
        type=event.type,
        kind=change.kind if change else "",
        entry_id=change.id if change else "",
        locale=change.locale if change else "",
        sequence=change.sequence if change else None,
        attempt=attempt,
        milliseconds=answer.milliseconds,
        problem=answer.problem,
        status=answer.status,
        answer=answer.text,
    )


def passed(webhook: Webhook, step: Step, *, at: datetime) -> bool:
    """Go on behind a step that was told, or of which nothing is to be told; False if somebody moved the place."""
    told = {} if step.event is None else _well(at)
    ours = Webhook.objects.filter(pk=webhook.pk, cursor=webhook.cursor, restarted_at=webhook.restarted_at)
    if not ours.update(cursor=step.cursor, restarted_at=None, **told):
        return False
    webhook.cursor, webhook.restarted_at = step.cursor, None
    if step.event is not None:
        webhook.failures, webhook.failing_since = 0, None
        _note_removal(webhook, step.event)
    return True


def _well(at: datetime) -> dict[str, object]:
    return {"delivered_at": at, "failures": 0, "failing_since": None, "next_at": None}


def _note_removal(webhook: Webhook, event: Event) -> None:
    """What a subscriber of some bodies has now, and what it was told that it has not."""
    change = event.change
    if not webhook.bodies or change is None:
        return
    which: dict[str, Any] = {"webhook": webhook, "kind": change.kind, "entry_id": change.id, "locale": change.locale}
    if event.type == REMOVED:
        WebhookRemoval.objects.update_or_create(**which, defaults={"sequence": change.sequence})
    elif event.type == PUBLISHED:
        WebhookRemoval.objects.filter(**which).delete()


def failed(webhook: Webhook, answer: "Answer", *, at: datetime) -> None:
    """Try again later; or leave it alone, after three days or where nothing is to be hoped for."""
    since = webhook.failing_since or at
    webhook.failures += 1
    webhook.failing_since = since
    if pause := _PAUSES.get(answer.problem) or (Webhook.FAILING if at - since >= PATIENCE else ""):
        _pause(webhook, pause, at)
    else:
        # The last try is at the very end of the three days.
        webhook.next_at = min(at + delay(webhook.failures, wait=answer.wait), since + PATIENCE)
    kept = ("failures", "failing_since", "next_at", "paused_at", "pause", "told_at")
    # Who has taken it meanwhile, or moved its place, knows better.
    mine = Webhook.objects.filter(pk=webhook.pk, cursor=webhook.cursor, taken_by=webhook.taken_by)
    if mine.update(**{name: getattr(webhook, name) for name in kept}) and webhook.paused_at:
        log(webhook, PAUSED, data={"why": webhook.pause})


def _pause(webhook: Webhook, why: str, at: datetime) -> None:
    webhook.paused_at, webhook.pause, webhook.told_at, webhook.next_at = at, why, None, None


def delay(failures: int, *, wait: int = 0) -> timedelta:
    """How long after so many failures to try again; a receiver may ask for longer, within reason."""
    doubled = FIRST_WAIT * int(2 ** min(failures - 1, 30))
    return min(max(doubled, timedelta(seconds=wait)), LONGEST_WAIT)


def resume(webhook: Webhook) -> None:
    """Try at once, as if nothing had failed. Whoever is sending now stops behind its message."""
    Webhook.objects.filter(pk=webhook.pk).update(
        failures=0, failing_since=None, next_at=None, paused_at=None, pause="", told_at=None, taken_by=""
    )
