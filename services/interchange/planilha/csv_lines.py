"""CSV as people's programs write it: semicolons, commas or tabs, UTF-8 or what Windows wrote before it."""

import csv
import io

from services.interchange.base import Unreadable
from services.interchange.planilha.lines import MOST_CELL, MOST_COLUMNS, Line, plain

#: What a text looks like whose accents were read in the wrong alphabet.
_GARBLED = ("Ã§", "Ã£", "Ã¡", "Ã©", "\ufffd")


def csv_lines(data: bytes) -> list[Line]:
    """The lines of a CSV file. Raises ``Unreadable``."""
    text = _decoded(data)
    if any(mark in text for mark in _GARBLED):
        raise Unreadable("os acentos estão trocados: salve de novo como “CSV UTF-8” ou como .xlsx")
    first = text.lstrip("\ufeff\r\n").partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    if not first.count(delimiter):
        raise Unreadable("não é uma planilha: envie um arquivo .xlsx ou .csv com uma coluna para cada campo")
    lines: list[Line] = []
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            faults = {place: fault for place, cell in enumerate(cells) if (fault := _fault(cell))}
            lines.append(Line(number, [plain(cell) for cell in cells[:MOST_COLUMNS]], faults))
    except csv.Error as error:
        raise Unreadable(
            f"o arquivo CSV está quebrado perto da linha {reader.line_num}, talvez cortado: salve-o de novo"
        ) from error
    return lines


def _fault(cell: str) -> str:
    if cell.startswith("=") and len(cell) > 1:
        return "a célula tem uma fórmula: cole só o valor"
    return "a célula é comprida demais" if len(cell) > MOST_CELL else ""


def _decoded(data: bytes) -> str:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in data and not wide:
        raise Unreadable("não é uma planilha: envie um arquivo .xlsx ou .csv")
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("não consegui ler os acentos: salve de novo como “CSV UTF-8” ou como .xlsx")
