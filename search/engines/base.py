"""What an engine is: it keeps documents and a cursor together, and adds up plans.

An adapter only translates. One suite of tests, ``tests/search/engines/contract.py``, runs against each.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal, Protocol

from search.display import Display
from search.document import Document
from search.plan import Plan, Prefix

#: Filter name → values; any of a name's values, and all of the names.
Filters = Mapping[str, Sequence[str]]
#: Best first; by title; what was published last first. What lists everything has no best, and comes by title.
Sort = Literal["relevance", "title", "updated"]


class EngineError(Exception):
    """The engine can not answer or take changes now; the message says why."""


class TooMuch(EngineError):
    """This one question the engine does not take; it goes on answering others."""


@dataclass(frozen=True, slots=True)
class Removal:
    """An entry is no longer public in one locale."""

    key: str


Update = Document | Removal


@dataclass(frozen=True, slots=True)
class Page:
    """A page of results, best first, of ``total`` in all; facets count all of them: name → value → documents."""

    hits: tuple[Display, ...] = ()
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WordCounts:
    """The words of one locale: how many documents there are, and per form how many have each word."""

    documents: int
    frequencies: Mapping[str, Mapping[str, int]]


class Target(Protocol):
    """An index that takes changes: the one that serves, or one being built beside it."""

    def apply(self, updates: Iterable[Update], cursor: str) -> None:
        """Take in changes and the cursor behind them: both or neither. Raises ``EngineError``."""


class Engine(Target, Protocol):
    """A search engine."""

    def writing(self, *, wait: float) -> AbstractContextManager[bool]:
        """Be the one writer, if that can be had within ``wait`` seconds: the context's value says so."""

    def refresh(self) -> None:
        """See what any process wrote until now; a broken index is as none."""

    def cursor(self) -> str | None:
        """The place in the log up to which the index knew when last refreshed; None without a usable index."""

    def version(self) -> str:
        """Another one whenever the index that this process reads is another."""

    def is_current(self) -> bool:
        """Whether the index was made by this very code for text and documents."""

    def search(
        self,
        plan: Plan,
        *,
        filters: Filters,
        facets: Sequence[str] = (),
        page: int = 1,
        size: int = 20,
        sort: Sort = "relevance",
    ) -> Page:
        """A page of what the plan finds; pages count from 1. Raises ``EngineError``.

        A facet is counted with the filters of all other names.
        """

    def suggest(self, prefix: Prefix, *, limit: int) -> tuple[Display, ...]:
        """Entries whose names go on from what was typed, best first. Raises ``EngineError``."""

    def vocabulary(self, locale: str) -> WordCounts:
        """The words of a locale's documents. Raises ``EngineError``."""

    def begin_rebuild(self) -> Target:
        """An empty index beside the one that serves; what killed rebuilds left is removed."""

    def finish_rebuild(self, target: Target) -> None:
        """Let the new index serve in place of the old one, at once for every reader."""
