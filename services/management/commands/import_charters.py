"""Take over charters of another source as entries."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from services.acts.actors import acting_as
from services.importing import Importer, Options
from services.interchange import FORMATS, open_source
from services.models import PublishingBusy
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
    """``import_charters PATH --format F [--dry-run] [--draft] [--publish-incomplete]``"""

    help = "Imports a zip, a folder or a file of charters; a second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where from, in which format, and how far to go."""
        parser.add_argument("path", type=Path, help="a zip, a folder or a file")
        parser.add_argument(
            "--format", required=True, choices=[name for name, f in FORMATS.items() if f.read or f.read_over]
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing, say what would be done")
        parser.add_argument("--draft", action="store_true", help="import as drafts")
        parser.add_argument(
            "--publish-incomplete", action="store_true", help="publish a foreign corpus as it is, and mark it"
        )

    @_seldom_collected()
    def handle(self, *_args: Any, **options: Any) -> None:
        """One line of counts; one line for each file that was rejected; exit 1 if any was."""
        format_ = FORMATS[options["format"]]
        if not options["path"].exists():
            raise CommandError(_("Não encontrei %s.") % options["path"])
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
        for incomplete in summary.incomplete:
            self.stderr.write(_("rascunho %(name)s: %(reason)s") % vars(incomplete))
        rejected = [*reading.rejected, *summary.refused]
        for item in rejected:
            self.stderr.write(_("rejeitado %(name)s: %(reason)s") % vars(item))
        self.stdout.write(
            f"created={summary.created} updated={summary.updated} "
            f"unchanged={summary.unchanged + reading.equal} rejected={len(rejected)}"
        )
        if rejected:
            raise SystemExit(1)
