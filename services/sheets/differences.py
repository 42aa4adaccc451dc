"""What a row changes, field by field, in the words of the sheet."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.compare import diff_text

from services.interchange.planilha import Known
from services.interchange.planilha.columns import CODE, COLUMNS
from services.interchange.planilha.parts import PART_SHEETS, PartSheet
from services.record import Service


@dataclass(frozen=True)
class Difference:
    """A field, what it says and will say; ``loss`` tells what goes that the sheet does not show."""

    name: str
    before: str
    after: str
    loss: str = ""

    @property
    def html(self) -> str:
        """The words with what is taken away and what comes marked."""
        return str(diff_text(self.before, self.after).to_html())


def differences(before: Service | None, after: Service, known: Known) -> list[Difference]:
    """In the order of the sheets. Of a new service, all that it says."""
    with translation.override("pt-br"):
        found = list(_differences(before, after, known))
    if before is not None and (lost := _cases(before) - _cases(after)) > 0:
        said = ngettext(
            "%d caso (o que só vale para alguns) sai junto com a sua etapa.",
            "%d casos (o que só vale para alguns) saem junto com as suas etapas.",
            lost,
        )
        found.append(Difference(_("Casos"), "", "", said % lost))
    return found


def _differences(before: Service | None, after: Service, known: Known) -> Iterator[Difference]:
    for column in COLUMNS:
        if column.heading == CODE:
            continue
        was = column.write(before, known) if before is not None else ""
        will = column.write(after, known)
        if was != will:
            yield Difference(column.heading, was, will)
    for sheet in PART_SHEETS:
        was, will = (_told(sheet, record) if record is not None else "" for record in (before, after))
        if was != will:
            yield Difference(sheet.name, was, will)


def _told(sheet: PartSheet, record: Service) -> str:
    """A line for each part."""
    return "\n".join(f"{number}. " + " · ".join(filter(None, sheet.cells(item))) for number, item in sheet.held(record))


def _cases(record: Service) -> int:
    return sum(len(part.cases) for step in record.steps for part in (step.documents, step.fees, step.channels))
