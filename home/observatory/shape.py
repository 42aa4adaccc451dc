"""What a section of the observatory and each of its tables are: data from which all else is made. No query."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.functional import Promise

if TYPE_CHECKING:
    from home.observatory.reading import Reading

Words = Promise | str
Value = str | int | float | bool | None
Row = dict[str, Value]
#: Tables' rows by the tables' names.
Figures = Mapping[str, Sequence[Row]]
Type = Literal["string", "integer", "number", "percent", "date"]

#: The last column of a table of which something may be withheld.
WITHHELD = "omitido"


@dataclass(frozen=True)
class Column:
    """A column: its name in files, its heading, what it means, and how it is protected.

    A ``person_count`` is withheld below ten, and with it what is told ``of`` it: the name of a column of counts.
    """

    name: str
    title: Words
    meaning: Words
    type: Type = "string"
    #: Of numbers, in words.
    unit: Words = ""
    person_count: bool = False
    of: str = ""
    #: The column that holds the id of the entry that this one names.
    link: str = ""
    #: Whether its values are words of this program, which are shown in the reader's language.
    translated: bool = False
    #: Whether pages show it; files have all.
    shown: bool = True


@dataclass(frozen=True)
class Bars:
    """What a table's chart shows: a bar a row, with its interval if it has one."""

    label: str
    value: str
    low: str = ""
    high: str = ""
    #: What a full bar stands for; the longest one if it is 0.
    full: float = 0
    title: Words = ""


@dataclass(frozen=True)
class Table:
    """A table, its rows read at a moment; the first column of person counts is the one that others are parts of.

    ``whole``: the sum of its counts is told elsewhere.
    """

    name: str
    title: Words
    description: Words
    source: Words
    columns: tuple[Column, ...]
    rows: Callable[["Reading"], Iterable[Row]]
    bars: Bars | None = None
    whole: bool = False

    @property
    def protected(self) -> bool:
        """Whether something of it may be withheld."""
        return any(column.person_count for column in self.columns)

    @property
    def names(self) -> list[str]:
        """The columns of its files."""
        return [*(column.name for column in self.columns), *([WITHHELD] if self.protected else [])]


@dataclass(frozen=True)
class Section:
    """A part of the observatory; ``said`` tells the tables' news in sentences, none if there is nothing to tell."""

    name: str
    title: Words
    lead: Words
    tables: tuple[Table, ...]
    said: Callable[[Figures], list[str]]
    #: What is said while there are no figures.
    nothing: Words
