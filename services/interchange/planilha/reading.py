"""Rows of a workbook become services, each for itself: one that cannot be read says where and why."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import translation
from pydantic import ValidationError

from services.interchange.base import Unreadable, describe, printable
from services.interchange.planilha.columns import BODY, BY_FIELD, CODE, COLUMNS, NAME
from services.interchange.planilha.known import Known
from services.interchange.planilha.lines import plain
from services.interchange.planilha.part_rows import Fault, read_parts
from services.interchange.planilha.parts import PART_SHEETS, PartSheet
from services.interchange.planilha.tables import SERVICES, TableRow, Workbook
from services.interchange.planilha.writing import EXAMPLE, shown
from services.interchange.slugs import fold
from services.record import Service, dump, from_data
from services.record.identity import id_of, is_id, key_for

#: What services that a sheet added hold as their source.
SOURCE = "planilha"
#: Services whose records are looked up at once.
_AT_ONCE = 200


@dataclass(frozen=True)
class Problem:
    """Why something was not read: sheet, row and column as the spreadsheet shows them, and a sentence."""

    sheet: str
    row: int
    column: str
    sentence: str

    @property
    def place(self) -> str:
        """``folha Etapas, linha 3, coluna “Prazo”``."""
        column = f", coluna “{self.column}”" if self.column else ""
        return f"folha {self.sheet}, linha {self.row}{column}"


@dataclass
class Row:
    """A row of services: what it is called, what is here of it, and what it becomes unless there are problems."""

    number: int
    title: str
    before: Service | None = None
    after: Service | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_equal(self) -> bool:
        """Whether it says only what is here already."""
        return self.after is not None and self.after == self.before


@dataclass
class Sheet:
    """All rows in their order, the problems that are of none of them, and what a person should know."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_rows(workbook: Workbook, known: Known, *, part: slice = slice(None)) -> Sheet:
    """What a workbook says, read over what is here; with ``part``, of some of its services only.

    A row is blamed for the same in a part as in the whole; what is of no service is told with the first.
    """
    with translation.override("pt-br"):
        return _Reader(workbook, known).read(part)


def count_rows(workbook: Workbook) -> int:
    """How many services a workbook speaks of."""
    return sum(not _is_example(row) for row in workbook[SERVICES].rows)


@dataclass
class _Target:
    """A row, and the service that it is about: its id, and how to begin one that is not here."""

    row: Row
    cells: TableRow
    new: Service | None = None
    entry_id: str = ""


