"""Services as rows of a sheet."""

from collections.abc import Iterable, Iterator

from django.utils import translation

from services.interchange.planilha.columns import COLUMNS
from services.interchange.planilha.known import Known
from services.record import Service


def headings() -> list[str]:
    """The first row."""
    return [column.heading for column in COLUMNS]


def instructions() -> list[tuple[str, str]]:
    """What to write in each column."""
    return [(column.heading, column.instruction) for column in COLUMNS]


def write_rows(records: Iterable[Service], known: Known) -> Iterator[list[str]]:
    """A row of texts for each service, in the sheet's language."""
    for record in records:
        with translation.override("pt-br"):
            row = [column.write(record, known) for column in COLUMNS]
        yield row
