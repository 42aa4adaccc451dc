"""What a subscriber is to be told next: its place in the log is all that is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from services import changes
from services.models import PublishedRecord, Webhook
from services.webhooks import events
from services.webhooks.choosing import chosen
from services.webhooks.events import Event

#: Read at a time: what changes meanwhile is found at the next reading.
BATCH = 50


@dataclass(frozen=True)
class Step:
    """A message, or that there is none up to a place; and the cursor once it is told."""

    event: Event | None
    cursor: str


def begin_again(webhook: Webhook, *, at: datetime) -> None:
    """The log began another life: the subscriber is told so, then all that is public."""
    webhook.cursor, webhook.restarted_at = changes.START, at
    webhook.save(update_fields=["cursor", "restarted_at"])
    webhook.removals.all().delete()


def steps(webhook: Webhook) -> Iterator[Step]:
    """One batch from a subscriber's cursor on; none at the head. Raises ``changes.CursorGone``."""
    epoch, last = changes.head()
    if webhook.restarted_at is not None:
        yield Step(events.of_restart(uid=webhook.uid, epoch=epoch, at=webhook.restarted_at), webhook.cursor)
        return
    end, found = changes.read(webhook.cursor, limit=BATCH)
    if not found:
        if webhook.cursor != (head := changes.cursor(epoch, last)):
            yield Step(None, head)
        return
    asked = chosen(webhook, found)
    numbers = [change.sequence for change in found if change.sequence in asked]
    moments = dict(PublishedRecord.objects.filter(sequence__in=numbers).values_list("sequence", "changed_at"))
    behind = webhook.cursor
    for change in found:
        # One that has changed again since it was read comes anew, later.
        if change.sequence in moments:
            behind = changes.cursor(epoch, change.sequence)
            removed, at = asked[change.sequence], moments[change.sequence]
            yield Step(events.of_change(change, removed=removed, uid=webhook.uid, epoch=epoch, at=at), behind)
    if behind != end:
        yield Step(None, end)
