"""Which cells of ten or more are not told either, because one of few would follow from all that is published. Pure.

What people say is told of the city, of each body and of each service, and of each in parts. So a cell stands in two
sums: with the other parts of its subject, and with the same part of its neighbours. A service of which few said that
they had come by phone, and a body that tells how many did at all its services, tell of the few together. What is hidden
beside what is small is found by ``feedback.panel.bridges``; what is smallest is hidden first.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from feedback.counts import PART, Counts, tellable, total
from feedback.panel.bridges import GROUND, Line, Point, Web
from feedback.panel.hiding import Sum, hide
from feedback.panel.leaving_out import left_out, less
from feedback.statistics import LEAST
from feedback.sums import Parts

#: A subject ("" is the city) and one of its parts; the part "" is all that was said of it.
Cell = tuple[str, str]
Size = Callable[[Counts], int]
#: Those of which nobody said to which part they belong.
_NOT_SAID = "\0"
#: Before the name of a group of parts.
GROUP = "@"
#: Before a body's id: those of its services together that were of two bodies in these months.
_MOVED = "\0moved "


@dataclass(frozen=True)
class Tree:
    """Of what is told: the city, its bodies, and services as they are summed up in both."""

    parts: Mapping[str, Parts]
    #: Services by body, those of no body under "", without those that are in no figure of the city.
    services: Mapping[str, list[str]]
    #: Those that were of two bodies in these months: none of their parts is told.
    moved: frozenset[str]

    def subjects(self) -> Iterator[tuple[str, str | None, bool]]:
        """Each with the one above it, and whether it is a service: from above, and always in the same order."""
        yield "", None, False
        for body in sorted(filter(None, self.services)):
            yield body, "", False
        for body, services in sorted(self.services.items()):
            for service in sorted(services):
                yield service, body, True

    def of(self, subject: str, split: str) -> Mapping[str, Counts]:
        """A subject's parts."""
        return self.parts.get(subject, {}).get(split, {})

    def told(self) -> frozenset[str]:
        """The subjects of which enough is said to be told."""
        return frozenset(s for s, *_more in self.subjects() if self.whole(s).enough and not s.startswith(_MOVED))

    def whole(self, subject: str) -> Counts:
        """All that was said of a subject."""
        return self.of(subject, "").get("", Counts())


def tree(parts: Mapping[str, Parts], services_of: Mapping[str, Mapping[str, Counts]]) -> Tree:
    """Of all sums of the months that are told (``feedback.sums``)."""
    moved = moved_of(services_of)
    services_of = with_moved(services_of)
    out = set(left_out("", services_of))
    kept: dict[str, Parts] = dict(parts)
    below: dict[str, list[str]] = {}
    for body in ["", *(body for body in services_of if body)]:
        # A body of which nothing is told is in the city's figures with all of its services.
        without = left_out(body, services_of) if not body or total(services_of[body].values()).enough else []
        kept[body] = less(parts.get(body, {}), [parts[service] for service in without if service in parts])
        own = services_of.get(body, {})
        # Of a body that is in no figure of the city nothing is told, nor of its services.
        if not body or total(own.values()).enough or not out.issuperset(own):
            below[body] = [service for service in own if service not in out and service not in moved]
    if moved:
        for body in sorted(below, reverse=True):
            # What those that moved are of each, the city last: it has the others' through its bodies.
            rest = less(kept[body], [kept[each] for each in (*below[body], *(filter(None, below) if not body else ()))])
            below[body].append(f"{_MOVED}{body}")
            kept[f"{_MOVED}{body}"] = rest
    return Tree(kept, below, moved)


def moved_of(services_of: Mapping[str, Mapping[str, Counts]]) -> frozenset[str]:
    """The services that were of two bodies, or of one and of none."""
    times = Counter(service for services in services_of.values() for service in services)
    return frozenset(service for service, number in times.items() if number > 1)


def with_moved(services_of: Mapping[str, Mapping[str, Counts]]) -> dict[str, dict[str, Counts]]:
    """Of each body its services, where those of two bodies are marked as not told of either, as sums mark them."""
    moved = moved_of(services_of)
    return {
        body: {s: replace(counts, kept_back=PART) if s in moved else counts for s, counts in services.items()}
        for body, services in services_of.items()
    }


def untold(
    tree: Tree,
    split: str,
    *,
    size: Size = lambda counts: counts.count,
    exclusive: bool = True,
    wholes: frozenset[str] | None = None,
    hidden: frozenset[Cell] = frozenset(),
    groups: Mapping[str, str] | None = None,
) -> frozenset[Cell]:
    """The cells of a split that are not told though ten or more people are in each of them.

    ``size`` says how many are in one; ``exclusive``: nobody is in two parts, so that these and the whole are a sum;
    ``wholes``: the subjects of which the whole is told, those with enough if nothing is said; ``hidden``: cells that
    are not told for another reason. ``groups``: of the city parts are told together too, by these names (districts of
    units); such a cell has ``GROUP`` and the name as its part.
    """
    web, sums, columns, named = Web(), list[Sum](), dict[Point, Sum](), dict[Cell, Line]()
    by_group: dict[str, list[Line]] = {}
    told = wholes if wholes is not None else tree.told()

    def put(cell: Cell, start: Point, end: Point, number: int, *, shown: bool, settled: bool = False) -> Line:
        line = named[cell] = web.add(Line(start, end, number, shown, settled))
        return line

    for subject, above, is_service in tree.subjects():
        held = {part: size(counts) for part, counts in tree.of(subject, split).items()}
        whole = size(tree.whole(subject))
        own = ("row", subject) if exclusive else GROUND
        if exclusive:
            held[_NOT_SAID] = max(0, whole - sum(held.values()))
        lines = []
        for part, number in sorted(held.items()):
            shown = subject in told and number >= LEAST and part != _NOT_SAID and (subject, part) not in hidden
            far: Point = own if is_service else ("column", subject, part)
            near: Point = ("column", above, part) if above is not None else _near(part, groups)
            line = put((subject, part), near, far, number, shown=shown)
            lines.append(line)
            if not is_service:
                columns[far] = Sum(line)
            if near in columns:
                columns[near].parts.append(line)
            elif above is None and groups and part in groups:
                by_group.setdefault(groups[part], []).append(line)
        if exclusive:
            near = ("column", above, "") if above is not None else GROUND
            far = own if is_service else ("column", subject, "")
            sums.append(Sum(put((subject, ""), near, far, whole, shown=subject in told, settled=True), lines))
    in_groups = {name: sum(line.size for line in lines) for name, lines in by_group.items()}
    shown_groups = tellable(in_groups, size(tree.whole(""))) if "" in told else set()
    for name, number in in_groups.items():
        line = put(("", f"{GROUP}{name}"), ("group", name), GROUND, number, shown=name in shown_groups)
        sums.append(Sum(line, by_group[name]))
    hide(web, [*sums, *columns.values()])
    return frozenset(
        cell
        for cell, line in named.items()
        if cell[1] != _NOT_SAID and not line.settled and line.size >= LEAST and not line.told
    )


def _near(part: str, groups: Mapping[str, str] | None) -> Point:
    return ("group", groups[part]) if groups and part in groups else GROUND
