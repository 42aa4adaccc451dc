"""The duties that no request waits for."""

import threading
from datetime import datetime, timedelta
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from services import changes
from services.duties import do_due
from services.models.sign_of_life import WORKER, SignOfLife
from services.publishing import project_pending
from services.scheduling import publish_due

PAUSE_SECONDS = 1.0
SIGN_EVERY = timedelta(seconds=30)


class Command(BaseCommand):
    """``worker [--once]``"""

    help = (
        "Projects again what embeds something that changed, publishes what is due, does what is to be done "
        "every so often (figures, retention), brings the followers to the head."
    )
    _told: dict[str, int | None] | None = None
    _signed: datetime | None = None

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to stop when nothing is left."""
        parser.add_argument("--once", action="store_true", help="do what is due, then stop")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Until told to stop; ``--once`` until nothing is left."""
        # Django asks these only where it is about to migrate.
        self.check(tags=[Tags.database])
        stopped = threading.Event()
        done_at: dict[str, datetime] = {}
        while not stopped.is_set():
            done = project_pending()
            publish_due(timezone.now())
            do_due(timezone.now(), done_at, wait=options["once"])
            changes.converge_followers()
            self._tell(changes.lags())
            self._give_sign()
            if not done:
                if options["once"]:
                    return
                stopped.wait(PAUSE_SECONDS)
            close_old_connections()

    def _give_sign(self) -> None:
        """For whoever looks whether it works: not at each round, which would write all day long."""
        at = timezone.now()
        if self._signed is None or not timedelta(0) <= at - self._signed < SIGN_EVERY:
            SignOfLife.give(WORKER, at)
            self._signed = at

    def _tell(self, lags: dict[str, int | None]) -> None:
        """How many changes each follower is behind, whenever that is another number; ``-`` where nothing answers."""
        if lags != self._told:
            self._told = lags
            lines = (f"follower={name} behind={'-' if lag is None else lag}" for name, lag in lags.items())
            self.stdout.write("\n".join(lines))
