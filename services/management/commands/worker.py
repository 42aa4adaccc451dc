"""The duties that no request waits for."""

import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from services import changes
from services.publishing import project_pending
from services.scheduling import publish_due

PAUSE_SECONDS = 1.0


class Command(BaseCommand):
    """``worker [--once]``"""

    help = "Projects again what embeds something that changed, publishes what is due, brings the followers to the head."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to stop when nothing is left."""
        parser.add_argument("--once", action="store_true", help="do what is due, then stop")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Until told to stop; ``--once`` until nothing is left."""
        stopped = threading.Event()
        while not stopped.is_set():
            done = project_pending()
            publish_due(timezone.now())
            changes.converge_followers()
            if not done:
                if options["once"]:
                    return
                stopped.wait(PAUSE_SECONDS)
            close_old_connections()
