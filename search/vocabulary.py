"""The words of one locale's documents: how rare each is, and which are like one that nobody wrote. Pure."""

import math
from collections.abc import Mapping

from search.spelling import Spelling


class Vocabulary:
    """The words of one locale's documents, with the number of documents that have each."""

    def __init__(self, documents: int, frequencies: Mapping[str, Mapping[str, int]], spelling: Spelling) -> None:
        self._documents = documents
        self._frequencies = frequencies
        self._spelling = spelling
        spelling.learn(frequencies["exact"])

    def frequency(self, form: str, term: str) -> int:
        """In how many documents a word is, in one of the forms."""
        return self._frequencies[form].get(term, 0)

    def rarity(self, frequency: int) -> float:
        """Inverse document frequency, as in BM25."""
        return math.log(1 + (self._documents - frequency + 0.5) / (frequency + 0.5))

    def near(self, word: str) -> list[tuple[str, int]]:
        """Known words like an unknown one, each with the number of edits between them, best first."""
        return self._spelling.near(word, self._frequencies["exact"])

    def family(self, stem: str) -> list[str]:
        """Other known stems of the same root, the commonest first."""
        return self._spelling.family(stem, self._frequencies["stem"])
