"""CSV of all services, a row each: the columns of the city's spreadsheet, so that it can be imported again."""

from collections.abc import Iterator
from itertools import islice

from services.interchange.base import Charter, Format
from services.interchange.planilha import Known, read_over
from services.interchange.planilha.lines import marked
from services.interchange.planilha.tables import HEADINGS, SERVICES, TOLD
from services.interchange.planilha.writing import service_rows
from services.record import Secretariat, Service
from services.spreadsheet import csv_pieces

_BATCH = 100


def write(charter: Charter) -> Iterator[bytes]:
    """UTF-8 with the mark by which spreadsheets know it; no cell is a formula."""
    return csv_pieces([*HEADINGS[SERVICES], *TOLD], _rows(charter))


def _rows(charter: Charter) -> Iterator[list[str]]:
    bodies = {entry.id: entry for entry in charter.of("secretariat") if isinstance(entry, Secretariat)}
    known = Known(
        acronyms={body.id: body.acronym or body.title for body in bodies.values()},
        titles={entry.id: entry.title for entry in charter.of("unit", "topic", "audience")},
    )
    services = (record for record in charter.of("service") if isinstance(record, Service))
    while batch := list(islice(services, _BATCH)):
        for service, row in zip(batch, service_rows(batch, known), strict=True):
            body = bodies.get(service.secretariat.id) if service.secretariat else None
            name = body.title if body else service.secretariat.title if service.secretariat else ""
            told = [name, charter.site.address(service.url)]
            yield [marked(text, runs=False) for text in [*row, *told]]


FORMAT = Format(
    name="csv",
    suffixes=frozenset({".csv"}),
    media_type="text/csv; charset=utf-8",
    counted=frozenset({"service"}),
    read_over=read_over,
    write=write,
    suffix=".csv",
)
