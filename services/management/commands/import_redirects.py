"""Lead the former site's addresses on to where things are now."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from services.acts.actors import acting_as
from services.interchange.base import Unreadable, printable
from services.old_addresses.known import known_here
from services.old_addresses.plans import plan_for
from services.old_addresses.reading import read_rows
from services.old_addresses.writing import write


class Command(BaseCommand):
    """``import_redirects FILE.csv [--dry-run]``"""

    help = "Imports redirects from a CSV with the columns de and para; a second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where from, and how far to go."""
        parser.add_argument("path", type=Path, help="a CSV file with the columns de and para")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, say what would be done")

    def handle(self, *_args: Any, **options: Any) -> None:
        """One line of counts; one line for each row that was refused or is doubtful; exit 1 if any was refused."""
        try:
            rows = read_rows(options["path"].read_bytes())
        except OSError as error:
            raise CommandError(_("Não encontrei %s.") % options["path"]) from error
        except Unreadable as error:
            raise CommandError(_("Não foi possível ler o arquivo: %s.") % error) from error
        plan = plan_for(rows, known_here())
        for remark in (*plan.refused, *plan.doubtful):
            line = {"number": remark.number, "old": printable(remark.old, 120), "sentence": remark.sentence}
            self.stderr.write(_("linha %(number)s, %(old)s: %(sentence)s") % line)
        if not options["dry_run"]:
            with acting_as("import_redirects"):
                write(plan.to_write)
        self.stdout.write(
            f"created={len(plan.new)} updated={len(plan.changed)} "
            f"unchanged={len(plan.unchanged)} rejected={len(plan.refused)}"
        )
        if plan.refused:
            raise SystemExit(1)
