"""The table of ways in which an editor, a schedule or code changes what is public."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Case:
    """A charter before a route, the route itself, and what is public after it."""

    act: Callable[[], Any]
    #: Entry → fields of its record afterwards.
    says: Sequence[tuple[Any, dict[str, Any]]] = ()
    #: Entries without a record afterwards.
    gone: Sequence[Any] = ()
    #: How many public records of a kind there are afterwards.
    count: dict[str, int] = field(default_factory=dict)


ROUTES: dict[str, Callable[[], Case]] = {}


def route(arrange: Callable[[], Case]) -> Callable[[], Case]:
    """Enter a route into the table under its function's name."""
    ROUTES[arrange.__name__] = arrange
    return arrange
