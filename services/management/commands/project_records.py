"""Check what is public against what the entries say."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from services.projecting import differences
from services.publishing import mark, publishing


class Command(BaseCommand):
    """``project_records [--repair]``"""

    help = "Says where published records differ from the entries, and with --repair makes them equal."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to mend."""
        parser.add_argument("--repair", action="store_true", help="project again what differs")

    def handle(self, *_args: Any, **options: Any) -> None:
        """A line for each difference; exit 1 if there are any and none was mended."""
        found = list(differences())
        for difference in found:
            self.stdout.write(f"{difference.kind} {difference.entry_id} {difference.locale}: {difference.problem}")
            if options["repair"]:
                with publishing():
                    mark(difference.kind, difference.entry_id)
        self.stdout.write(f"different={len(found)} repaired={len(found) if options['repair'] else 0}")
        if found and not options["repair"]:
            raise SystemExit(1)
