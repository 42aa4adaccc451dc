"""What follows from sums of which some parts are not told. Pure.

Where every cell stands in two sums, the sums are points and the cells are lines between them, and a cell that is not
told follows from all that is told exactly where it is a bridge among the lines that are not told: taking it away leaves
no way round (Gusfield, *A graph theoretic approach to statistical data security*, SIAM Journal on Computing, 1988).
"""

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field

Point = Hashable
#: In the place of a sum that follows from all others.
GROUND = "ground"


@dataclass(slots=True, eq=False)
class Line:
    """A cell between the two sums in which it stands: how much, whether it is told, and whether that is settled."""

    start: Point
    end: Point
    size: int
    told: bool
    settled: bool = False

    def other(self, point: Point) -> Point:
        """Its end seen from one of its two."""
        return self.end if point == self.start else self.start


@dataclass
class Web:
    """All cells of one way to tell parts apart. One of nought is no line: that nobody is there may be known."""

    lines: list[Line] = field(default_factory=list)
    at: dict[Point, list[Line]] = field(default_factory=lambda: defaultdict(list))

    def add(self, line: Line) -> Line:
        """One more cell."""
        if line.size:
            self.lines.append(line)
            self.at[line.start].append(line)
            self.at[line.end].append(line)
        return line

    def bridges(self) -> list[Line]:
        """The cells that are not told and follow from all that is."""
        order: dict[Point, int] = {}
        low: dict[Point, int] = {}
        found: list[Line] = []
        for root in self.at:
            if root in order:
                continue
            order[root] = low[root] = len(order)
            # A point, the line by which it was reached, and its lines that are still to be walked.
            path: list[tuple[Point, Line | None, Iterator[Line]]] = [(root, None, iter(self._untold(root)))]
            while path:
                point, by, lines = path[-1]
                line = next(lines, None)
                if line is None:
                    path.pop()
                    if by is not None:
                        above = by.other(point)
                        low[above] = min(low[above], low[point])
                        if low[point] > order[above]:
                            found.append(by)
                elif line is not by:
                    far = line.other(point)
                    if far in order:
                        low[point] = min(low[point], order[far])
                    else:
                        order[far] = low[far] = len(order)
                        path.append((far, line, iter(self._untold(far))))
        return found

    def _untold(self, point: Point) -> Iterable[Line]:
        return (line for line in self.at[point] if not line.told)

    def way(self, start: Point, goals: set[Point], *, without: Iterable[Line] = ()) -> list[Line] | None:
        """The lines of the way to one of the goals on which the fewest are hidden anew; ``None`` if there is none."""
        avoided = set(map(id, without))
        best: dict[Point, tuple[int, int]] = {start: (0, 0)}
        came: dict[Point, Line] = {}
        # Points need not be comparable: the number decides between equals.
        queue: list[tuple[int, int, int, Point]] = [(0, 0, 0, start)]
        number = 0
        done: set[Point] = set()
        while queue:
            cost, steps, _number, point = heapq.heappop(queue)
            if point in goals:
                return self._back(came, start, point)
            if point in done:
                continue
            done.add(point)
            for line in self.at[point]:
                if id(line) in avoided or (line.told and line.settled):
                    continue
                far, next_ = line.other(point), (cost + (line.size if line.told else 0), steps + 1)
                if far not in best or next_ < best[far]:
                    number += 1
                    best[far], came[far] = next_, line
                    heapq.heappush(queue, (*next_, number, far))
        return None

    @staticmethod
    def _back(came: dict[Point, Line], start: Point, point: Point) -> list[Line]:
        lines = []
        while point != start:
            lines.append(came[point])
            point = came[point].other(point)
        return lines

    def groups(self, points: Iterable[Point], *, without: set[int]) -> list[set[Point]]:
        """Those that hang together by lines that are not told, but for some (by ``id``)."""
        left, found = set(points), []
        while left:
            seen, todo = set(), [left.pop()]
            while todo:
                point = todo.pop()
                if point in seen:
                    continue
                seen.add(point)
                todo += [line.other(point) for line in self._untold(point) if id(line) not in without]
            found.append(seen)
            left -= seen
        return found
