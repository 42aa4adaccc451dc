"""A subscriber is sent again what it was sent, from a place in the log on."""

from django.db import transaction

from services.changes import START, sequence_of
from services.models import Webhook


def replay(webhook: Webhook, after: str) -> None:
    """Go on from a cursor, now. What is being sent at this moment is sent first; a pause ends."""
    with transaction.atomic():
        Webhook.objects.filter(pk=webhook.pk).update(
            cursor=after,
            failures=0,
            failing_since=None,
            next_at=None,
            paused_at=None,
            pause="",
            told_at=None,
            taken_by="",
        )
        removals = webhook.removals.all()
        # Removals that are told again must not count as told.
        (removals if after == START else removals.filter(sequence__gt=sequence_of(after))).delete()
