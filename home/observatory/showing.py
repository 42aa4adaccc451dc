"""Tables and sections as pages show them: words and numbers in the reader's language. No query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from home.observatory.charts import Chart, chart, charted
from home.observatory.numbers import decimal
from home.observatory.shape import WITHHELD, Column, Figures, Row, Section, Table

#: Rows of a table on the page of all sections, and on a section's own; its files have all.
FEW, MANY = 10, 300
_NUMBERS = frozenset({"integer", "number", "percent"})


@dataclass(frozen=True)
class Cell:
    """A value in words; the id of the entry that it names, and whether it is a number."""

    text: str
    entry_id: str = ""
    is_number: bool = False
    #: What is said in place of a number that is not told.
    instead: str = ""
    #: It is what the city calls something, in its own language.
    citys: bool = False


@dataclass(frozen=True)
class ShownTable:
    """A table with as many rows as a page shows, its chart, and how many rows there are in all."""

    table: Table
    columns: list[Column]
    rows: list[list[Cell]]
    total: int
    chart: Chart | None
    withheld: bool

    @property
    def is_cut(self) -> bool:
        """Whether its files have more rows."""
        return self.total > len(self.rows)


@dataclass(frozen=True)
class ShownSection:
    """A section with its news in sentences and its tables that have rows."""

    section: Section
    said: list[str]
    tables: list[ShownTable]

    @property
    def first(self) -> ShownTable | None:
        """The table that tells most."""
        return self.tables[0] if self.tables else None


def shown_section(section: Section, figures: Figures) -> ShownSection:
    """A section of these figures; without any news there is nothing to show."""
    said = section.said(figures)
    filled = [table for table in section.tables if said and figures[table.name]]
    return ShownSection(section, said, [_shown(table, figures[table.name]) for table in filled])


def in_short(section: Section, figures: Figures) -> ShownSection:
    """The same with a few rows of the table that tells most, those of its longest bars."""
    said = section.said(figures)
    table = section.tables[0]
    rows = figures[table.name]
    most = (charted(table, rows) or rows)[:FEW]
    return ShownSection(section, said, [_shown(table, most, total=len(rows))] if said and rows else [])


def _shown(table: Table, rows: Sequence[Row], *, total: int = 0) -> ShownTable:
    columns = [column for column in table.columns if column.shown]
    return ShownTable(
        table=table,
        columns=columns,
        rows=[list(_cells(columns, row)) for row in rows[:MANY]],
        total=total or len(rows),
        chart=chart(table, rows),
        withheld=any(row.get(WITHHELD) for row in rows),
    )


def _cells(columns: Iterable[Column], row: Row) -> Iterable[Cell]:
    for column in columns:
        value = row.get(column.name)
        entry_id = str(row.get(column.link) or "") if column.link else ""
        if value is None and column.type in _NUMBERS:
            yield Cell("", is_number=True, instead=_("omitido") if row.get(WITHHELD) else _("sem dado"))
        else:
            citys = column.type == "string" and not column.translated
            yield Cell(_text(column, value), entry_id, column.type in _NUMBERS, citys=citys)


def _text(column: Column, value: object) -> str:
    if value is None:
        return ""
    if column.type == "date":
        return date_format(date.fromisoformat(str(value)), "SHORT_DATE_FORMAT")
    if isinstance(value, int | float) and column.type in _NUMBERS:
        return f"{decimal(value)}%" if column.type == "percent" else decimal(value)
    return _(str(value)) if column.translated and value else str(value)
