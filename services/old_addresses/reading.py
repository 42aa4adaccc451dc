"""A table of old and new addresses as people write it: two columns, ``de`` and ``para``."""

from dataclasses import dataclass

from services.interchange.base import Unreadable
from services.interchange.planilha.csv_lines import csv_lines

#: Rows of a file, and its bytes.
MOST_ROWS = 20_000
_COLUMNS = ("de", "para")


@dataclass(frozen=True)
class Row:
    """A line of the file, as it stands there."""

    number: int
    old: str
    new: str


def read_rows(data: bytes) -> list[Row]:
    """The rows that say something. Raises ``Unreadable``."""
    lines = csv_lines(data)
    heading = [cell.strip().lower() for cell in lines[0].cells] if lines else []
    if any(heading.count(name) != 1 for name in _COLUMNS):
        raise Unreadable("a primeira linha precisa ter as colunas “de” e “para”, uma vez cada")
    if len(lines) > MOST_ROWS + 1:
        raise Unreadable(f"tem mais de {MOST_ROWS} linhas: divida o arquivo em dois")
    old, new = (heading.index(name) for name in _COLUMNS)
    rows = [Row(line.number, _cell(line.cells, old), _cell(line.cells, new)) for line in lines[1:]]
    return [row for row in rows if row.old or row.new]


def _cell(cells: list[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""
