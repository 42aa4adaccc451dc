"""A query becomes a plan: alternatives with constant weights, which an engine only has to add up. Pure.

The score of a document is, over the plan's words, the best alternative that it holds plus
``tie`` of the others, plus the weights of the bonuses that it earns: for each word that it has
at all, for words side by side, for a whole name. All weights are multiples of 1/64 and ``tie`` of 1/16: sums are
exact in the single precision of every engine, in whatever order they are added, so that
rankings are the same to the last place.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from search.document import (
    ANYWHERE,
    CALLED,
    CALLED_BY,
    FORMS,
    INITIALS,
    LONGEST_PREFIX,
    NAME_PREFIX,
    PAIRS,
    WORD_PREFIX,
    key_of,
)
from search.query import MOST_LETTERS, MOST_WORDS, read_query
from search.rules import NO_RULES, Rules, Words
from search.sought import Sought, sought_meaning, sought_word
from search.text import Language, language_of
from search.understanding import AskedWord, Understood, spelt, understand
from search.vocabulary import Vocabulary

TIE = 5 / 16
#: For each word of the query that is found, however common: anywhere, and in what the entry is called.
#: More of the query's words beat rarer ones.
FOUND_WEIGHTS = {ANYWHERE: 20.0, CALLED: 6.0}
#: What a word is worth by where it is found.
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
#: The same for a term of several words that is found whole: in one of the texts that name the entry, in whatever order,
#: or side by side in any.
WHOLE_WEIGHTS = {"title": 4.0, "popular": 4.0, "keywords": 3.0, PAIRS: 1.0}
INITIALS_WEIGHT = 4.0
#: Two words stand side by side as they do in the query.
PAIR_WEIGHT = 16.0
#: The whole query is a name; and the share of that if a part of it was said in other words.
NAME_WEIGHTS = {"title_name": 60.0, "popular_name": 60.0, "acronym_name": 80.0, "keyword_name": 20.0}
SYNONYM_NAME_SHARE = 0.25
#: Words of the same family, in what the entry is called: how much they are worth, and how many are looked for.
FAMILY_WEIGHT = 2.0
MOST_KIN = 2
#: What a word that only asks ("como", "quero") is worth beside others; and that it is found.
ASIDE_SHARE = 0.25
FOUND_ASIDE_WEIGHT = 2.0
#: A document that editors put first gains this for each place: more than all else that a plan can give.
PINNED_WEIGHT = 16_384.0
#: Entries that editors can put first for one query.
MOST_PINNED = 8

#: The very form of a word tells something more only in what an entry is called; elsewhere its stem will do.
_FIELDS = {
    form: tuple(
        (f"{text}_{form}", weight) for text, weight in TEXT_WEIGHTS.items() if form == "stem" or text in CALLED_BY
    )
    for form in FORMS
}


class Place(NamedTuple):
    """A term in a field."""

    field: str
    term: str


class Alternative(NamedTuple):
    """One way to find a word, and what that is worth: a term in a place, and all of the terms ``also`` in theirs."""

    place: Place
    weight: float
    also: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the query: the best of its alternatives counts."""

    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Bonus:
    """``weight`` counts once, if any of the places holds, or all places of one that is to hold ``together``."""

    places: tuple[Place, ...]
    weight: float
    together: tuple[tuple[Place, ...], ...] = ()


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


