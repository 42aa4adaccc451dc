"""Words near a misspelt one, from an index of deletions kept in memory. Pure.

Two words within one edit share a form from which at most one letter was deleted, so a look-up
costs as many probes as the word has letters, however large the vocabulary.
"""

from collections.abc import Iterable, Mapping
from itertools import chain
from threading import Lock

_SHORTEST, _LONGEST = 4, 30
_INDEXED = range(3, _LONGEST + 1)
#: From this length on, two edits are forgiven.
_TWO_EDITS_FROM = 8
_MOST_NEAR = 8
_MOST_REMEMBERED = 5_000


def distance(a: str, b: str, most: int) -> int:
    """Edits between two words (insert, delete, change, swap neighbours); ``most + 1`` when above ``most``."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    previous = list(range(len(b) + 1))
    for i, letter_a in enumerate(a, 1):
        current = [i]
        for j, letter_b in enumerate(b, 1):
            edits = min(previous[j] + 1, current[-1] + 1, previous[j - 1] + (letter_a != letter_b))
            if i > 1 and j > 1 and letter_a == b[j - 2] and a[i - 2] == letter_b:
                edits = min(edits, before[j - 2] + 1)
            current.append(edits)
        if min(current) > most:
            return most + 1
        before, previous = previous, current
    return min(previous[-1], most + 1)


class Spelling:
    """All words ever learnt; what is in the index now is told at each look-up.

    Words are only added, so that a vocabulary that changes at every publication is cheap to
    keep, and threads that look up meanwhile see a whole list, old or new.
    """

    def __init__(self) -> None:
        self._learnt: set[str] = set()
        self._by_deletion: dict[str, tuple[str, ...]] = {}
        self._near: dict[str, tuple[str, ...]] = {}
        self._learning = Lock()

    def learn(self, words: Iterable[str]) -> None:
        """Take in words; those known already cost nothing."""
        with self._learning:
            fresh = [word for word in words if word not in self._learnt]
            for word in fresh:
                if len(word) in _INDEXED:
                    for shorter in _deletions(word):
                        self._by_deletion[shorter] = (*self._by_deletion.get(shorter, ()), word)
            self._learnt.update(fresh)
            if fresh:
                self._near = {}

    def near(self, word: str, frequencies: Mapping[str, int]) -> list[tuple[str, int]]:
        """Words of ``frequencies`` like ``word``, with their edits.

        None for a number: one digit more is another law, another year.
        Those with fewest edits first, then those with the same first letter, then the commonest.
        """
        if not _SHORTEST <= len(word) <= _LONGEST or any(map(str.isdigit, word)):
            return []
        most = 1 if len(word) < _TWO_EDITS_FROM else 2
        ranked = sorted(
            (edits, candidate[0] != word[0], -frequencies[candidate], candidate)
            for candidate in self._candidates(word, two_edits=most == 2)
            if candidate in frequencies and (edits := distance(word, candidate, most)) <= most
        )
        return [(candidate, edits) for edits, _, _, candidate in ranked[:_MOST_NEAR]]

    def _candidates(self, word: str, *, two_edits: bool) -> tuple[str, ...]:
        remembered = self._near
        if word not in remembered:
            shorter = _deletions(word)
            found = set(chain.from_iterable(self._by_deletion.get(form, ()) for form in (word, *shorter)))
            found.update(form for form in (word, *shorter) if form in self._learnt)
            if two_edits:
                twice = set(chain.from_iterable(map(_deletions, shorter)))
                found.update(twice & self._learnt)
            if len(remembered) >= _MOST_REMEMBERED:
                return tuple(found)
            remembered[word] = tuple(found)
        return remembered[word]


def _deletions(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]
