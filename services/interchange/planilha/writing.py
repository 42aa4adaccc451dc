"""Services as a workbook, and the workbook to begin with."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import translation

from services.interchange.planilha.columns import BODY, CODE, COLUMNS, NAME
from services.interchange.planilha.known import Known
from services.interchange.planilha.lines import MOST_CELL, marked
from services.interchange.planilha.parts import PART_SHEETS, STEP, PartSheet
from services.interchange.planilha.phrases import channel_types
from services.interchange.planilha.tables import HEADINGS, SERVICES
from services.record import Service
from services.spreadsheet import as_csv

#: In the place of a code: a row that is there to be looked at.
EXAMPLE = "EXEMPLO"
#: In the place of a text that no cell can hold.
TOO_LONG = "(o texto é longo demais para a planilha, e fica como está)"

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
    # Loaded where it is used: it takes 15 MiB of each web process, most of which never write a workbook.
    from services.interchange.planilha.workbook import drawn

    lists = _lists(known)
    places = {heading: number for number, heading in enumerate(lists, start=1)}
    allowed = {(SERVICES, column.heading): column.allowed for column in COLUMNS if column.allowed}
    allowed |= {(s.name, column.heading): column.allowed for s in PART_SHEETS for column in s.columns if column.allowed}
    offers: dict[str, list[tuple[int, int, int]]] = {}
    for name in tables:
        for place, heading in enumerate(HEADINGS[name], start=1):
            if options := lists.get(of := allowed.get((name, heading), "")):
                offers.setdefault(name, []).append((place, places[of], len(options)))
    sheets = {name: [HEADINGS[name], *rows] for name, rows in tables.items()}
    longest = max(map(len, lists.values()))
    across = [[options[n] if n < len(options) else "" for options in lists.values()] for n in range(longest)]
    helping = [["Folha", "Coluna", "O que escrever", "Exemplo"], *map(list, instructions())]
    return drawn(sheets, offers, helping=helping, listing=[list(lists), *across])
