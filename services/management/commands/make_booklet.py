"""Make the charter's booklet now."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from services.booklet.composing import Asked, NothingPublic
from services.booklet.editions import ask
from services.booklet.making import Busy, alone, booklet_of, charter_of, make_alone, make_asked
from services.booklet.printing import NotPrinted
from services.languages import locale_of, source_locale, spoken
from services.querysets import public_of
from services.record import Secretariat, from_json


class Command(BaseCommand):
    """``make_booklet [--body ACRONYM] [--as-of DATE] [--language TAG] [--output FILE] | --asked``"""

    help = "Makes a booklet of the charter: an edition on the portal, or with --output only a file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Of what, as of when, in which language, and where to."""
        parser.add_argument("--body", default="", help="acronym or id of a body; else the whole city")
        parser.add_argument("--as-of", type=date.fromisoformat, help="YYYY-MM-DD: as it was at the end of that day")
        parser.add_argument("--language", help="BCP 47; what has no such translation comes in the source language")
        parser.add_argument("--asked", action="store_true", help="make what was asked for, as the worker does")
        parser.add_argument("--output", type=Path, help="a PDF file; no edition is made")

    def handle(self, *_args: Any, **options: Any) -> None:
        """One line of figures."""
        at = timezone.now()
        if options["asked"]:
            self.stdout.write(f"made={make_asked(at)}")
            return
        locale = locale_of(options["language"]) if options["language"] else source_locale()
        if locale is None:
            raise CommandError(_("Este site publica em %s.") % ", ".join(spoken()))
        body = _body(options["body"]) if options["body"] else ""
        if options["output"]:
            self._write(options["output"], Asked(at, locale, body), options["as_of"])
            return
        edition, wanted = None, {"at": at, "language": locale, "body": body, "as_of": options["as_of"]}
        try:
            # Asked for by who is alone, no worker of this machine takes it first.
            with alone():
                edition = ask(**wanted)
                make_alone(edition, at)
        except Busy as error:
            if edition is None:
                ask(**wanted)
            raise CommandError(_("Outro livreto está sendo feito. Este ficou na fila.")) from error
        if edition.state != "done":
            raise CommandError(edition.message)
        size = edition.files.get(form="pdf").size
        self.stdout.write(f"edition={edition.code} services={edition.services} pages={edition.pages} bytes={size}")

    def _write(self, output: Path, asked: Asked, as_of: date | None) -> None:
        charter, moment = charter_of(asked.locale, as_of, asked.at)
        try:
            with alone(), override(asked.locale):
                made, services = booklet_of(charter, Asked(moment, asked.locale, asked.body))
        except NothingPublic as error:
            raise CommandError(_("Não havia nada publicado nessa data ou nesse órgão.")) from error
        except NotPrinted as error:
            raise CommandError(str(error)) from error
        except Busy as error:
            raise CommandError(_("Outro livreto está sendo feito. Espere um pouco e tente de novo.")) from error
        beside = output.with_name(f"{output.name}.part")
        beside.write_bytes(made.pdf)
        beside.replace(output)
        told = f"services={services} pages={made.pages} bytes={len(made.pdf)} peak={made.peak // 1024 // 1024}MiB"
        self.stdout.write(told)


def _body(name: str) -> str:
    """The id of the public body of that acronym or id."""
    found = []
    for entry_id, text in public_of("secretariat", source_locale()).values_list("entry_id", "body"):
        record = from_json(text)
        if isinstance(record, Secretariat) and name.casefold() in (entry_id, record.acronym.casefold()):
            found.append(entry_id)
    if len(found) != 1:
        raise CommandError(_("Não há um órgão público com a sigla %s.") % name)
    return str(found[0])
