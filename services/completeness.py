"""What an entry must say before it goes public: rules as data.

The gate stands from the start with two rules; the items of Lei 13.460 art. 7 join them here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.record import Entry

#: Kinds whose pages are read on their own, and so need to say what they are.
SUMMARISED = frozenset({"service", "procedure", "information"})


@dataclass(frozen=True)
class Rule:
    """One thing that an entry must, or should, say."""

    key: str
    field: str
    article: str
    label: Promise | str
    severity: Literal["required", "advised"]
    gap: Callable[[Any], bool]


@dataclass(frozen=True)
class Gap:
    """A rule that an entry does not meet."""

    rule: Rule

    def __str__(self) -> str:
        return str(self.rule.label)


class Incomplete(Exception):
    """Refused: the entry may not go public while these gaps are open."""

    def __init__(self, gaps: list[Gap]) -> None:
        self.gaps = gaps
        super().__init__(" ".join(str(gap) for gap in gaps))


RULES: tuple[Rule, ...] = (
    Rule(
        "title", "title", "Lei 13.460/2017, art. 7º, § 2º, I", _("Escreva o título."), "required", lambda r: not r.title
    ),
    Rule(
        "summary",
        "summary",
        "Lei 13.460/2017, art. 7º, § 2º, I",
        _("Escreva o resumo: diga em uma ou duas frases o que é."),
        "required",
        lambda r: r.kind in SUMMARISED and not r.summary,
    ),
)


def gaps(record: Entry) -> list[Gap]:
    """The rules that a record does not meet, in their order."""
    return [Gap(rule) for rule in RULES if rule.gap(record)]


def require(found: Iterable[Gap]) -> None:
    """Raises ``Incomplete`` if one of these gaps is of a required rule."""
    required = [gap for gap in found if gap.rule.severity == "required"]
    if required:
        raise Incomplete(required)
