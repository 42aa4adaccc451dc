"""Build a search index anew, beside the one that serves; then swap."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from search.engines.base import EngineError
from search.follower import ENGINES, follower
from search.keeping import kept

WAIT_SECONDS = 60.0


class Command(BaseCommand):
    """``rebuild_search [--engine E]``"""

    help = "Builds the search index anew from the published records, while the old one serves."

    def add_arguments(self, parser: CommandParser) -> None:
        """The engine."""
        parser.add_argument("--engine", choices=sorted(ENGINES), help="all that this site keeps, unless said")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say how many documents are in each new index, and how long it took."""
        for engine in [options["engine"]] if options["engine"] else kept():
            started = time.monotonic()
            try:
                documents = follower(engine).rebuild(wait=WAIT_SECONDS)
            except EngineError as error:
                raise CommandError(_("O índice não foi refeito: %s.") % error) from error
            self.stdout.write(f"documents={documents} seconds={time.monotonic() - started:.1f} engine={engine}")
