"""A query becomes a plan: alternatives with constant weights, which an engine only has to add up. Pure.

The score of a document is, over the plan's words, the best alternative that it holds plus
``tie`` of the others, plus the weights of the bonuses that it earns: for each word that it has
at all, for words side by side, for a whole name. All weights are multiples of 1/64 and ``tie`` of 1/16: sums are
exact in the single precision of every engine, in whatever order they are added, so that
rankings are the same to the last place.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from search.document import (
    ANYWHERE,
    CALLED,
    INITIALS,
    LONGEST_PREFIX,
    MOST_NAME_WORDS,
    NAME_PREFIX,
    PAIRS,
    WORD_PREFIX,
)
from search.spelling import Spelling
from search.text import Language, language_of

TIE = 5 / 16
#: For each word of the query that is found, however common: anywhere, and in what the entry is called.
#: More of the query's words beat rarer ones.
FOUND_WEIGHTS = {ANYWHERE: 24.0, CALLED: 4.0}
#: What a word is worth by where it is found…
TEXT_WEIGHTS = {
    "title": 4.0,
    "popular": 4.0,
    "acronym": 4.0,
    "keywords": 3.0,
    "summary": 1.0,
    "office": 1.0,
    "text": 0.6,
    "topics": 0.5,
}
#: …and by the form in which it is found.
FORM_WEIGHTS = {"stem": 1.0, "exact": 0.5}
#: The whole query is a name.
NAME_WEIGHTS = {"title_name": 60.0, "popular_name": 60.0, "acronym_name": 80.0, "keyword_name": 20.0}
INITIALS_WEIGHT = 4.0
#: Two words stand side by side as they do in the query.
PAIR_WEIGHT = 8.0
#: A document that editors put first gains this for each place; still exact beside multiples of 1/64.
PINNED_WEIGHT = 4096.0
#: A word spelt with one or two edits.
EDIT_WEIGHTS = (1.0, 0.6, 0.35)
#: Words and letters of a query that count: a pasted text is a query too.
MOST_WORDS = MOST_NAME_WORDS
MOST_LETTERS = 2_000
_ACRONYM = range(3, 7)


@dataclass(frozen=True, slots=True)
class Place:
    """A term in a field."""

    field: str
    term: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to find a word, and what that is worth."""

    place: Place
    weight: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the query: the best of its alternatives counts."""

    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Bonus:
    """``weight`` counts once, if any of the places holds."""

    places: tuple[Place, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look for. ``everything`` lists by title; without it and without words, nothing is found."""

    locale: str
    words: tuple[Word, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    tie: float = TIE
    everything: bool = False
    #: Of each, one of the places must hold: a phrase in quotes.
    required: tuple[tuple[Place, ...], ...] = ()
    #: None of these may hold: what stands behind a minus sign.
    excluded: tuple[Place, ...] = ()
    #: Keys of documents that come first, in this order, whether they hold a word or not.
    pinned: tuple[str, ...] = ()
    #: The query as understood, where words were respelt; else empty.
    corrected: str = ""


def pinned_weights(number: int) -> list[float]:
    """What each of a plan's pinned documents gains, first to last: more than all else together can give."""
    return [PINNED_WEIGHT * (number - place) for place in range(number)]


@dataclass(frozen=True, slots=True)
class Prefix:
    """What is being typed, for suggestions: entries with all these beginnings of words."""

    locale: str
    words: tuple[Place, ...]
    #: Entries whose name begins so come first.
    name: Place


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


def plan_for(query: str, locale: str, vocabulary: Vocabulary) -> Plan:
    """The plan of whatever a person typed or pasted."""
    locale = locale.casefold()
    language = language_of(locale)
    query = query[:MOST_LETTERS]
    if not query.strip():
        return Plan(locale, everything=True)
    typed = language.content(query)[:MOST_WORDS]
    joined = [word for word in language.joins(query) if vocabulary.frequency("exact", word)]
    spellings = {word: _spellings(word, language.stem(word), vocabulary) for word in typed}
    variants = [[*near, *((join, 0) for join in joined if word in join)] for word, near in spellings.items()]
    words = [word for each in variants if (word := _word(each, language, vocabulary)) is not None]
    best = [spellings[word][0][0] for word in typed]
    stems = [language.stem(word) for word in best]
    return Plan(
        locale,
        words=tuple(words),
        bonuses=(*_found(words), *_names(best, stems), *_pairs(stems)),
        corrected="" if best == typed else _corrected(language.words(query), spellings),
    )


def prefix_for(text: str, locale: str) -> Prefix:
    """What to suggest by, of whatever was typed so far; no words if there is nothing to go by."""
    language = language_of(locale)
    typed = language.words(text[:MOST_LETTERS])[:MOST_WORDS]
    words = [word for word in typed if word not in language.stop_words] or typed
    return Prefix(
        locale.casefold(),
        words=tuple(Place(WORD_PREFIX, word[:LONGEST_PREFIX]) for word in dict.fromkeys(words)),
        name=Place(NAME_PREFIX, "_".join(typed)[:LONGEST_PREFIX]),
    )


def _spellings(word: str, stem: str, vocabulary: Vocabulary) -> list[tuple[str, int]]:
    """The word, if the index knows it in some form; else its near words, each with its edits."""
    if vocabulary.frequency("exact", word) or vocabulary.frequency("stem", stem):
        return [(word, 0)]
    return vocabulary.near(word) or [(word, 0)]


def _word(variants: list[tuple[str, int]], language: Language, vocabulary: Vocabulary) -> Word | None:
    """A word of the plan; None if no document can have it."""
    weights: dict[Place, float] = {}
    for variant, edits in variants:
        for form, term in (("stem", language.stem(variant)), ("exact", variant)):
            frequency = vocabulary.frequency(form, term)
            if not frequency:
                continue
            worth = EDIT_WEIGHTS[edits] * FORM_WEIGHTS[form] * vocabulary.rarity(frequency)
            for text, weight in TEXT_WEIGHTS.items():
                place = Place(f"{text}_{form}", term)
                weights[place] = max(weights.get(place, 0), _exact(weight * worth))
    first = variants[0][0]
    if len(first) in _ACRONYM:
        weights[Place(INITIALS, first)] = INITIALS_WEIGHT
    return Word(tuple(Alternative(place, weight) for place, weight in weights.items())) if weights else None


def _exact(weight: float) -> float:
    """The nearest multiple of 1/64, and not nothing."""
    return max(round(weight * 64), 1) / 64


def _found(words: list[Word]) -> Iterator[Bonus]:
    """A bonus for each word, in as few places as are the same as all of its alternatives."""
    for word in words:
        places = [alternative.place for alternative in word.alternatives]
        for text, weight in FOUND_WEIGHTS.items():
            merged = (place if place.field == INITIALS else _within(place, text) for place in places)
            yield Bonus(tuple(dict.fromkeys(merged)), weight)


def _within(place: Place, text: str) -> Place:
    _, _, form = place.field.rpartition("_")
    return Place(f"{text}_{form}", place.term)


def _names(words: list[str], stems: list[str]) -> Iterator[Bonus]:
    if words:
        names = sorted({"_".join(words), "_".join(stems)})
        for field, weight in NAME_WEIGHTS.items():
            yield Bonus(tuple(Place(field, name) for name in names), weight)


def _pairs(stems: list[str]) -> Iterator[Bonus]:
    for pair in dict.fromkeys(pairwise(stems)):
        yield Bonus((Place(PAIRS, "_".join(pair)),), PAIR_WEIGHT)


def _corrected(words: list[str], spellings: Mapping[str, list[tuple[str, int]]]) -> str:
    return " ".join(spellings[word][0][0] if word in spellings else word for word in words)
