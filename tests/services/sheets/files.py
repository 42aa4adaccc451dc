"""Spreadsheets as people fill them in, and the screen that they send them to."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

Sheets = Mapping[str, Sequence[Sequence[Any]]]


def xlsx(sheets: Sheets) -> bytes:
    """A file of these sheets; a text that begins with ``=`` is a formula, as in any spreadsheet."""
    file = Workbook()
    file.remove(file.active)
    for name, rows in sheets.items():
        sheet = file.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    output = io.BytesIO()
    file.save(output)
    return output.getvalue()


def csv_text(rows: Sequence[Sequence[Any]], delimiter: str = ";") -> str:
    """A table as CSV."""
    output = io.StringIO()
    csv.writer(output, delimiter=delimiter).writerows(rows)
    return output.getvalue()


def rows_of(data: bytes, sheet: str = "Serviços") -> list[dict[str, str]]:
    """The rows of a sheet by their headings."""
    first, *rest = load_workbook(io.BytesIO(data))[sheet].iter_rows(values_only=True)
    return [{str(name): cell or "" for name, cell in zip(first, row, strict=True)} for row in rest]


def changed(data: bytes, changes: Mapping[str, Mapping[int, Mapping[str, Any]]]) -> bytes:
    """A downloaded file with some cells written over: by sheet, row as shown, and heading."""
    file = load_workbook(io.BytesIO(data))
    for name, rows in changes.items():
        sheet = file[name]
        headings = {cell.value: cell.column for cell in sheet[1]}
        for number, cells in rows.items():
            for heading, value in cells.items():
                sheet.cell(number, headings[heading]).value = value
    output = io.BytesIO()
    file.save(output)
    return output.getvalue()


def upload(client: Client, data: bytes, name: str = "servicos.xlsx") -> Any:
    """Send a file; the page that shows what it would change, or the form with what is wrong."""
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("conecta_sheets:index"), {"file": file}, follow=True)


def confirm(client: Client, preview: Any, digest: str | None = None) -> Any:
    """Press the button below what was seen."""
    seen = preview.context["plan"].digest if digest is None else digest
    return client.post(preview.request["PATH_INFO"], {"conferido": seen})


def download(client: Client, body: str) -> bytes:
    """A body's services."""
    answer = client.get(reverse("conecta_sheets:services"), {"orgao": body})
    assert answer.status_code == 200
    return bytes(answer.content)
