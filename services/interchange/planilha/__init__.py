"""The city's spreadsheet: one service a row, and its parts on further sheets (``docs/planilha.md``).

A sheet holds less than a record, and is read over what is here: a cell that says what the service says already
leaves it alone, so that what has no column (cases, waits, forms) is kept; only a cell that says something else
is read. A column or sheet that is not in the file says nothing.
"""

from collections.abc import Callable
from functools import partial

from services.interchange.base import Files, Format, Reading, Rejected, Remark, Unreadable
from services.interchange.planilha.known import Known, LookUp
from services.interchange.planilha.reading import Problem, Row, Sheet, count_rows, problems_of, read_rows
from services.interchange.planilha.tables import MOST_BYTES, Workbook, read_csv_files, read_workbook
from services.interchange.planilha.writing import template, write_workbook

NAME = "planilha"


def read_over(files: Files, known: Known) -> Reading:
    """The services that these files change or add. Each XLSX is a whole; CSV files of one source belong together."""
    reading = Reading()
    tables = []
    for file in files:
        if isinstance(file, Rejected):
            reading.rejected.append(file)
        elif file.name.lower().endswith(".csv"):
            tables.append(file)
        else:
            _take(reading, file.name, partial(read_workbook, file.name, file.data), known)
    if tables:
        shown = tables[0].name if len(tables) == 1 else "CSV"
        _take(reading, shown, lambda: read_csv_files([(file.name, file.data) for file in tables]), known)
    return reading


def _take(reading: Reading, name: str, workbook: Callable[[], Workbook], known: Known) -> None:
    try:
        found = read_rows(workbook(), known)
    except Unreadable as error:
        reading.rejected.append(Rejected(name, str(error)))
        return
    seen = {record.id for record in reading.records}
    for row in found.rows:
        if row.after is not None and row.after.id in seen:
            reading.rejected.append(Rejected(f"{name}, linha {row.number}", "este serviço está em mais de um arquivo"))
        elif row.after is None:
            continue
        elif row.is_equal:
            reading.equal += 1
        else:
            reading.records.append(row.after)
    reading.rejected += [Rejected(f"{name}, {each.place}", each.sentence) for each in problems_of(found)]
    reading.remarks += [Remark(name, note) for note in found.notes]


FORMAT = Format(
    name=NAME,
    suffixes=frozenset({".xlsx", ".csv"}),
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    counted=frozenset({"service"}),
    largest=MOST_BYTES,
    read_over=read_over,
)

__all__ = [
    "FORMAT",
    "Known",
    "LookUp",
    "Problem",
    "Row",
    "Sheet",
    "Workbook",
    "count_rows",
    "read_over",
    "read_rows",
    "read_workbook",
    "template",
    "write_workbook",
]
