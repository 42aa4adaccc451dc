"""Take over charters of another source as entries."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from services.acts.actors import acting_as
from services.importing import Importer, Options
from services.interchange import FORMATS, Format, Reading, open_source
from services.models import PublishingBusy
from services.pruning import by_source, gone, unpublish
from services.sheets.here import known_here


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """An import makes millions of objects and hardly a cycle: looking for them every 700 was a tenth of its time."""
    thresholds = gc.get_threshold()
    gc.set_threshold(50_000, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)


class Command(BaseCommand):
    """``import_charters PATH --format F [--dry-run] [--draft] [--publish-incomplete] [--prune [--yes]]``"""

    help = "Imports a zip, a folder or a file of charters; a second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where from, in which format, and how far to go."""
        parser.add_argument("path", type=Path, help="a zip, a folder or a file")
        parser.add_argument(
            "--format", required=True, choices=[name for name, f in FORMATS.items() if f.read or f.read_over]
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing, say what would be done")
        parser.add_argument("--draft", action="store_true", help="import as drafts")
        parser.add_argument("--prune", action="store_true", help="take off the portal what the source no longer has")
        parser.add_argument("--yes", action="store_true", help="prune without asking")
        parser.add_argument(
            "--publish-incomplete", action="store_true", help="publish a foreign corpus as it is, and mark it"
        )

    @_seldom_collected()
    def handle(self, *_args: Any, **options: Any) -> None:
        """One line of counts; one line for each file that was rejected; exit 1 if any was."""
        format_ = FORMATS[options["format"]]
        if not options["path"].exists():
            raise CommandError(_("Não encontrei %s.") % options["path"])
        if options["prune"] and format_.read is None:
            raise CommandError(_("Uma planilha diz só o que muda: com ela nada se tira do ar."))
        if options["prune"] and not (options["yes"] or options["dry_run"] or sys.stdin.isatty()):
            raise CommandError(_("Ninguém aqui pode responder: com --prune use também --yes, ou antes --dry-run."))
        files = open_source(options["path"], format_.suffixes, largest=format_.largest)
        if format_.read_over is not None:
            reading = format_.read_over(files, known_here())
        elif format_.read is not None:
            reading = format_.read(files)
        else:
            raise CommandError(_("Este formato não pode ser lido."))
        for remark in reading.remarks:
            self.stderr.write(f"{remark.name}: {remark.text}")
        importer_options = Options(
            publish=not options["draft"],
            publish_incomplete=options["publish_incomplete"],
            dry_run=options["dry_run"],
            over=format_.read_over is not None,
        )
        with tqdm(total=len(reading.records), disable=None, unit=" registros") as bar:
            importer = Importer(importer_options, progress=bar.update)
            try:
                with acting_as(f"import_charters --format {format_.name}"):
                    summary = importer.run(reading.records, counted=format_.counted)
            except PublishingBusy as error:
                raise CommandError(
                    _("Outra pessoa está publicando. O que já foi importado ficou: rode o comando de novo.")
                ) from error
        for changed in summary.changed:
            fields = "; ".join(changed.fields) or _("nada que se veja")
            self.stderr.write(_("mudaria %(name)s: %(fields)s") % {"name": changed.name, "fields": fields})
        for incomplete in summary.incomplete:
            self.stderr.write(_("rascunho %(name)s: %(reason)s") % vars(incomplete))
        rejected = [*reading.rejected, *summary.refused]
        for item in rejected:
            self.stderr.write(_("rejeitado %(name)s: %(reason)s") % vars(item))
        counts = (
            f"created={summary.created} updated={summary.updated} "
            f"unchanged={summary.unchanged + reading.equal} rejected={len(rejected)}"
        )
        if options["prune"]:
            counts += f" unpublished={self._prune(reading, format_, options)}"
        self.stdout.write(counts)
        if rejected:
            raise SystemExit(1)

    def _prune(self, reading: Reading, format_: Format, options: dict[str, Any]) -> int:
        """How many entries were taken off the portal: those that the source no longer has, if a person wants it."""
        if reading.rejected:
            # What could not be read may be there all the same.
            self.stderr.write(_("Nada saiu do ar: o que foi rejeitado ainda pode estar na fonte."))
            return 0
        found = gone(reading.records, counted=format_.counted)
        for one in found:
            self.stderr.write(_("sairia do ar %(source_id)s: %(title)s") % vars(one))
        for source, count in by_source(found).items():
            said = ngettext(
                "%(count)d registro não está mais na fonte %(source)s.",
                "%(count)d registros não estão mais na fonte %(source)s.",
                count,
            )
            self.stderr.write(said % {"count": count, "source": source})
        if not found or options["dry_run"]:
            return 0
        if not options["yes"] and not self._agreed(len(found)):
            self.stderr.write(_("Nada saiu do ar."))
            return 0
        with acting_as(f"import_charters --format {format_.name} --prune"):
            done = list(unpublish(found))
        for one, is_down in done:
            if not is_down:
                self.stderr.write(_("ficou no ar %(source_id)s: %(title)s") % vars(one))
        return sum(is_down for _one, is_down in done)

    def _agreed(self, count: int) -> bool:
        question = ngettext("Tirar %d registro do ar? [s/N] ", "Tirar %d registros do ar? [s/N] ", count) % count
        self.stderr.write(question, ending="")
        return sys.stdin.readline().strip().lower() in ("s", "sim")
