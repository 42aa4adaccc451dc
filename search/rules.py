"""What editors know of how people ask: synonyms, best bets, words that are spelt right. Pure.

``Rules`` are those of one language at one moment, indexed for the plan of a query. Terms are compared by the stems of
the words that say what is asked for, so that "médicos de olho" meets "médico do olho".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from search.spelling import Spelling
from search.text import Language

#: A longer term than this is a sentence: nobody says it twice in the same words.
MOST_TERM_WORDS = 8

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """A group: who says one of ``said`` is shown what is called one of ``meant``; in two ways, any finds any."""

    said: Sequence[str]
    meant: Sequence[str] = ()
    two_way: bool = False


@dataclass(frozen=True, slots=True)
class Pin:
    """For this query, this entry comes first, from one day to another (both included): a best bet."""

    query: str
    kind: str
    id: str
    position: int = 1
    starts: date | None = None
    ends: date | None = None

    def holds(self, today: date | None) -> bool:
        """Whether it is in force on a day; without one, whether it always is."""
        if today is None:
            return self.starts is self.ends is None
        return (self.starts or today) <= today <= (self.ends or today)


@dataclass(frozen=True, slots=True)
class Meaning:
    """Words ``start`` to ``end`` (not included) of a query mean these terms, each a list of words."""

    start: int
    end: int
    terms: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """Those of one language, made by ``rules_of``."""

    #: Stems of what is said → what is meant.
    meanings: Mapping[Words, tuple[Words, ...]] = field(default_factory=dict)
    #: First stem → lengths of the terms that begin with it, longest first.
    lengths: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    #: Stems of a query → what comes first.
    pins: Mapping[Words, tuple[Pin, ...]] = field(default_factory=dict)
    protected: frozenset[str] = frozenset()
    #: Words of what is said: no spelling mistakes, even where the index has none of them.
    words: Mapping[str, int] = field(default_factory=dict)
    spelling: Spelling = field(default_factory=Spelling)

    def meant_by(self, stems: Sequence[str]) -> list[Meaning]:
        """What parts of a query mean, given as stems: the longest terms from left to right, none over another."""
        found, start = [], 0
        while start < len(stems):
            end = start + 1
            for length in self.lengths.get(stems[start], ()):
                terms = self.meanings.get(tuple(stems[start : start + length]))
                if terms:
                    end = start + length
                    found.append(Meaning(start, end, terms))
                    break
            start = end
        return found

    def pinned(self, stems: Sequence[str], today: date | None) -> list[Pin]:
        """What comes first for a query, given as stems, in its order."""
        return [pin for pin in self.pins.get(tuple(stems), ()) if pin.holds(today)]


NO_RULES = Rules()


def rules_of(
    language: Language,
    *,
    synonyms: Iterable[Synonyms] = (),
    pins: Iterable[Pin] = (),
    protected: Iterable[str] = (),
) -> Rules:
    """The rules of a language. What has no words, or more than ``MOST_TERM_WORDS``, is left out."""
    meanings: dict[Words, dict[Words, None]] = {}
    words: dict[str, int] = {}
    for group in synonyms:
        said, meant = _terms(group.said, language), _terms(group.meant, language)
        if group.two_way:
            said = meant = [*said, *meant]
        for term in said:
            words |= dict.fromkeys(term, 1)
            stems = _stems(term, language)
            found = {other: None for other in meant if _stems(other, language) != stems}
            meanings[stems] = meanings.get(stems, {}) | found
    lengths: dict[str, set[int]] = {}
    for stems in meanings:
        lengths.setdefault(stems[0], set()).add(len(stems))
    pinned: dict[Words, list[Pin]] = {}
    for pin in sorted(pins, key=lambda pin: pin.position):
        if stems := _stems(language.asked(pin.query), language):
            pinned.setdefault(stems, []).append(pin)
    spelling = Spelling(language)
    spelling.learn(words)
    return Rules(
        meanings={stems: tuple(terms) for stems, terms in meanings.items()},
        lengths={stem: tuple(sorted(found, reverse=True)) for stem, found in lengths.items()},
        pins={stems: tuple(found) for stems, found in pinned.items()},
        protected=frozenset(word for text in protected for word in language.words(text)),
        words=words,
        spelling=spelling,
    )


def _terms(texts: Iterable[str], language: Language) -> list[Words]:
    terms = (tuple(language.asked(text)) for text in texts)
    return [term for term in terms if 0 < len(term) <= MOST_TERM_WORDS]


def _stems(words: Iterable[str], language: Language) -> Words:
    return tuple(map(language.stem, words))
