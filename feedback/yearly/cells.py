"""Counts that may be told: a small one might tell of one person. Pure."""

from collections.abc import Collection, Mapping

from feedback.statistics import LEAST

#: Instead of a count below the least.
FEW = "few"
#: Instead of one that, taken from the total, would give away the only small one.
KEPT = "kept"
Cell = int | str


def told(count: int) -> Cell:
    """A count that stands alone."""
    return count if count == 0 or count >= LEAST else FEW


def table(counts: Mapping[str, int], kept: Collection[str] = ()) -> dict[str, Cell]:
    """The counts of a table whose sum is told too, in their order: of hidden ones there are two or none.

    Only where the others are all nought is one hidden alone, and then the sum is as small and hidden like it. ``kept``:
    those that are not told because of another table.
    """
    cells = {name: KEPT if count >= LEAST and name in kept else told(count) for name, count in counts.items()}
    if sum(not isinstance(cell, int) for cell in cells.values()) == 1:
        others = [name for name, cell in cells.items() if isinstance(cell, int) and cell]
        if others:
            cells[min(others, key=lambda name: counts[name])] = KEPT
    return cells


def ranked(counts: Mapping[str, int], names: Mapping[str, str], kept: Collection[str] = ()) -> list[tuple[str, Cell]]:
    """Name and count of each, the greatest first; those that are hidden follow by name, which tells no order."""
    cells = table(counts, kept)
    shown: list[tuple[str, Cell]] = [(name, cell) for name, cell in cells.items() if isinstance(cell, int) and cell]
    hidden: list[tuple[str, Cell]] = [(name, cell) for name, cell in cells.items() if not isinstance(cell, int)]
    shown.sort(key=lambda each: (-int(each[1]), names.get(each[0], each[0])))
    hidden.sort(key=lambda each: names.get(each[0], each[0]))
    return [(names.get(name, name), cell) for name, cell in [*shown, *hidden]]
