"""Lines of cells, and the mark by which a text that looks like a formula is told to be text (OWASP, CSV injection)."""

from dataclasses import dataclass, field

#: Columns that are looked at.
MOST_COLUMNS = 60
#: Characters of a cell that every spreadsheet can hold.
MOST_CELL = 32_000
FORMULA = ("=", "+", "-", "@", "\t", "\n")
_MARK = "'"


@dataclass(frozen=True)
class Line:
    """A line's number as the spreadsheet shows it, its cells, and by their place why some cannot be read."""

    number: int
    cells: list[str]
    faults: dict[int, str] = field(default_factory=dict)


def is_marked(text: str) -> bool:
    """Whether a text begins with marks before what a spreadsheet would run."""
    return text.startswith(_MARK) and text.lstrip(_MARK).startswith(FORMULA)


def marked(text: str, *, runs: bool) -> str:
    """A text as a cell has it: with a mark if it would be run, or if it would be taken for a marked one."""
    return _MARK + text if is_marked(text) or (runs and text.startswith(FORMULA)) else text


def plain(text: str) -> str:
    """What a cell says, without the mark and with line ends of one kind."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").strip()
    return text[1:] if is_marked(text) else text
