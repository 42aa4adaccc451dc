"""Services as a workbook, and the workbook to begin with."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import translation
from openpyxl import Workbook as File
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from services.interchange.planilha.columns import BODY, CODE, COLUMNS, NAME
from services.interchange.planilha.known import Known
from services.interchange.planilha.lines import FORMULA, MOST_CELL, marked
from services.interchange.planilha.parts import PART_SHEETS, STEP, PartSheet
from services.interchange.planilha.phrases import channel_types
from services.interchange.planilha.tables import HEADINGS, MOST_SERVICES, SERVICES
from services.record import Service
from services.spreadsheet import as_csv

#: In the place of a code: a row that is there to be looked at.
EXAMPLE = "EXEMPLO"
#: In the place of a text that no cell can hold.
TOO_LONG = "(o texto é longo demais para a planilha, e fica como está)"
_HELP, _LISTS = "Como preencher", "Valores"
_WIDE = {"Resumo", "Requisitos", "Descrição", "Explicação", "Contato", "Leis", "Como usar"}

Rows = list[list[str]]


def shown(text: str) -> str:
    """A text as a cell can hold it."""
    return text if len(text) <= MOST_CELL else TOO_LONG


def service_rows(records: Iterable[Service], known: Known) -> Rows:
    """A row of texts for each service."""
    with translation.override("pt-br"):
        return [[shown(column.write(record, known)) for column in COLUMNS] for record in records]


def part_rows(sheet: PartSheet, records: Iterable[Service]) -> Rows:
    """A row for each part of each service."""
    with translation.override("pt-br"):
        return [
            [record.id, record.title, str(number), *map(shown, sheet.cells(item))]
            for record in records
            for number, item in sheet.held(record)
        ]


def write_workbook(records: Sequence[Service], known: Known) -> bytes:
    """XLSX of all sheets, with what to write in each column and what may be written."""
    tables = {SERVICES: service_rows(records, known)}
    tables |= {sheet.name: part_rows(sheet, records) for sheet in PART_SHEETS}
    return _xlsx(tables, known)


def template(known: Known) -> bytes:
    """XLSX to begin with: an example in each sheet, which is not read."""
    bodies = _bodies(known)
    examples = {
        column.heading: column.example if column.heading != BODY or not bodies else bodies[0] for column in COLUMNS
    }
    examples[CODE] = EXAMPLE
    tables = {SERVICES: [[examples[heading] for heading in HEADINGS[SERVICES]]]}
    for sheet in PART_SHEETS:
        tables[sheet.name] = [[EXAMPLE, examples[NAME], "1", *(column.example for column in sheet.columns)]]
    return _xlsx(tables, known)


def write_csv(sheet: str, rows: Rows) -> bytes:
    """CSV of one sheet, that a spreadsheet opens as text."""
    return as_csv(HEADINGS[sheet], [[marked(text, runs=False) for text in row] for row in rows]).encode()


def instructions() -> list[tuple[str, str, str, str]]:
    """Sheet, column, what to write, an example: of every column."""
    found = [(SERVICES, column.heading, column.instruction, column.example) for column in COLUMNS]
    for sheet in PART_SHEETS:
        what = "esta etapa" if not sheet.field else "a etapa em que se pede" if sheet.name != "Canais" else "a etapa"
        found += [
            (sheet.name, CODE, "O código do serviço; vazio se ele é novo.", ""),
            (sheet.name, NAME, "O nome do serviço, como na folha Serviços; só conta se o código está vazio.", ""),
            (
                sheet.name,
                STEP,
                f"O número d{what}. Vazio quer dizer: " + ("a seguinte." if not sheet.field else "1."),
                "1",
            ),
        ]
        found += [(sheet.name, column.heading, column.instruction, column.example) for column in sheet.columns]
    return found


def _bodies(known: Known) -> list[str]:
    own = known.acronyms if known.own is None else {pk: name for pk, name in known.acronyms.items() if pk in known.own}
    return sorted({name for name in own.values() if name})


def _lists(known: Known) -> dict[str, list[str]]:
    def titles(kind: Any) -> list[str]:
        refs = [ref for found in known.entries.get(kind, {}).values() for ref in found]
        return sorted((known.title(ref) for ref in refs), key=str.casefold)

    with translation.override("pt-br"):
        return {
            "Órgãos": _bodies(known),
            "Sim ou Não": ["Sim", "Não"],
            "Tipos de canal": channel_types(),
            "Temas": titles("topic"),
            "Públicos": titles("audience"),
            "Unidades": titles("unit"),
        }


def _xlsx(tables: Mapping[str, Rows], known: Known) -> bytes:
    file = File()
    file.remove(file.active)
    lists = _lists(known)
    allowed = {(SERVICES, column.heading): column.allowed for column in COLUMNS if column.allowed}
    allowed |= {(s.name, column.heading): column.allowed for s in PART_SHEETS for column in s.columns if column.allowed}
    for name, rows in tables.items():
        sheet = file.create_sheet(name)
        _fill(sheet, [HEADINGS[name], *rows])
        sheet.freeze_panes = "D2"
        for place, heading in enumerate(HEADINGS[name], start=1):
            if options := lists.get(allowed.get((name, heading), "")):
                _offer(sheet, place, list(lists).index(allowed[name, heading]) + 1, len(options))
    helping = file.create_sheet(_HELP)
    _fill(helping, [["Folha", "Coluna", "O que escrever", "Exemplo"], *map(list, instructions())])
    listing = file.create_sheet(_LISTS)
    longest = max(map(len, lists.values()))
    across = [[options[n] if n < len(options) else "" for options in lists.values()] for n in range(longest)]
    _fill(listing, [list(lists), *across])
    output = io.BytesIO()
    file.save(output)
    return output.getvalue()


def _offer(sheet: Any, place: int, of_list: int, count: int) -> None:
    """Have the spreadsheet offer what may be written; what is not in the list it may still take."""
    letter, source = get_column_letter(place), get_column_letter(of_list)
    offered = DataValidation(type="list", formula1=f"{_LISTS}!${source}$2:${source}${count + 1}", allow_blank=True)
    offered.showErrorMessage = False
    offered.add(f"{letter}2:{letter}{MOST_SERVICES * 5}")
    sheet.add_data_validation(offered)


def _fill(sheet: Any, rows: Rows) -> None:
    """Texts, never formulas: no spreadsheet runs them, nor what somebody types over them."""
    top, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            if text:
                cell.value = marked(text, runs=False)
                # The library takes what begins with "=" for a formula.
                cell.data_type = "s"
                cell.quotePrefix = text.startswith(FORMULA)
            cell.alignment = top
            if number == 1:
                cell.font = bold
                sheet.column_dimensions[cell.column_letter].width = 60 if text in _WIDE else 26
