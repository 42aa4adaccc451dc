"""Subscriptions of the tests, and a worker's round of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from services.models import Webhook
from services.webhooks.delivering import deliver
from services.webhooks.sending import Sender
from services.webhooks.signing import new_seal
from tests.services.link_server import only_loopback

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


class Clock:
    """A worker's clock, set by hand."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def on(self, **spans: float) -> None:
        """Let time pass."""
        self.at += timedelta(**spans)


def subscription(url: str, **fields: Any) -> Webhook:
    """Somebody who wants to be told."""
    return Webhook.objects.create(**({"name": "Aplicativo", "url": url, "seal": new_seal()} | fields))


def round_of(clock: Clock, **options: Any) -> int:
    """What a worker does when it is its time: how many messages were taken."""
    sender = Sender(**({"allowed": only_loopback, "seconds": 1.0} | options))
    return deliver(clock(), now=clock, sender=sender)
