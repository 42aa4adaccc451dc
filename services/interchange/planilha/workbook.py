"""Tables of texts drawn as XLSX. Imported where one is drawn: the library takes 15 MiB of a process."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from services.interchange.planilha.lines import FORMULA, marked
from services.interchange.planilha.tables import MOST_SERVICES

_HELP, _LISTS = "Como preencher", "Valores"
_WIDE = {"Resumo", "Requisitos", "Descrição", "Explicação", "Contato", "Leis", "Como usar"}

Table = Sequence[Sequence[str]]
#: A column of a sheet, the column of the lists that holds what may be written, and how many those are.
Offer = tuple[int, int, int]


def drawn(
    sheets: Mapping[str, Table], offers: Mapping[str, Sequence[Offer]], *, helping: Table, listing: Table
) -> bytes:
    """XLSX of the sheets, then what helps to fill them in, then the lists of what may be written."""
    file = Workbook()
    file.remove(file.active)
    for name, rows in sheets.items():
        sheet = file.create_sheet(name)
        _fill(sheet, rows)
        sheet.freeze_panes = "D2"
        for place, of_list, count in offers.get(name, ()):
            _offer(sheet, place, of_list, count)
    _fill(file.create_sheet(_HELP), helping)
    _fill(file.create_sheet(_LISTS), listing)
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


def _fill(sheet: Any, rows: Table) -> None:
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
