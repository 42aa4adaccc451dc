"""A round of sending: each subscriber in its own thread, in the order of the log, one message at a time.

Only requests are made in other threads: the database is this one's. A subscriber is taken by one worker at a time; the
worker that has it says so again and again, and who dies holding it loses it after ``TAKEN_FOR``. Between an answer and
the note of it a worker may die: then the message is sent again, with the same id, before any later one.
"""

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from wagtail.log_actions import log

from services import changes
from services.models import Webhook
from services.webhooks import outcomes, signing
from services.webhooks.acts import RESTARTED
from services.webhooks.following import Step, begin_again, steps
from services.webhooks.sending import Answer, Sender

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]
#: Subscribers that are sent to at the same time; those that wait have their turn when one has had its.
AT_ONCE = 8
#: Messages and seconds of one turn.
TURN = 100
TURN_SECONDS = 30.0
TAKEN_FOR = timedelta(seconds=60)
#: How often what is due is looked for while something is being sent.
LOOK_SECONDS = 0.5

#: What cannot even be tried, by a mistake of ours, is tried again after this.
_AFTER_A_MISTAKE = timedelta(minutes=5)


@dataclass
class Turn:
    """A subscriber that is sent to now."""

    webhook: Webhook
    pending: Iterator[Step] = field(default_factory=lambda: iter(()))
    step: Step | None = None
    sent: int = 0
    began: float = field(default_factory=time.monotonic)

    def is_over(self) -> bool:
        """Somebody slow, too, leaves its place to others."""
        return self.sent >= TURN or time.monotonic() - self.began >= TURN_SECONDS


def deliver(_at: datetime, *, now: Clock = timezone.now, sender: Sender | None = None) -> int:
    """Tell all whose time has come, until nobody is left; how many messages were taken. A duty of the worker."""
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webhook") as threads:
        return _Round(threads, sender or Sender(), now).run()


class _Round:
    def __init__(self, threads: ThreadPoolExecutor, sender: Sender, now: Clock) -> None:
        self._threads = threads
        self._sender = sender
        self._now = now
        self._name = secrets.token_hex(8)
        self._running: dict[Future[Answer], Turn] = {}
        self._taken = 0

    def run(self) -> int:
        looked: float | None = None
        while True:
            if looked is None or not self._running or time.monotonic() - looked >= LOOK_SECONDS:
                looked = time.monotonic()
                self._look()
            if not self._running:
                return self._taken
            done, _others = wait(self._running, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED)
            for future in done:
                turn, answer = self._running.pop(future), future.result()
                self._alone(turn, partial(self._answered, turn, answer))

    def _look(self) -> None:
        """Keep those that we have, and take more."""
        busy = [turn.webhook.pk for turn in self._running.values()]
        if busy:
            Webhook.objects.filter(pk__in=busy, taken_by=self._name).update(taken_until=self._now() + TAKEN_FOR)
        for webhook in take(self._now(), self._name, most=AT_ONCE - len(busy)):
            turn = Turn(webhook)
            self._alone(turn, partial(self._go_on, turn))

    def _alone(self, turn: Turn, act: Callable[[], None]) -> None:
        """By a mistake of ours about one of them the others do not wait."""
        try:
            act()
        except Exception:
            logger.exception("webhooks: %s failed by itself", turn.webhook.pk)
            Webhook.objects.filter(pk=turn.webhook.pk).update(next_at=self._now() + _AFTER_A_MISTAKE)
            self._let_go(turn)

    def _answered(self, turn: Turn, answer: Answer) -> None:
        """Note what a message's answer was: in one transaction, however short of it we die."""
        webhook, step, at = turn.webhook, turn.step, self._now()
        if step is None or step.event is None or not Webhook.objects.filter(pk=webhook.pk).exists():
            return
        with transaction.atomic():
            outcomes.keep(webhook, step.event, answer, at=at, attempt=webhook.failures + 1)
            if answer.problem:
                outcomes.failed(webhook, answer, at=at)
                on = False
            else:
                on = outcomes.passed(webhook, step, at=at)
        if not answer.problem:
            self._taken += 1
            turn.sent += 1
        if on and not turn.is_over():
            self._go_on(turn)
        else:
            self._let_go(turn)

    def _go_on(self, turn: Turn) -> None:
        """Send the next message, if there is one and the subscriber is still ours."""
        turn.step = self._next(turn)
        if turn.step is None or not self._still_ours(turn.webhook):
            self._let_go(turn)
        else:
            self._send(turn)

    def _next(self, turn: Turn) -> Step | None:
        """The next step that has a message; those without are passed by."""
        webhook = turn.webhook
        while True:
            step = next(turn.pending, None)
            if step is None:
                step = next(_read(turn, self._now), None)
            if step is None or step.event is not None:
                return step
            if not outcomes.passed(webhook, step, at=self._now()):
                return None

    def _still_ours(self, webhook: Webhook) -> bool:
        ours = Webhook.objects.filter(pk=webhook.pk, taken_by=self._name, cursor=webhook.cursor)
        return bool(ours.update(taken_until=self._now() + TAKEN_FOR))

    def _send(self, turn: Turn) -> None:
        webhook, step, at = turn.webhook, turn.step, self._now()
        if step is None or step.event is None:
            return
        seals = [webhook.seal]
        if webhook.old_until is not None and webhook.old_until > at:
            seals.append(webhook.old_seal)
        try:
            headers = signing.headers(seals, step.event.id, step.event.body, at=at)
        except signing.KeyChanged:
            self._answered(turn, Answer("key"))
            return
        self._running[self._threads.submit(self._sender.send, webhook.url, headers, step.event.body)] = turn

    def _let_go(self, turn: Turn) -> None:
        """Somebody else's turn: who had one last comes last."""
        Webhook.objects.filter(pk=turn.webhook.pk, taken_by=self._name).update(taken_by="", taken_until=self._now())


def _read(turn: Turn, now: Clock) -> Iterator[Step]:
    """Another batch; from the start, if the log began another life."""
    try:
        turn.pending = steps(turn.webhook)
        first = next(turn.pending, None)
    except changes.CursorGone:
        begin_again(turn.webhook, at=now())
        log(turn.webhook, RESTARTED)
        turn.pending = steps(turn.webhook)
        first = next(turn.pending, None)
    if first is not None:
        yield first


def take(at: datetime, name: str, *, most: int) -> list[Webhook]:
    """Subscribers that are behind, whose time has come and whom nobody else has; who waited longest comes first."""
    head = changes.cursor(*changes.head())
    behind = Webhook.objects.filter(active=True, paused_at=None).exclude(cursor=head, restarted_at=None)
    due = behind.filter(Q(next_at=None) | Q(next_at__lte=at), Q(taken_until=None) | Q(taken_until__lte=at))
    return [
        found for found in due.order_by(F("taken_until").asc(nulls_first=True), "pk")[:most] if _took(found, name, at)
    ]


def _took(webhook: Webhook, name: str, at: datetime) -> bool:
    before = webhook.taken_until
    free = Webhook.objects.filter(pk=webhook.pk, taken_until=before)
    if not free.update(taken_by=name, taken_until=at + TAKEN_FOR):
        return False
    # Somebody may have changed it since it was read.
    webhook.refresh_from_db()
    return webhook.active and webhook.paused_at is None
