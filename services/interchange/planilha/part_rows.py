"""Rows of the sheets of parts, put into the steps of a service; a part that was there keeps what has no column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from services.interchange.base import Unreadable, describe
from services.interchange.planilha.parts import STEP, STEPS, PartSheet
from services.interchange.planilha.tables import TableRow
from services.interchange.planilha.writing import shown
from services.record import Service
from services.record.service import Step

#: A step for what is asked where no step is written.
_ONLY = "Fazer o pedido"


@dataclass(frozen=True)
class Fault:
    """Why a row was not read."""

    sheet: str
    row: int
    column: str
    sentence: str


def read_parts(record: Service, parts: Mapping[PartSheet, Sequence[TableRow]], faults: list[Fault]) -> Service:
    """The service with the parts that these rows say; sheets that are not given leave theirs alone."""
    steps = list(record.steps)
    labels = {number: number for number in range(1, len(steps) + 1)}
    if STEPS in parts:
        steps, labels = _read_steps(steps, parts[STEPS], faults)
    for sheet, rows in parts.items():
        if sheet.field and (rows or any(getattr(step, sheet.field).default for step in steps)):
            if not steps:
                steps, labels = [Step(title=_ONLY)], {1: 1}
            steps = _with_items(sheet, steps, labels, rows, faults)
    return record if steps == record.steps else record.model_copy(update={"steps": steps})


def _read_steps(held: list[Step], rows: Sequence[TableRow], faults: list[Fault]) -> tuple[list[Step], dict[int, int]]:
    """The steps in the order of their numbers, and where each number stands now."""
    numbered: list[tuple[int, TableRow]] = []
    for place, row in enumerate(rows, start=1):
        number = _number(STEPS, row, place, faults)
        if number in {taken for taken, _row in numbered}:
            faults.append(Fault(STEPS.name, row.number, STEP, f"já há uma etapa {number} neste serviço"))
        numbered.append((number, row))
    numbered.sort(key=lambda pair: pair[0])
    ordered = [row for _number, row in numbered]
    found = _matched(STEPS, ordered, held, faults)
    return found, {number: place for place, (number, _row) in enumerate(numbered, start=1)}


def _with_items(
    sheet: PartSheet, steps: list[Step], labels: Mapping[int, int], rows: Sequence[TableRow], faults: list[Fault]
) -> list[Step]:
    placed: list[tuple[int, TableRow]] = []
    for row in rows:
        number = _number(sheet, row, 1, faults)
        if number not in labels:
            faults.append(Fault(sheet.name, row.number, STEP, f"o serviço não tem a etapa {number}"))
        else:
            placed.append((labels[number], row))
    placed.sort(key=lambda pair: pair[0])
    held = [item for step in steps for item in getattr(step, sheet.field).default]
    items = _matched(sheet, [row for _place, row in placed], held, faults)
    if len(items) != len(placed):
        return steps
    by_step: dict[int, list[Any]] = {}
    for (place, _row), item in zip(placed, items, strict=True):
        by_step.setdefault(place, []).append(item)
    return [
        step.model_copy(
            update={sheet.field: getattr(step, sheet.field).model_copy(update={"default": by_step.get(place, [])})}
        )
        for place, step in enumerate(steps, start=1)
    ]


def _number(sheet: PartSheet, row: TableRow, otherwise: int, faults: list[Fault]) -> int:
    text = row.cells.get(STEP, "").rstrip("ªºa.")
    if not text:
        return otherwise
    if not text.isdecimal() or len(text) > 3 or not int(text):
        faults.append(Fault(sheet.name, row.number, STEP, f"escreva o número da etapa, e não “{text[:40]}”"))
        return otherwise
    return int(text)


def _matched(sheet: PartSheet, rows: Sequence[TableRow], held: Sequence[Any], faults: list[Fault]) -> list[Any]:
    """A part for each row; without those of rows with faults."""
    free = dict(enumerate(held))
    cells = [[shown(text) for text in sheet.cells(item)] for item in held]
    chosen: dict[int, int] = {}

    def claim(row: int, place: int | None) -> None:
        if place is not None:
            chosen[row] = place
            del free[place]

    for number, row in enumerate(rows):
        claim(number, next((place for place in free if _says(sheet, row, cells[place])), None))
    first = sheet.columns[0].heading
    for number, row in enumerate(rows):
        if number not in chosen and (text := row.cells.get(first)):
            claim(number, next((place for place in free if _line(cells[place][0]) == _line(text)), None))
    if len(rows) == len(held):
        for number in range(len(rows)):
            if number not in chosen and number in free:
                claim(number, number)
    found = []
    for number, row in enumerate(rows):
        before = held[chosen[number]] if number in chosen else None
        item = _read(sheet, row, before, faults)
        if item is not None:
            found.append(item)
    return found


def _says(sheet: PartSheet, row: TableRow, cells: Sequence[str]) -> bool:
    """Whether a row says all that its columns say of a part."""
    return all(
        _line(row.cells[column.heading]) == _line(text)
        for column, text in zip(sheet.columns, cells, strict=True)
        if column.heading in row.cells
    )


def _read(sheet: PartSheet, row: TableRow, before: Any, faults: list[Fault]) -> Any:
    faulty = [Fault(sheet.name, row.number, column, fault) for column, fault in row.faults.items()]
    changed: dict[str, Any] = {}
    for column in sheet.columns:
        text = row.cells.get(column.heading)
        if text is None or column.heading in row.faults:
            continue
        if before is not None and _line(text) == _line(shown(column.write(before))):
            continue
        if column.required and not text:
            faulty.append(Fault(sheet.name, row.number, column.heading, f"falta preencher “{column.heading}”"))
            continue
        try:
            changed |= column.read(text)
        except Unreadable as error:
            faulty.append(Fault(sheet.name, row.number, column.heading, str(error)))
    faults += faulty
    if faulty:
        return None
    if before is not None and not changed:
        return before
    try:
        return before.model_copy(update=changed) if before is not None else sheet.value_type(**changed)
    except ValidationError as error:
        faults.append(Fault(sheet.name, row.number, "", describe(error)))
        return None


def _line(text: str) -> str:
    return "\n".join(" ".join(each.split()) for each in text.strip().split("\n"))
