"""A file as tables of text: which sheet a table is, and its rows by their headings; what is amiss is told in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from services.interchange.base import Unreadable
from services.interchange.planilha.columns import COLUMNS
from services.interchange.planilha.csv_lines import csv_lines
from services.interchange.planilha.lines import Line
from services.interchange.planilha.parts import PART_SHEETS
from services.interchange.planilha.xlsx_lines import is_xlsx, xlsx_lines
from services.interchange.slugs import fold

SERVICES = "Serviços"
#: Bytes of a file: twice what ten thousand services take.
MOST_BYTES = 20_000_000
#: Services of one file, and rows of any other sheet.
MOST_SERVICES, MOST_PARTS = 10_000, 100_000

#: The headings of each sheet, and those without which it is not that sheet.
HEADINGS: dict[str, list[str]] = {SERVICES: [column.heading for column in COLUMNS]} | {
    sheet.name: sheet.headings for sheet in PART_SHEETS
}
REQUIRED: dict[str, list[str]] = {SERVICES: [column.heading for column in COLUMNS if column.required]} | {
    sheet.name: [column.heading for column in sheet.columns if column.required] for sheet in PART_SHEETS
}
#: Headings of columns that an export has for its readers, and that say nothing new: they are passed over.
TOLD = ("Nome do órgão", "Página")


@dataclass(frozen=True)
class TableRow:
    """A row: its cells by their column's heading, and by it too why a cell cannot be read."""

    number: int
    cells: dict[str, str]
    faults: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The rows of a sheet that say something, and the headings that no column of it has."""

    rows: list[TableRow] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


#: Tables by the name of their sheet; that of services is there.
Workbook = dict[str, Table]


def read_workbook(name: str, data: bytes) -> Workbook:
    """The tables of a file. Raises ``Unreadable`` if it is no sheet of ours, with what to do about it."""
    _check_size(data)
    if not is_xlsx(data):
        return read_csv_files([(name, data)])
    sheets = xlsx_lines(data)
    by_name = {fold(name): name for name in HEADINGS}
    found = {by_name[fold(name)]: lines for name, lines in sheets if fold(name) in by_name}
    if SERVICES not in found and sheets:
        # Somebody has given the sheet another name.
        found[SERVICES] = sheets[0][1]
    return {name: _table(name, lines) for name, lines in found.items() if name == SERVICES or any(lines)}


def read_csv_files(files: Iterable[tuple[str, bytes]]) -> Workbook:
    """The tables of CSV files, one a sheet, told from each other by their headings. Raises ``Unreadable``."""
    found: Workbook = {}
    for name, data in files:
        _check_size(data)
        lines = csv_lines(data)
        sheet = _sheet_of(lines)
        if sheet in found:
            raise Unreadable(f"há dois arquivos da folha {sheet}: {name} é o segundo")
        found[sheet] = _table(sheet, lines)
    if SERVICES not in found:
        raise Unreadable(f"falta o arquivo da folha {SERVICES}")
    return found


def _check_size(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise Unreadable(f"o arquivo é grande demais: o limite é de {MOST_BYTES // 1_000_000} MB. Divida-o em dois")
    if not data.strip():
        raise Unreadable("o arquivo está vazio")


def _sheet_of(lines: Sequence[Line]) -> str:
    first = {fold(cell) for cell in next((line.cells for line in lines if any(line.cells)), [])}
    fitting = [name for name, headings in REQUIRED.items() if all(fold(heading) in first for heading in headings)]
    return fitting[0] if fitting else SERVICES


def _table(sheet: str, lines: Sequence[Line]) -> Table:
    said = [line for line in lines if any(line.cells) or line.faults]
    if not said:
        if sheet == SERVICES:
            raise Unreadable("a planilha está vazia")
        return Table()
    first, *rest = said
    by_name = {fold(heading): heading for heading in HEADINGS[sheet]}
    headings = [by_name.get(fold(cell), "") for cell in first.cells]
    where = f"na folha {sheet}, "
    if missing := [heading for heading in REQUIRED[sheet] if heading not in headings]:
        raise Unreadable(
            f"{where}faltam colunas na primeira linha: {', '.join(missing)}. Use a planilha modelo, sem mudar os nomes"
        )
    known = [heading for heading in headings if heading]
    if twice := next((heading for heading in known if known.count(heading) > 1), ""):
        raise Unreadable(f"{where}a coluna “{twice}” aparece duas vezes")
    most = MOST_SERVICES if sheet == SERVICES else MOST_PARTS
    if len(rest) > most:
        raise Unreadable(f"{where}há {len(rest)} linhas, e o limite é de {most}: divida a planilha em partes")
    rows = [
        TableRow(
            line.number,
            {heading: cell for heading, cell in zip(headings, line.cells, strict=False) if heading},
            {
                headings[place] if place < len(headings) and headings[place] else "": fault
                for place, fault in line.faults.items()
            },
        )
        for line in rest
    ]
    told = set(map(fold, TOLD))
    unknown = [
        cell for cell, known in zip(first.cells, headings, strict=True) if cell and not known and fold(cell) not in told
    ]
    return Table(rows, unknown)
