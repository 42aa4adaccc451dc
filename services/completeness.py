"""How complete an entry is: which rules it does not meet, and whether it may go public.

A rule is read off the completed record, so that a commitment of the body or the city counts for its services.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.record import Entry
from services.rules import RULES, Rule
from services.saying import says_something


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


@dataclass(frozen=True)
class Score:
    """How many of the rules that concern an entry it meets, of each severity."""

    required_met: int
    required: int
    advised_met: int
    advised: int

    @property
    def percent(self) -> int:
        """Of all rules, rounded down: 100 only for an entry that meets them all."""
        return 100 * (self.required_met + self.advised_met) // max(self.required + self.advised, 1)


def rules_for(kind: str) -> Iterator[Rule]:
    """The rules that concern a kind of entry, in their order."""
    return (rule for rule in RULES if not rule.kinds or kind in rule.kinds)


def gaps(record: Entry) -> list[Gap]:
    """The rules that a completed record does not meet, in their order."""
    waived = {waiver.rule for waiver in getattr(record, "not_applicable", ()) if says_something(waiver.reason)}
    return [
        Gap(rule) for rule in rules_for(record.kind) if not (rule.waivable and rule.key in waived) and rule.gap(record)
    ]


def required(found: Iterable[Gap]) -> list[Gap]:
    """Those of some gaps that keep an entry from going public."""
    return [gap for gap in found if gap.rule.severity == "required"]


def require(found: Iterable[Gap]) -> None:
    """Raises ``Incomplete`` if one of these gaps keeps the entry from going public."""
    refused = required(found)
    if refused:
        raise Incomplete(refused)


def score(record: Entry) -> Score:
    """How far a completed record is."""
    return score_of(record.kind, gaps(record))


def score_of(kind: str, found: Iterable[Gap]) -> Score:
    """How far an entry of a kind with these gaps is."""
    rules = list(rules_for(kind))
    unmet = {gap.rule.key for gap in found}

    def counted(severity: str) -> tuple[int, int]:
        keys = [rule.key for rule in rules if rule.severity == severity]
        return sum(key not in unmet for key in keys), len(keys)

    return Score(*counted("required"), *counted("advised"))
