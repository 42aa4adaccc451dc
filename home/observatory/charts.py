"""Charts as drawings made on the server: bars whose lengths are parts of what holds them, so that they fit any screen.

Heights are in the reader's text size. What a drawing shows stands in the table beside it too. No query.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.utils.translation import gettext as _

from home.observatory.numbers import decimal
from home.observatory.shape import Bars, Column, Row, Table, Value

#: Letters of a line of a name that fit beside a value on a phone.
_LETTERS = 34
#: Bars of one chart; the table has the rest.
_MOST = 40
#: Heights in rem: of a line of a name, of what a bar takes below it, and where in that the bar and its middle are.
_LINE, _STEP, _BAR, _MIDDLE = 1.15, 1.4, 0.3, 0.675


@dataclass(frozen=True)
class Bar:
    """A bar: its name, whole and line by line with their places, its value in words, and where it is drawn."""

    label: str
    lines: list[tuple[str, str]]
    said: str
    width: str
    value_y: str
    bar_y: str
    middle_y: str
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class Chart:
    """A drawing with what it is called and what it shows, in words."""

    id: str
    title: str
    description: str
    height: str
    bars: list[Bar]
    with_intervals: bool
    #: Its bars are called what the city calls them, in its own language.
    citys: bool


def chart(table: Table, rows: Sequence[Row]) -> Chart | None:
    """A table's chart, the longest bar first; ``None`` where there is none, or nothing to draw."""
    asked = table.bars
    if asked is None:
        return None
    told = charted(table, rows)
    full = asked.full or max((_size(row, asked) for row in told), default=0)
    if not full:
        return None
    column = next(column for column in table.columns if column.name == asked.value)
    names = next(column for column in table.columns if column.name == asked.label)
    bars: list[Bar] = []
    top = 0.0
    for row in told:
        bar, top = _bar(row, asked, column, names, full=full, top=top)
        bars.append(bar)
    said = _("Gráfico de barras; os mesmos números estão na tabela. A maior barra: %(first)s. A menor: %(last)s.") % {
        "first": f"{bars[0].label}, {bars[0].said}",
        "last": f"{bars[-1].label}, {bars[-1].said}",
    }
    with_intervals = any(bar.low for bar in bars)
    return Chart(table.name, str(asked.title), said, f"{top:g}rem", bars, with_intervals, citys=not names.translated)


def charted(table: Table, rows: Sequence[Row]) -> list[Row]:
    """The rows that a table's chart shows, the longest bar first; none of a table without a chart."""
    asked = table.bars
    if asked is None:
        return []
    # Of parts of a whole nought is news; of counts it is not.
    told = [row for row in rows if _number(row[asked.value]) is not None and (asked.full or _size(row, asked))]
    return sorted(told, key=lambda row: -_size(row, asked))[:_MOST]


def _bar(row: Row, asked: Bars, column: Column, names: Column, *, full: float, top: float) -> tuple[Bar, float]:
    label = str(row[asked.label])
    if names.translated:
        label = _(label)
    low, high = (_number(row[name]) if name else None for name in (asked.low, asked.high))
    lines = wrap(label, _LETTERS) or [""]
    ends = top + _LINE * len(lines)
    bar = Bar(
        label=label,
        lines=[(line, f"{top + _LINE * number:g}rem") for number, line in enumerate(lines, start=1)],
        said=f"{decimal(row[asked.value])}{'%' if column.type == 'percent' else ''}",
        width=_part(_size(row, asked), full),
        value_y=f"{ends:g}rem",
        bar_y=f"{ends + _BAR:g}rem",
        middle_y=f"{ends + _MIDDLE:g}rem",
        low="" if low is None else _part(low, full),
        high="" if high is None else _part(high, full),
    )
    return bar, ends + _STEP


def _size(row: Row, asked: Bars) -> float:
    return _number(row[asked.value]) or 0.0


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _part(value: float, full: float) -> str:
    return f"{100 * min(value / full, 1):.2f}%"