class _Reader:
    def __init__(self, workbook: Workbook, known: Known) -> None:
        self._workbook = workbook
        self._known = known
        self._sheet = Sheet()

    def read(self, part: slice) -> Sheet:
        targets = [self._target(each) for each in self._workbook[SERVICES].rows if not _is_example(each)]
        _blame_repeated(targets)
        pairs = list(zip(targets, self._parts_by_target(targets), strict=True))[part]
        for start in range(0, len(pairs), _AT_ONCE):
            some = pairs[start : start + _AT_ONCE]
            self._settle([target for target, _parts in some])
            for target, parts in some:
                self._fill(target, parts)
                self._sheet.rows.append(target.row)
        if part.start:
            self._sheet.problems.clear()
            return self._sheet
        for name, table in self._workbook.items():
            for heading in table.unknown:
                said = f"A coluna “{printable(heading, 60)}” da folha {name} não é desta planilha: não foi lida."
                self._sheet.notes.append(said)
        return self._sheet

    # Whose row it is

    def _target(self, cells: TableRow) -> _Target:
        title = cells.cells.get(NAME, "")
        target = _Target(Row(cells.number, printable(title, 120)), cells)
        for heading, fault in cells.faults.items():
            _blame(target, heading, fault)
        for column in COLUMNS:
            if column.required and not cells.cells.get(column.heading) and column.heading not in cells.faults:
                _blame(target, column.heading, f"falta preencher “{column.heading}”")
        if target.row.problems:
            return target
        code = cells.cells.get(CODE, "")
        try:
            body = self._known.body(cells.cells[BODY])
        except Unreadable as error:
            _blame(target, BODY, str(error))
            return target
        if code:
            target.entry_id = code if is_id(code) else ""
            if not target.entry_id:
                _blame(target, CODE, f"“{code[:20]}” não é um código: deixe vazio se o serviço é novo")
            return target
        source_id = f"{body.id}/{fold(title)}"[:255]
        key = key_for(SOURCE, "service", source_id)
        target.entry_id = id_of(key)
        # The reference alone, as an entry's own record has it.
        target.new = Service(
            kind="service",
            key=key,
            id=target.entry_id,
            source=SOURCE,
            source_id=source_id,
            title="",
            secretariat=body.model_copy(update={"title": "", "url": ""}),
        )
        other = self._known.named.get((body.id, fold(title)))
        if other and other != target.entry_id:
            _blame(
                target, CODE, f"este órgão já tem um serviço com este nome: para mudá-lo, escreva aqui o código {other}"
            )
        return target

    def _settle(self, targets: list[_Target]) -> None:
        sound = [target for target in targets if not target.row.problems]
        held = self._known.look_up({target.entry_id for target in sound})
        for target in sound:
            before = held.get(target.entry_id)
            if before is None and target.new is None:
                _blame(target, CODE, f"não há serviço com o código “{target.entry_id}” entre os que você pode mudar")
                continue
            body = self._known.body(target.cells.cells[BODY])
            if before is not None and before.secretariat != body:
                _blame(target, BODY, "o serviço é de outro órgão, e não muda de órgão pela planilha")
                continue
            target.row.before = before

    # Its parts

    def _parts_by_target(self, targets: list[_Target]) -> list[dict[PartSheet, list[TableRow]]]:
        """For each target, the rows of each sheet that says anything at all."""
        by_code = {code: n for n, target in enumerate(targets) if (code := target.cells.cells.get(CODE, ""))}
        by_name = defaultdict(list)
        for number, target in enumerate(targets):
            by_name[fold(target.cells.cells.get(NAME, ""))].append(number)
        found: list[dict[PartSheet, list[TableRow]]] = [{} for _target in targets]
        for sheet in PART_SHEETS:
            table = self._workbook.get(sheet.name)
            rows = [row for row in table.rows if not _is_example(row)] if table else []
            if not rows:
                continue
            for each in found:
                each[sheet] = []
            for row in rows:
                code, name = row.cells.get(CODE, ""), fold(row.cells.get(NAME, ""))
                places = [by_code[code]] if code in by_code else [] if code else by_name.get(name, [])
                if len(places) == 1:
                    found[places[0]][sheet].append(row)
                    continue
                said = "há mais de um serviço com este nome" if places else "este serviço não está na folha Serviços"
                self._sheet.problems.append(
                    Problem(sheet.name, row.number, CODE if code else NAME, said if code or name else "diga o serviço")
                )
        return found

    def _fill(self, target: _Target, parts: dict[PartSheet, list[TableRow]]) -> None:
        if target.row.problems:
            return
        record = target.row.before or target.new
        assert record is not None, "settled"  # noqa: S101
        for column in COLUMNS:
            text = target.cells.cells.get(column.heading)
            # An absent column says nothing; a cell that says what is there already keeps it as it is.
            if text is None or column.heading in (CODE, BODY) or is_same(text, column.write(record, self._known)):
                continue
            try:
                record = record.model_copy(update=column.read(text, record, self._known))
            except Unreadable as error:
                _blame(target, column.heading, str(error))
            except ValidationError as error:
                _blame(target, column.heading, describe(error))
        faults: list[Fault] = []
        record = read_parts(record, parts, faults)
        for fault in faults:
            target.row.problems.append(Problem(fault.sheet, fault.row, fault.column, printable(fault.sentence)))
        if not target.row.problems:
            self._build(target, record)

    def _build(self, target: _Target, record: Service) -> None:
        try:
            found = from_data(dump(record))
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                place = next((str(part) for part in detail["loc"] if str(part) in BY_FIELD), "")
                single = ValidationError.from_exception_data("service", [detail])  # type: ignore[list-item]
                _blame(target, BY_FIELD.get(place, ""), describe(single).partition(": ")[2])
            return
        assert isinstance(found, Service), "built as one"  # noqa: S101
        before = target.row.before
        # What is here was normalised as it was read: a file that changes no cell changes nothing.
        target.row.after = before if before is not None and dump(found) == dump(before) else found


def is_same(text: str, held: str) -> bool:
    """Whether a cell says what is here, as it was written into it."""
    return _normal(text) == _normal(plain(shown(held)))


def _normal(text: str) -> str:
    return "\n".join(" ".join(each.split()) for each in text.strip().split("\n"))


def _is_example(row: TableRow) -> bool:
    return fold(row.cells.get(CODE, "")) == fold(EXAMPLE)


def _blame_repeated(targets: Iterable[_Target]) -> None:
    """The first row that names a service is the one that counts."""
    seen: dict[str, int] = {}
    for target in targets:
        if target.row.problems:
            continue
        first = seen.setdefault(target.entry_id, target.row.number)
        if first != target.row.number:
            _blame(target, CODE if target.cells.cells.get(CODE) else NAME, f"repete a linha {first}")


def _blame(target: _Target, column: str, sentence: str) -> None:
    target.row.problems.append(Problem(SERVICES, target.row.number, column, printable(sentence)))


def problems_of(sheet: Sheet) -> Iterable[Problem]:
    """All of them."""
    yield from sheet.problems
    for row in sheet.rows:
        yield from row.problems
