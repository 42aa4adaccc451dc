"""Words by a key, in twelve bytes an entry: in dictionaries those of ten thousand words take 20 MiB of each process."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from heapq import merge

_KEY_BITS, _NUMBER_BITS = (1 << 64) - 1, 32
#: Entries that may wait in a dictionary until all are packed anew.
_MOST_LATE = 4_096


class WordsByKey:
    """Which words, by their numbers, stand under a key. One thread adds; others who look up see what was there or more.

    A key is kept as 64 bits of its hash. Two keys that share them show each other's words, once in some billions of
    look-ups: whoever asks compares what is found.
    """

    def __init__(self) -> None:
        self._packed = array("Q"), array("I")
        self._late: dict[int, tuple[int, ...]] = {}

    def add(self, entries: Iterable[tuple[str, int]]) -> None:
        """Keys, each with the number of a word."""
        fresh = [_entry(hash(key), number) for key, number in entries]
        if len(fresh) + len(self._late) <= _MOST_LATE:
            for key, number in map(_parts, fresh):
                self._late[key] = (*self._late.get(key, ()), number)
            return
        fresh += (_entry(key, number) for key, numbers in self._late.items() for number in numbers)
        fresh.sort()
        keys, numbers = array("Q"), array("I")
        for key, number in map(_parts, merge(_entries(*self._packed), fresh)):
            keys.append(key)
            numbers.append(number)
        # In this order a look-up meanwhile finds some twice, and none not at all.
        self._packed = keys, numbers
        self._late = {}

    def under(self, key: str) -> Iterator[int]:
        """Numbers of the words under a key."""
        wanted = hash(key) & _KEY_BITS
        yield from self._late.get(wanted, ())
        keys, numbers = self._packed
        at = bisect_left(keys, wanted)
        while at < len(keys) and keys[at] == wanted:
            yield numbers[at]
            at += 1


def _entry(key: int, number: int) -> int:
    return (key & _KEY_BITS) << _NUMBER_BITS | number


def _parts(entry: int) -> tuple[int, int]:
    return entry >> _NUMBER_BITS, entry & ((1 << _NUMBER_BITS) - 1)


def _entries(keys: Iterable[int], numbers: Iterable[int]) -> Iterator[int]:
    return (_entry(key, number) for key, number in zip(keys, numbers, strict=True))
