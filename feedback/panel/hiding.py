"""Hides cells, the smallest first, until nothing of few people follows from what is told. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from feedback.panel.bridges import GROUND, Line, Web
from feedback.statistics import LEAST


@dataclass
class Sum:
    """A cell that is the sum of others."""

    whole: Line
    parts: list[Line] = field(default_factory=list)


def hide(web: Web, sums: Sequence[Sum]) -> None:
    """Hide cells of a web until what is told leaves nobody or enough of each sum, and no cell of few follows."""
    hidden = None
    while hidden != (hidden := sum(not line.told for line in web.lines)):
        for each in sums:
            if each.whole.told:
                _leave_enough(each.parts, each.whole.size)
        _connect(web)
        round_about: set[int] = set()
        for line in web.bridges():
            if line.size < LEAST and id(line) not in round_about:
                way = web.way(line.start, {line.end}, without=[line]) or _beside(web, line)
                for each_line in way:
                    each_line.told = each_line.told and each_line.settled
                round_about.update(map(id, way))


def _leave_enough(lines: list[Line], whole: int) -> None:
    """What is told taken from the whole leaves nobody, or enough."""
    shown = sorted((line for line in lines if line.told), key=lambda line: -line.size)
    rest = whole - sum(line.size for line in shown)
    while shown and 0 < rest < LEAST:
        line = shown.pop()
        line.told = False
        rest += line.size


def _connect(web: Web) -> None:
    """Subjects of which nothing is told hang together in each split: so what is not known of one whole in one split is
    not known in another either, whatever the two have in common."""
    wholes = [line for line in web.lines if line.settled and not line.told]
    rows = {point for line in wholes for point in (line.start, line.end) if point[0] == "row"}  # type: ignore[index]
    skipped = {id(line) for line in web.lines if line.settled}
    first, *others = web.groups(rows, without=skipped) or [set()]
    for group in others:
        if first & group:
            continue
        start = next(point for point in group if point in rows)
        way = web.way(start, set(first), without=[line for line in web.lines if line.settled])
        for line in way or ():
            line.told = False
            first |= {line.start, line.end}
        first |= group


def _beside(web: Web, line: Line) -> list[Line]:
    """Where there is no way round, all that stands in the same sums."""
    return [each for point in (line.start, line.end) if point != GROUND for each in web.at[point]]
