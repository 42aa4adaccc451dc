"""Publish what is due: stands in for Wagtail's command of this name, which stops at the first error."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from services.scheduling import due, publish_due


class Command(BaseCommand):
    """``publish_scheduled [--dryrun]``"""

    help = "Publishes and unpublishes what is due; one entry's error does not hold up the others."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to only say what is due."""
        parser.add_argument("--dryrun", action="store_true", help="write nothing, say what is due")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Exit 1 if something could not be done."""
        at = timezone.now()
        if options["dryrun"]:
            for one in due(at):
                self.stdout.write(one.name)
        elif publish_due(at):
            raise SystemExit(1)
