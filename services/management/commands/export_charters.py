"""Write the published charter in a format."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from services.exporting import PublishedCharter
from services.interchange import FORMATS
from services.languages import locale_of, source_locale, spoken


class Command(BaseCommand):
    """``export_charters --format F [--output FILE] [--lang TAG]``"""

    help = "Writes all that is public, as a stream: to a file, or to the standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        """In which format and language, and where to."""
        parser.add_argument("--format", required=True, choices=[name for name, f in FORMATS.items() if f.write])
        parser.add_argument("--output", type=Path, help="a file; else the standard output")
        parser.add_argument("--lang", help="BCP 47; what has no such translation comes in the source language")

    def handle(self, *_args: Any, **options: Any) -> None:
        """A file appears whole or not at all."""
        locale = locale_of(options["lang"]) if options["lang"] else source_locale()
        if locale is None:
            raise CommandError(_("Este site publica em %s.") % ", ".join(spoken()))
        write = FORMATS[options["format"]].write
        if write is None:
            raise CommandError(_("Este formato não pode ser escrito."))
        pieces = write(PublishedCharter(locale, timezone.now()))
        output: Path | None = options["output"]
        if output is None:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
            return
        beside = output.with_name(f"{output.name}.part")
        with ExitStack() as undone:
            undone.callback(beside.unlink, missing_ok=True)
            with beside.open("wb") as file:
                file.writelines(pieces)
            beside.replace(output)
