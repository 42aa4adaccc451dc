"""Rows of a sheet become records, each for itself: a row that cannot be read says why, and the rest is read."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import translation

from services.interchange.base import Unreadable, build, printable
from services.interchange.planilha.columns import BODY, CODE, COLUMNS
from services.interchange.planilha.known import Known
from services.interchange.planilha.tables import Table, TableRow
from services.interchange.slugs import fold
from services.record import Ref, Service, dump
from services.record.identity import id_of, is_id, key_for

#: What new services hold as their source.
SOURCE = "planilha"


@dataclass(frozen=True)
class Row:
    """A row's number in the file, what it is called, and its record or why there is none."""

    number: int
    title: str
    record: Service | None = None
    problem: str = ""


def read_rows(table: Table, known: Known) -> Iterator[Row]:
    """The records of a table's rows, in their order."""
    seen: dict[str, int] = {}
    with translation.override("pt-br"):
        rows = [_row(row, known, seen) for row in table.rows]
    yield from rows


def _row(row: TableRow, known: Known, seen: dict[str, int]) -> Row:
    title = printable(row.cells.get("Nome", ""), 120)
    try:
        if row.problem:
            raise Unreadable(row.problem)
        record = _record(row.cells, known)
        if record.id in seen:
            raise Unreadable(f"repete a linha {seen[record.id]}")
        seen[record.id] = row.number
    except Unreadable as error:
        return Row(row.number, title, problem=printable(str(error)))
    return Row(row.number, record.title, record)


def _record(cells: dict[str, str], known: Known) -> Service:
    for column in COLUMNS:
        if column.required and not cells.get(column.heading):
            raise Unreadable(f"falta preencher “{column.heading}”")
    body = known.body(cells[BODY])
    base = _base(cells, known, body)
    for column in COLUMNS:
        text = cells.get(column.heading)
        # An absent column says nothing; a cell that says what is there already keeps it as it is.
        if text is None or column.heading in (CODE, BODY) or _same(text, column.write(base, known)):
            continue
        try:
            base = base.model_copy(update=column.read(text, base, known))
        except Unreadable as error:
            raise Unreadable(f"coluna “{column.heading}”: {error}") from None
    found = build(dump(base))
    if not isinstance(found, Service):
        raise Unreadable("não é um serviço")
    return found


def _base(cells: dict[str, str], known: Known, body: Ref) -> Service:
    """What the row changes: the service of its code, or a new one."""
    code, title = cells.get(CODE, "").strip(), cells["Nome"]
    if code:
        held = known.services.get(code) if is_id(code) else None
        if held is None:
            raise Unreadable(f"não há serviço com o código “{code[:20]}”: deixe vazio se ele é novo")
        if held.secretariat != body:
            raise Unreadable("o serviço é de outro órgão: mude o órgão pelo botão “Mover” da página dele")
        return held
    source_id = f"{body.id}/{fold(title)}"
    key = key_for(SOURCE, "service", source_id)
    entry_id = id_of(key)
    if entry_id in known.services:
        # The same sheet again.
        return known.services[entry_id]
    if other := known.named.get((body.id, fold(title))):
        raise Unreadable(f"este órgão já tem um serviço com este nome: para mudá-lo, escreva o código {other}")
    return Service(
        kind="service", key=key, id=entry_id, source=SOURCE, source_id=source_id[:255], title="", secretariat=body
    )


def _same(text: str, held: str) -> bool:
    return _normal(text) == _normal(held)


def _normal(text: str) -> str:
    return "\n".join(" ".join(each.split()) for each in text.strip().split("\n"))
