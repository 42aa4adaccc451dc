"""The demonstration charter: loaded once, told apart, removable."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from home.demo_face import FACES
from home.demo_voices.speaking import fall_silent, speak
from home.demonstration import SOURCE, accounts, is_empty_of_real_data, load, load_translations, remove
from home.observatory.keeping import keep_tables
from services import changes

FOLDER = Path(__file__).resolve().parent.parent.parent / "demo"


class Command(BaseCommand):
    """``load_demo [--face NAME] [--voices] [--remove]``"""

    help = "Loads the demonstration charter and its editors, and invented voices; with --remove takes all away again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to take it away, and whose face it has."""
        parser.add_argument("--remove", action="store_true", help="remove all that was loaded")
        parser.add_argument("--voices", action="store_true", help="what invented people say of it, for the panels")
        parser.add_argument(
            "--face", choices=FACES, default=FACES[0], help="the city whose name, arms and colour it has"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """What was done, and the editors' logins."""
        if options["remove"]:
            try:
                self.stdout.write(f"removed={remove()}")
            except ValueError as error:
                raise CommandError(error) from error
            fall_silent(at=timezone.now())
            keep_tables(timezone.now())
            return
        if not settings.CONECTA.demo:
            raise CommandError(_("A demonstração só é carregada com CONECTA_DEMO=1."))
        if not is_empty_of_real_data():
            raise CommandError(_("Esta instalação já tem dados próprios: a demonstração não se mistura com eles."))
        summary = load(FOLDER, face=options["face"])
        told = load_translations(FOLDER.with_name("demo_translations"), at=timezone.now())
        said = speak(SOURCE, at=timezone.now()) if options["voices"] else 0
        if summary.created or summary.updated or told.created or told.updated or said:
            # The first visitor should not wait for the index, nor for the worker's first figures.
            changes.converge_followers()
            keep_tables(timezone.now())
        self.stdout.write(
            f"{SOURCE}: created={summary.created} updated={summary.updated} unchanged={summary.unchanged}"
        )
        self.stdout.write(f"translations: created={told.created} updated={told.updated} unchanged={told.unchanged}")
        if said:
            self.stdout.write(f"voices: {said}")
        for text in told.missing:
            self.stderr.write(_("Falta traduzir: %s") % text)
        for login, password, what in accounts():
            self.stdout.write(f"  {login:<12} {password:<14} {what}")