def plan_for(
    typed: str, locale: str, vocabulary: Vocabulary, rules: Rules = NO_RULES, *, today: date | None = None
) -> Plan:
    """The plan of whatever a person typed or pasted. Dated best bets only hold if ``today`` is told."""
    locale = locale.casefold()
    if not typed[:MOST_LETTERS].strip():
        return Plan(locale, everything=True)
    language = language_of(locale)
    query = read_query(typed, language)
    understood = understand(query, language, vocabulary, rules)
    words = [sought_word(word, language, vocabulary) for word in understood.words]
    meanings = [sought_meaning(meaning.terms, language, vocabulary) for meaning in understood.meanings]
    aside = [sought_word(word, language, vocabulary) for word in understood.whole if word not in understood.words]
    stems = [language.stem(word) for word in spelt(understood.whole)]
    planned = [
        *map(_word, (*words, *meanings)),
        *(_kin(word, language, vocabulary) for word in understood.words),
        *(_word(sought, ASIDE_SHARE) for sought in aside),
    ]
    return Plan(
        locale,
        words=tuple(dict.fromkeys(word for word in planned if word.alternatives)),
        bonuses=(
            *_found(understood, words, meanings),
            *(_found_in(ANYWHERE, FOUND_ASIDE_WEIGHT, [sought]) for sought in aside if sought.terms),
            *_names(understood, language),
            *(Bonus((place,), PAIR_WEIGHT) for place in dict.fromkeys(_side_by_side(stems))),
        ),
        required=tuple(each for phrase in understood.phrases for each in _together(phrase, language)),
        excluded=tuple(place for words in query.without for each in _together(words, language) for place in each),
        pinned=tuple(
            key_of(pin.kind, pin.id, locale)
            for pin in rules.pinned([language.stem(word) for word in spelt(understood.words)], today)[:MOST_PINNED]
        ),
        corrected=understood.corrected,
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


def _word(sought: Sought, share: float = 1.0) -> Word:
    """Without alternatives if no document can have it."""
    alternatives = [
        Alternative(Place(name, term), _exact(share * worth * weight))
        for (form, term), worth in sought.terms.items()
        for name, weight in _FIELDS[form]
    ]
    if sought.initials and share == 1.0:
        alternatives.append(Alternative(Place(INITIALS, sought.initials), INITIALS_WEIGHT))
    for stems, worth in sought.wholes.items():
        for text, weight in WHOLE_WEIGHTS.items():
            first, *others = _whole(stems, text)
            alternatives.append(Alternative(first, _exact(share * worth * weight), tuple(others)))
    return Word(tuple(alternatives))


def _whole(stems: Words, text: str) -> list[Place]:
    """All must hold for a term of several words to be found."""
    return _side_by_side(stems) if text == PAIRS else [Place(f"{text}_stem", stem) for stem in stems]


def _side_by_side(stems: Sequence[str]) -> list[Place]:
    return [Place(PAIRS, f"{left}_{right}") for left, right in pairwise(stems)]


def _exact(weight: float) -> float:
    """The nearest multiple of 1/64, and not nothing."""
    return max(round(weight * 64), 1) / 64


def _kin(asked: AskedWord, language: Language, vocabulary: Vocabulary) -> Word:
    """Words of the same family: they break ties, and are no share of what was asked for."""
    family = vocabulary.family(language.stem(asked.variants[0].word))[:MOST_KIN]
    rarities = [vocabulary.rarity(vocabulary.frequency("stem", stem)) for stem in family]
    return Word(
        tuple(
            Alternative(Place(f"{CALLED}_stem", stem), _exact(FAMILY_WEIGHT * rarity))
            for stem, rarity in zip(family, rarities, strict=True)
        )
    )


def _found(understood: Understood, words: Sequence[Sought], meanings: Sequence[Sought]) -> Iterator[Bonus]:
    """A bonus for each word of the query: what has the meaning of a part of it has all words of that part."""
    done: set[str] = set()
    for number, (asked, word) in enumerate(zip(understood.words, words, strict=True)):
        if asked.typed in done:
            continue
        done.add(asked.typed)
        meant = [
            sought
            for meaning, sought in zip(understood.meanings, meanings, strict=True)
            if meaning.start <= number < meaning.end
        ]
        sought = [each for each in (word, *meant) if each]
        if sought:
            for text, weight in FOUND_WEIGHTS.items():
                yield _found_in(text, weight, sought)


def _found_in(text: str, weight: float, sought: Iterable[Sought]) -> Bonus:
    """In as few places as are the same as all of the alternatives: what has a word has its stem."""
    places: dict[Place, None] = {}
    together: dict[tuple[Place, ...], None] = {}
    for each in sought:
        places |= dict.fromkeys(Place(f"{text}_stem", term) for form, term in each.terms if form == "stem")
        if each.initials:
            places[Place(INITIALS, each.initials)] = None
        for stems in each.wholes:
            together[tuple(_whole(stems, CALLED))] = None
            if text == ANYWHERE:
                together[tuple(_side_by_side(stems))] = None
    return Bonus(tuple(places), weight, tuple(together))


def _names(understood: Understood, language: Language) -> Iterator[Bonus]:
    """The whole query as a name, in its own words or with a part of it in others."""
    if not understood.whole:
        return
    own = sorted({*_name_of(spelt(understood.words), language), *_name_of(spelt(understood.whole), language)})
    others = dict.fromkeys(
        name
        for meaning in understood.meanings
        for term in meaning.terms
        for name in _name_of(understood.saying(meaning, term), language)
        if name not in own
    )
    for field, weight in NAME_WEIGHTS.items():
        yield Bonus(tuple(Place(field, name) for name in own), weight)
        if others:
            yield Bonus(tuple(Place(field, name) for name in others), weight * SYNONYM_NAME_SHARE)


def _name_of(words: Sequence[str], language: Language) -> list[str]:
    return sorted({"_".join(words), "_".join(map(language.stem, words))})


def _together(words: Words, language: Language) -> list[tuple[Place, ...]]:
    """What holds where the words stand side by side, each of it in one of its places; one word in either form."""
    if len(words) == 1:
        return [(Place(f"{ANYWHERE}_stem", language.stem(words[0])), Place(f"{ANYWHERE}_exact", words[0]))]
    return [(place,) for place in _side_by_side([language.stem(word) for word in words])]
