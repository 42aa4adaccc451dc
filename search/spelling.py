"""Words near a misspelt one, and words of one family, from indexes kept in memory. Pure.

Two words within one edit share a form from which at most one letter was deleted, so a look-up
costs as many probes as the word has letters, however large the vocabulary. Words that sound
alike are near too, however they are written.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from threading import Lock

from search.text import Language
from search.words_by_key import WordsByKey

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

    def __init__(self, language: Language | None = None) -> None:
        self._language = language
        self._learnt: set[str] = set()
        #: Those that may be near another; the indexes hold their places in it.
        self._words: list[str] = []
        self._by_deletion, self._by_sound, self._by_root = WordsByKey(), WordsByKey(), WordsByKey()
        self._near: dict[str, tuple[str, ...]] = {}
        self._learning = Lock()

    def learn(self, words: Iterable[str]) -> None:
        """Take in words; those known already cost nothing."""
        with self._learning:
            fresh = [word for word in words if word not in self._learnt]
            likely = [word for word in dict.fromkeys(fresh) if len(word) in _INDEXED]
            places = range(len(self._words), len(self._words) + len(likely))
            self._words += likely
            numbered = list(zip(likely, places, strict=True))
            self._by_deletion.add((shorter, place) for word, place in numbered for shorter in set(_deletions(word)))
            if likely and self._language is not None:
                roots = self._language.roots([self._language.stem(word) for word in likely])
                self._by_sound.add(zip(self._language.sounds(likely), places, strict=True))
                self._by_root.add(zip(roots, places, strict=True))
            self._learnt.update(fresh)
            if fresh:
                self._near = {}

    def family(self, stem: str, frequencies: Mapping[str, int]) -> list[str]:
        """Stems of ``frequencies`` with the root of ``stem``, other than it, the commonest first."""
        if self._language is None:
            return []
        kin = {self._language.stem(word) for word in self._under(self._by_root, self._language.roots([stem])[0])}
        known = [each for each in kin if each != stem and each in frequencies]
        return sorted(known, key=lambda each: (-frequencies[each], each))

    def near(self, word: str, frequencies: Mapping[str, int]) -> list[tuple[str, int]]:
        """Words of ``frequencies`` like ``word``, with their edits, none more than are forgiven.

        None for a number: one digit more is another law, another year. Words that sound alike count as near.
        Those with fewest edits first, then those with the same first letter, then the commonest.
        """
        if not _SHORTEST <= len(word) <= _LONGEST or any(map(str.isdigit, word)):
            return []
        most = 1 if len(word) < _TWO_EDITS_FROM else 2
        alike = self._alike(word)
        ranked = sorted(
            (min(edits, most), candidate[0] != word[0], -frequencies[candidate], candidate)
            for candidate in self._candidates(word, two_edits=most == 2)
            if candidate in frequencies and ((edits := distance(word, candidate, most)) <= most or candidate in alike)
        )
        return [(candidate, edits) for edits, _, _, candidate in ranked[:_MOST_NEAR]]

    def _under(self, index: WordsByKey, key: str) -> Iterator[str]:
        return (self._words[place] for place in index.under(key))

    def _alike(self, word: str) -> set[str]:
        return set(self._under(self._by_sound, self._language.sounds([word])[0])) if self._language else set()

    def _candidates(self, word: str, *, two_edits: bool) -> tuple[str, ...]:
        remembered = self._near
        if word not in remembered:
            shorter = _deletions(word)
            found = set(chain.from_iterable(self._under(self._by_deletion, form) for form in (word, *shorter)))
            found.update(form for form in (word, *shorter) if form in self._learnt)
            found.update(self._alike(word))
            if two_edits:
                twice = set(chain.from_iterable(map(_deletions, shorter)))
                found.update(twice & self._learnt)
                found.update(chain.from_iterable(self._under(self._by_deletion, form) for form in twice))
            if len(remembered) >= _MOST_REMEMBERED:
                return tuple(found)
            remembered[word] = tuple(found)
        return remembered[word]


def _deletions(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]
