"""XLSX as lines of text: formulas are told and never run; what is too big, broken or forged is not opened."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services.interchange.base import Unreadable
from services.interchange.planilha.lines import MOST_CELL, MOST_COLUMNS, Line, plain

#: Bytes of all parts when unpacked: some five times what ten thousand services take.
MOST_UNPACKED = 250_000_000
#: Of a sheet's part, looked through at once for cells that were united; and the longest mark of such cells.
_PIECE, _MARK = 1_000_000, 200
_MOST_ENTRIES = 500
_MOST_SHEETS = 20
#: The last row that a spreadsheet has.
_LAST_ROW = 1_048_576
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
# A forged part may have the library stumble anywhere in its reading.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    SyntaxError,
    RuntimeError,
    OSError,
    EOFError,
    AssertionError,
)


def is_xlsx(data: bytes) -> bool:
    """Whether a file is a zip, as XLSX files are."""
    return data.startswith(b"PK")


def xlsx_lines(data: bytes) -> list[tuple[str, list[Line]]]:
    """The sheets of a file by name, in their order. Raises ``Unreadable``."""
    # Loaded where it is used: it takes 15 MiB of each web process, most of which never see a workbook.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive)
            workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            found = []
            for sheet in workbook.worksheets[:_MOST_SHEETS]:
                if area := _merged(archive, sheet._worksheet_path.lstrip("/")):
                    raise Unreadable(f"na folha {sheet.title}, as células {area} estão unidas: separe-as")
                found.append((str(sheet.title), list(_lines(sheet))))
    except Unreadable:
        raise
    except (*_BROKEN, InvalidFileException) as error:
        raise Unreadable("o arquivo está quebrado ou cortado: abra-o, salve de novo como .xlsx e envie") from error
    if not found:
        raise Unreadable("o arquivo não tem nenhuma folha")
    return found


def _check(archive: zipfile.ZipFile) -> None:
    """What the directory says is what can be read: a part that goes on beyond its size fails its sum."""
    entries = archive.infolist()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Unreadable("o arquivo está protegido por senha: salve sem senha e envie")
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unreadable("o arquivo é grande demais quando aberto: divida a planilha em partes")


def _merged(archive: zipfile.ZipFile, name: str) -> str:
    """The first cells of a sheet that were made one, ``""`` if there are none. Holds a piece of it at a time."""
    held = b""
    with archive.open(name) as part:
        while piece := part.read(_PIECE):
            held = held[-_MARK:] + piece
            if found := _MERGED.search(held):
                return found[1].decode()
    return ""


def _lines(sheet: Any) -> Iterator[Line]:
    # What the file says of its own size may be wrong.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > _LAST_ROW:
            raise Unreadable("a planilha tem linhas demais")
        if not cells:
            continue
        faults: dict[int, str] = {}
        texts = []
        for place, cell in enumerate(cells[:MOST_COLUMNS]):
            kind = cell.data_type
            text = ""
            if kind == "f":
                faults[place] = "a célula tem uma fórmula: cole só o valor"
            elif kind == "e":
                faults[place] = f"a célula tem um erro ({str(cell.value)[:20]})"
            else:
                text = _as_text(cell.value)
                if len(text) > MOST_CELL:
                    faults[place] = "a célula é comprida demais"
            texts.append(text)
        if faults or any(texts):
            yield Line(number, texts, faults)


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Sim" if value else "Não"
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float | Decimal):
        return f"{value:.10f}".rstrip("0").rstrip(".").replace(".", ",")
    return plain(str(value))
