"""The terms by which a word of a query is looked for in an index, and how much each tells. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from search.rules import Words
from search.text import Language
from search.understanding import AskedWord
from search.vocabulary import Vocabulary

#: What a word is worth by the form in which it is found…
FORM_WEIGHTS = {"stem": 1.0, "exact": 0.5}
#: …and if it is spelt with one or two edits.
EDIT_WEIGHTS = (1.0, 0.6, 0.35)
#: What editors call the same is worth a little less than what was typed.
SYNONYM_WEIGHT = 0.6
_ACRONYM = range(3, 7)


@dataclass(slots=True)
class Sought:
    """Any of these will do; each with its worth, which grows with its rarity."""

    #: Form and term.
    terms: dict[tuple[str, str], float] = field(default_factory=dict)
    #: Stems of terms of several words, all of which must be found.
    wholes: dict[Words, float] = field(default_factory=dict)
    #: The word as first letters of others.
    initials: str = ""

    def __bool__(self) -> bool:
        return bool(self.terms or self.wholes or self.initials)

    def add(self, words: Words, worth: float, language: Language, vocabulary: Vocabulary) -> None:
        """Look for a term, too; one that no document has is left out."""
        if len(words) == 1:
            self._add_word(words[0], worth, language, vocabulary)
            return
        stems = tuple(map(language.stem, words))
        rarest = min(vocabulary.frequency("stem", stem) for stem in stems)
        if rarest:
            self.wholes[stems] = worth * vocabulary.rarity(rarest)

    def _add_word(self, word: str, worth: float, language: Language, vocabulary: Vocabulary) -> None:
        for form, term in (("stem", language.stem(word)), ("exact", word)):
            frequency = vocabulary.frequency(form, term)
            if frequency:
                here = worth * FORM_WEIGHTS[form] * vocabulary.rarity(frequency)
                self.terms[form, term] = max(here, self.terms.get((form, term), 0.0))


def sought_word(asked: AskedWord, language: Language, vocabulary: Vocabulary) -> Sought:
    """By what a word of the query is looked for."""
    sought = Sought()
    for variant in asked.variants:
        sought.add((variant.word,), EDIT_WEIGHTS[variant.edits], language, vocabulary)
    if asked.parts:
        sought.add(asked.parts, EDIT_WEIGHTS[1], language, vocabulary)
    if len(asked.variants[0].word) in _ACRONYM:
        sought.initials = asked.variants[0].word
    return sought


def sought_meaning(terms: Iterable[Words], language: Language, vocabulary: Vocabulary) -> Sought:
    """By what a part of the query is looked for that means other terms."""
    sought = Sought()
    for term in terms:
        sought.add(term, SYNONYM_WEIGHT, language, vocabulary)
    return sought
