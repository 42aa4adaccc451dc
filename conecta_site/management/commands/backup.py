"""Copy the database and the files into one encrypted file."""

import os
from pathlib import Path
from typing import Any

import pyrage
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from conecta_site.backup.databases import Unavailable
from conecta_site.backup.saving import save
from home.first_day.models import BackupKey


class Command(BaseCommand):
    """``backup [FOLDER] [--recipient KEY] [--keep N]``"""

    help = "Copies the database, uploaded files and attachments into one encrypted file, while the site serves."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, for whom, how many."""
        parser.add_argument("folder", nargs="?", type=Path, help="default: backups/ in the data folder")
        parser.add_argument(
            "--recipient", action="append", default=[], help="a public key of age; default: all that are kept"
        )
        parser.add_argument("--keep", type=int, help="delete older backups in the folder beyond so many")
        parser.add_argument("--unencrypted", action="store_true", help="for a disk that is encrypted itself")
        parser.add_argument("--new-key", type=Path, metavar="FILE", help="make a key, write it to FILE, and stop")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the file's name, its size and how many files are in it."""
        if options["new_key"]:
            self._make_key(options["new_key"])
            return
        recipients = options["recipient"] or _kept_keys()
        if not recipients and not options["unencrypted"]:
            raise CommandError(
                _(
                    "Cifrar para quem? Faça uma chave com --new-key ARQUIVO, guarde esse arquivo fora desta máquina e "
                    "ponha em CONECTA_BACKUP_RECIPIENTS a chave pública que aparece. Sem cifrar: --unencrypted."
                )
            )
        folder = options["folder"] or Path(settings.DATA_DIR) / "backups"
        try:
            path, contents = save(folder, at=timezone.now(), recipients=recipients, keep=options["keep"])
        except (Unavailable, ValueError, OSError) as error:
            raise CommandError(_("Nenhuma cópia foi feita: %s") % error) from error
        self.stdout.write(f"file={path} bytes={path.stat().st_size} files={len(contents.files)}")

    def _make_key(self, path: Path) -> None:
        key = pyrage.x25519.Identity.generate()
        try:
            # Nobody else reads it, from its first moment.
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
                file.write(f"# public key: {key.to_public()}\n{key}\n")
        except OSError as error:
            raise CommandError(_("A chave não foi gravada: %s") % error) from error
        self.stdout.write(str(key.to_public()))


def _kept_keys() -> list[str]:
    """Those of the environment and those given on the admin's screen, once each."""
    given = BackupKey.objects.values_list("key", flat=True)
    return list(dict.fromkeys([*settings.CONECTA_BACKUP_RECIPIENTS, *given]))
