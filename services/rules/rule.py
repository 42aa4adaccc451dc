"""What a rule is: one thing that an entry must, or should, say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise

Severity = Literal["required", "advised"]
Gaping = Callable[[Any], bool]

#: Where the eleven items stand that a charter must say of each service.
LAW = "Lei 13.460/2017, art. 7º, "
ACCESS_TO_INFORMATION = "Lei 12.527/2011, art. 8º"


@dataclass(frozen=True)
class Rule:
    """One thing that an entry must, or should, say."""

    key: str
    #: The record's field, or the page's, that an editor fills in.
    field: str
    article: str
    #: What to do, in a sentence that names the item.
    label: Promise | str
    severity: Severity
    #: Whether a completed record does not say it.
    gap: Gaping
    #: Kinds of entries that it concerns; all of them if empty.
    kinds: frozenset[str] = frozenset()
    #: Whether an editor may say, with a reason, that it does not apply.
    waivable: bool = False
