"""A step of the first day, as it stands: read off what is there, never ticked by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.utils.functional import Promise

State = Literal["done", "begun", "todo", "left_out"]


@dataclass(frozen=True)
class Step:
    """What it is, why, how far it is, what is left of it, and where it is done.

    Without ``address`` it is for others to do, and ``left`` says for whom.
    """

    key: str
    title: Promise | str
    why: Promise | str
    state: State
    left: Sequence[str]
    address: str
    button: Promise | str
    optional: bool = False
    #: Why it was left out.
    reason: str = ""

    @property
    def is_over(self) -> bool:
        """Whether nobody need look at it."""
        return self.state in ("done", "left_out")

    def without(self, reason: str) -> "Step":
        """As a city has it that does not need it. What is done stays done."""
        return self if self.state == "done" else replace(self, state="left_out", reason=reason)


def state_of(left: Sequence[Any], *, begun: Any) -> State:
    """Done where nothing is left."""
    if not left:
        return "done"
    return "begun" if begun else "todo"
