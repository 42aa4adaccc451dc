"""The words of a query, found again in the texts of what it found. Pure, and so the same on every engine.

A word is marked if the plan looks for it, for its stem, or for what it may be a misspelling of: the plan's own terms
decide, so inflected, accented and corrected words are marked just as they were found.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from search.document import INITIALS
from search.plan import Plan
from search.text import Language, fold, language_of

#: Exact words so short may be acronyms, written with dots or a hyphen.
_ACRONYM = range(2, 7)
_INNER = re.compile("[-.]")
#: Letters after a word that tell whether it counts copies: " vias".
_REACH = 6
#: Letters between a number and the word that it belongs to: "2ª via".
_BESIDE = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text; ``found`` if it is a word of the query."""

    text: str
    found: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a text has a word of the query, and which of them."""

    start: int
    end: int
    word: int


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a query by their terms, each with its number."""

    language: Language
    stems: dict[str, int] = field(default_factory=dict)
    exact: dict[str, int] = field(default_factory=dict)
    #: What any of them begins with in a folded text.
    beginnings: tuple[str, ...] = ()

    def numbers(self) -> set[int]:
        """The numbers of all words."""
        return {*self.stems.values(), *self.exact.values()}

    def number_of(self, word: str, *, following: str) -> int | None:
        """Which word of the query a folded word of a text is; ``following`` is what comes next there."""
        for each in (word, _INNER.sub("", word)):
            number = self.exact.get(each, self.stems.get(self.language.stem(each)))
            if number is not None:
                return number
        if word in self.language.numbers:
            # "segunda" is a 2 before "via", and a day before "feira".
            first = self.language.words(word + following)[0]
            return self.exact.get(first)
        return None


def words_of(plan: Plan) -> Words:
    """What a plan looks for, to be found again."""
    language = language_of(plan.locale)
    words = Words(language)
    wanted = [[alternative.place for alternative in word.alternatives] for word in plan.words]
    for number, places in enumerate([*wanted, *plan.required]):
        for place in places:
            if place.field != INITIALS:
                terms = words.exact if place.field.endswith("_exact") else words.stems
                for term in place.term.split("_"):
                    terms.setdefault(term, number)
    return Words(language, words.stems, words.exact, tuple(sorted(_beginnings(words))))


def marks(text: str, words: Words) -> list[Mark]:
    """The words of the query in a text, in their order."""
    if not words.beginnings or not text:
        return []
    folded = fold(text)
    places = range(len(text) + 1) if len(folded) == len(text) else _places(text)
    found = []
    for start, end in sorted(_candidates(folded, words.beginnings)):
        number = words.number_of(folded[start:end], following=folded[end : end + _REACH])
        if number is not None:
            found.append(Mark(places[start], places[end], number))
    return [mark for mark in found if not _stands_alone(text, mark, found)]


def parts_of(text: str, found: Sequence[Mark]) -> Iterator[Part]:
    """A text in pieces: those marked, and those between them."""
    at = 0
    for mark in found:
        if mark.start > at:
            yield Part(text[at : mark.start])
        if mark.end > at:
            yield Part(text[max(at, mark.start) : mark.end], found=True)
            at = mark.end
    if at < len(text):
        yield Part(text[at:])


def marked(text: str, words: Words) -> list[Part]:
    """A whole text, with the words of the query marked."""
    return list(parts_of(text, marks(text, words)))


def _beginnings(words: Words) -> set[str]:
    # A plural may change the last letter of its stem.
    found = {term[:-1] if len(term) > 3 else term for term in (*words.stems, *words.exact)}
    found.update(word for word, number in words.language.numbers.items() if number in words.exact)
    for acronym in words.exact:
        if len(acronym) in _ACRONYM:
            found.update((".".join(acronym), f"{acronym[0]}-{acronym[1:]}"))
    return found


def _candidates(folded: str, beginnings: Iterable[str]) -> set[tuple[int, int]]:
    """Where whatever begins so stands as a word; a search for each is many times faster than a pattern for all."""
    found = set()
    for beginning in beginnings:
        at = folded.find(beginning)
        while at >= 0:
            end = at + len(beginning)
            while end < len(folded) and folded[end].isalnum():
                end += 1
            if not (at and folded[at - 1].isalnum()):
                found.add((at, end))
            at = folded.find(beginning, end)
    return found


def _places(text: str) -> list[int]:
    """For each letter of the folded text the place of the one that it comes from."""
    widths = {letter: len(fold(letter)) for letter in set(text)}
    return [*(place for place, letter in enumerate(text) for _ in range(widths[letter])), len(text)]


def _stands_alone(text: str, mark: Mark, found: Sequence[Mark]) -> bool:
    """A number is a word of the query beside another one only: in "2ª via", and not in "2 dias"."""
    if not text[mark.start : mark.end].isdecimal():
        return False
    between = (max(mark.start, other.start) - min(mark.end, other.end) for other in found if other is not mark)
    return not any(gap <= _BESIDE for gap in between)
