"""Counts of few people are withheld, and enough beside them that no sum gives them away. Pure.

The rule is that of official statistics: cells below a least count are not told, and of a table whose sum is known so
many more are withheld that what is missing is of two rows at least and of ten people at least. Nought is told: it is
about nobody.
"""

from collections.abc import Iterable, Sequence

from home.observatory.shape import WITHHELD, Column, Row, Table, Value

#: Fewer people are not told of (the same as of ratings).
LEAST = 10
#: As if it were a column; it is in no file.
HELD = "held"
#: A cell alone would be the sum less the others.
_FEWEST_ROWS = 2


def withheld(table: Table, rows: Iterable[Row]) -> list[Row]:
    """The rows as they may be told; ``omitido`` says of which something is not. ``HELD`` of a row names a column of
    counts that is not told of it because another table would then give something away.
    """
    found = [dict(row) for row in rows]
    held = [row.pop(HELD, None) for row in found]
    counts = [column for column in table.columns if column.person_count]
    if not counts:
        return found
    hidden: dict[str, set[int]] = {}
    whole_rows: set[int] = set()
    for column in counts:
        before = whole_rows | {number for number, name in enumerate(held) if name == column.name}
        hidden[column.name] = _hidden([_count(row[column.name]) for row in found], before, table)
        if column is counts[0]:
            whole_rows = hidden[column.name]
    for number, row in enumerate(found):
        gone = [
            column.name
            for column in table.columns
            if number in hidden.get(column.name, ()) or _is_of_few(column, row, number, hidden, whole_rows)
        ]
        row[WITHHELD] = any(row[name] is not None for name in gone)
        row.update(dict.fromkeys(gone))
    # Their place among the others would tell how many they are.
    told = [row for number, row in enumerate(found) if number not in whole_rows]
    return told + sorted((found[number] for number in whole_rows), key=lambda row: _names(table, row))


def _names(table: Table, row: Row) -> list[str]:
    return [str(row[column.name]).casefold() for column in table.columns if column.type == "string" and column.shown]


def _is_of_few(column: Column, row: Row, number: int, hidden: dict[str, set[int]], whole_rows: set[int]) -> bool:
    if not column.of:
        return False
    # A share of nobody says nothing; one of few tells of them.
    return number in whole_rows or number in hidden[column.of] or _count(row[column.of]) < LEAST


def _hidden(counts: Sequence[int], before: set[int], table: Table) -> set[int]:
    """Which of these counts are not told; those of ``before`` among them."""
    hidden = before | {number for number, count in enumerate(counts) if 0 < count < LEAST}
    if not hidden:
        return hidden
    if table.whole:
        for number in sorted(range(len(counts)), key=lambda number: (counts[number], number)):
            told_of = [counts[each] for each in hidden if counts[each]]
            if not told_of or (len(told_of) >= _FEWEST_ROWS and sum(told_of) >= LEAST):
                break
            if number not in hidden and counts[number]:
                hidden.add(number)
    return hidden


def _count(value: Value) -> int:
    return value if isinstance(value, int) else 0
