"""Somebody who has every published figure, knows who is left out of which, and solves what else follows from them."""

from collections.abc import Hashable, Iterable, Mapping

#: Far more than any coefficient that comes of sums: what follows modulo it follows.
PRIME = (1 << 61) - 1


class Attacker:
    """Learns sums of things, and then knows which sums of them follow."""

    def __init__(self, sums: Iterable[Iterable[Hashable]]) -> None:
        self._rows: dict[Hashable, dict[Hashable, int]] = {}
        for each in sums:
            self.learn(dict.fromkeys(each, 1))

    def learn(self, weights: Mapping[Hashable, int]) -> None:
        """How much some things are together, each so often."""
        row = self._reduced({name: value % PRIME for name, value in weights.items()})
        if row:
            first = next(iter(row))
            inverse = pow(row[first], -1, PRIME)
            self._rows[first] = {name: value * inverse % PRIME for name, value in row.items()}

    def knows(self, things: Iterable[Hashable]) -> bool:
        """Whether how many these are together follows from what was learnt."""
        return not self._reduced(dict.fromkeys(things, 1))

    def _reduced(self, row: dict[Hashable, int]) -> dict[Hashable, int]:
        left = dict(row)
        while (first := next((name for name in left if name in self._rows), None)) is not None:
            times = left[first]
            for name, value in self._rows[first].items():
                now = (left.get(name, 0) - times * value) % PRIME
                if now:
                    left[name] = now
                else:
                    left.pop(name, None)
        return left
