"""Make an installation from a backup."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from conecta_site.backup.archive import NotABackup
from conecta_site.backup.databases import Unavailable
from conecta_site.backup.restoring import check, restore


class Command(BaseCommand):
    """``restore FILE [--identity KEYFILE] [--check]``"""

    help = "Restores a backup into an empty database and empty folders, and begins another life of the change log."
    # The database has no tables yet.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Which, and with which key."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, metavar="KEYFILE", help="the file that backup --new-key wrote")
        parser.add_argument("--check", action="store_true", help="only see that the backup is whole and can be opened")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print what was restored, and what will not be as before."""
        try:
            identity = options["identity"].read_text(encoding="ascii") if options["identity"] else ""
            done = (check if options["check"] else restore)(options["file"], identity=identity)
        except (NotABackup, Unavailable, OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        for remark in done.remarks:
            self.stderr.write(remark)
        about = done.contents.about
        self.stdout.write(f"made_at={about['made_at']} files={len(done.contents.files)} epoch={done.epoch or '-'}")
        if not options["check"]:
            self.stdout.write(
                _("Agora: manage.py rebuild_search, e ligue o site. Quem acompanha as mudanças recomeça sozinho.")
            )
