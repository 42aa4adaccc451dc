"""Spreadsheet files as rows of text, XLSX and CSV; what is no table, or not safe to open, is told in a sentence."""

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException

from services.interchange.base import Unreadable
from services.interchange.planilha.columns import COLUMNS
from services.interchange.slugs import fold
from services.spreadsheet import as_csv

#: Bytes of a file, and of an XLSX when it is unpacked.
MOST_BYTES, MOST_UNPACKED = 5_000_000, 60_000_000
#: Services of one file.
MOST_ROWS = 1_000
_MOST_CELL = 32_000
_MOST_COLUMNS = 60
#: What a text looks like whose accents were read in the wrong alphabet.
_GARBLED = ("Ã§", "Ã£", "Ã¡", "Ã©", "\ufffd")


@dataclass(frozen=True)
class TableRow:
    """A row of the file: its cells by their column's heading, or why they cannot be read."""

    number: int
    cells: dict[str, str]
    problem: str = ""


@dataclass
class Table:
    """The rows that say something, and the headings that no column of the sheet has."""

    rows: list[TableRow] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def read_table(name: str, data: bytes) -> Table:
    """The rows of a file. Raises ``Unreadable`` if it is no sheet of ours, with what to do about it."""
    if len(data) > MOST_BYTES:
        raise Unreadable(f"o arquivo é grande demais: o limite é de {MOST_BYTES // 1_000_000} MB. Divida-o em dois")
    if not data.strip():
        raise Unreadable("o arquivo está vazio")
    found = _xlsx(data) if data.startswith(b"PK") else _csv(name, data)
    return _table(found)


@dataclass(frozen=True)
class _Line:
    number: int
    cells: list[str]
    problem: str = ""


def _table(lines: list[_Line]) -> Table:
    lines = [line for line in lines if any(line.cells) or line.problem]
    if not lines:
        raise Unreadable("a planilha está vazia")
    first, *rest = lines
    if first.problem:
        raise Unreadable(f"na primeira linha, dos nomes das colunas: {first.problem}")
    by_name = {fold(column.heading): column.heading for column in COLUMNS}
    headings = [by_name.get(fold(cell), "") for cell in first.cells]
    missing = [column.heading for column in COLUMNS if column.required and column.heading not in headings]
    if missing:
        raise Unreadable(
            "faltam colunas na primeira linha: " + ", ".join(missing) + ". Use a planilha modelo, sem mudar os nomes"
        )
    known = [heading for heading in headings if heading]
    if len(set(known)) != len(known):
        twice = next(heading for heading in known if known.count(heading) > 1)
        raise Unreadable(f"a coluna “{twice}” aparece duas vezes")
    if len(rest) > MOST_ROWS:
        raise Unreadable(f"a planilha tem {len(rest)} serviços, e o limite é de {MOST_ROWS}: divida-a em partes")
    rows = [
        TableRow(line.number, {h: cell for h, cell in zip(headings, line.cells, strict=False) if h}, line.problem)
        for line in rest
    ]
    unknown = [cell for cell, heading in zip(first.cells, headings, strict=True) if cell and not heading]
    return Table(rows, unknown)


# XLSX


def _xlsx(data: bytes) -> list[_Line]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable("o arquivo é grande demais quando aberto")
        workbook = load_workbook(io.BytesIO(data), read_only=False, data_only=False, keep_links=False)
    except Unreadable:
        raise
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, TypeError, SyntaxError) as error:
        raise Unreadable("não é uma planilha que se possa abrir: salve de novo como .xlsx ou .csv") from error
    sheet = workbook.worksheets[0] if workbook.worksheets else None
    if sheet is None:
        raise Unreadable("o arquivo não tem nenhuma folha")
    merged = {
        row: str(area)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, min(area.max_row, 5_000) + 1)
    }
    lines = []
    # A row beyond the limit is enough to tell that there are too many; formatted emptiness may go on for a million.
    bottom = min(sheet.max_row, 4 * MOST_ROWS)
    for number, cells in enumerate(sheet.iter_rows(max_row=bottom, max_col=_MOST_COLUMNS), start=1):
        problem = f"as células {merged[number]} estão unidas: separe-as" if number in merged else ""
        texts = []
        for cell in cells:
            if cell.data_type == "f":
                problem = f"a célula {cell.coordinate} tem uma fórmula: cole só o valor"
                texts.append("")
            elif cell.data_type == "e":
                problem = f"a célula {cell.coordinate} tem um erro ({cell.value})"
                texts.append("")
            else:
                texts.append(_as_text(cell.value))
        lines.append(_Line(number, texts, problem))
    return lines


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Sim" if value else "Não"
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float | Decimal):
        return f"{value:.10f}".rstrip("0").rstrip(".").replace(".", ",")
    return _plain(str(value))


def _plain(text: str) -> str:
    """As our own export writes a text that looks like a formula, without the mark."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "\t", "\n"):
        text = text[1:]
    return text.strip()


# CSV


def _csv(name: str, data: bytes) -> list[_Line]:
    text = _decoded(data)
    if any(mark in text for mark in _GARBLED):
        raise Unreadable("os acentos estão trocados: salve de novo como “CSV UTF-8” ou como .xlsx")
    first = text.lstrip("\ufeff\r\n").partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    if not first.count(delimiter):
        raise Unreadable("não é uma planilha: envie um arquivo .xlsx ou .csv com uma coluna para cada campo")
    lines: list[_Line] = []
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            problem = "uma célula é comprida demais" if any(len(cell) > _MOST_CELL for cell in cells) else ""
            plain = [_plain(cell) for cell in cells[:_MOST_COLUMNS]]
            if any(_is_formula(cell) for cell in cells):
                problem = "uma célula tem uma fórmula: cole só o valor"
            lines.append(_Line(number, plain, problem))
    except csv.Error as error:
        raise Unreadable(f"o arquivo CSV está quebrado perto da linha {reader.line_num}: salve-o de novo") from error
    return lines


def _is_formula(cell: str) -> bool:
    return cell.startswith("=") and len(cell) > 1


def _decoded(data: bytes) -> str:
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("não é uma planilha: envie um arquivo .xlsx ou .csv")
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("não consegui ler os acentos: salve de novo como “CSV UTF-8” ou como .xlsx")


# Writing


def write_csv(headings: list[str], rows: Iterable[list[str]]) -> bytes:
    """CSV that a spreadsheet opens as text."""
    return as_csv(headings, rows).encode()


def write_xlsx(headings: list[str], rows: Iterable[list[str]], instructions: Iterable[tuple[str, str]] = ()) -> bytes:
    """XLSX of texts, never formulas; a second sheet says what to write in each column."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Serviços"
    _fill(sheet, [headings, *rows])
    sheet.freeze_panes = "D2"
    more = list(instructions)
    if more:
        help_sheet = workbook.create_sheet("Como preencher")
        _fill(help_sheet, [["Coluna", "O que escrever"], *([name, text] for name, text in more)])
        help_sheet.column_dimensions["B"].width = 110
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def _fill(sheet: Any, rows: Iterable[list[str]]) -> None:
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            cell.set_explicit_value(_writable(text), "s")
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
                sheet.column_dimensions[cell.column_letter].width = 28


def _writable(text: str) -> str:
    """Without what XML cannot hold, and no longer than a cell."""
    return "".join(char for char in text if char >= " " or char in "\n\t")[:_MOST_CELL]
