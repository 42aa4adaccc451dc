"""What the words of a query stand for in an index: the word as it is, others spelt like it, what it means. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from search.query import Query
from search.rules import Meaning, Rules, Words
from search.text import Language
from search.vocabulary import Vocabulary

#: Words that one word may stand for, and terms that a part of a query may mean; and how many either may be in all:
#: the more there are to understand, the fewer ways there are to understand each.
MOST_FOR_ONE = 8
MOST_IN_ALL = 16
#: Each part of two words written as one has at least so many letters.
_SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class Variant:
    """A word that another may stand for, and in how many letters they differ."""

    word: str
    edits: int = 0


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word of the query, and what it may stand for, best first: itself if anybody knows it."""

    typed: str
    variants: tuple[Variant, ...]
    #: The words that it is made of, where only its space is missing.
    parts: Words = ()

    @property
    def understood(self) -> Words:
        """As it should have been written."""
        return self.parts or (self.variants[0].word,)


@dataclass(frozen=True, slots=True)
class Understood:
    """A query's words, and what parts of it mean."""

    words: tuple[AskedWord, ...]
    #: The same with the words that only ask.
    whole: tuple[AskedWord, ...]
    meanings: tuple[Meaning, ...]
    #: Phrases in quotes, spelt right.
    phrases: tuple[Words, ...]
    #: The query as it should have been written, where that is otherwise; else empty.
    corrected: str

    def saying(self, meaning: Meaning, term: Words) -> Words:
        """The same with a part of it in other words."""
        before, after = self.words[: meaning.start], self.words[meaning.end :]
        return (*spelt(before), *term, *spelt(after))


def understand(query: Query, language: Language, vocabulary: Vocabulary, rules: Rules) -> Understood:
    """Look at a query's words with the eyes of an index and of the rules of its language."""
    joined = [word for word in language.joins(query.text) if vocabulary.frequency("exact", word)]
    joined += [left + right for left, right in pairwise(query.words) if vocabulary.frequency("exact", left + right)]
    seen: dict[str, AskedWord] = {}
    for typed in (*query.whole, *chain.from_iterable(query.phrases)):
        if typed not in seen:
            seen[typed] = _asked(typed, joined, language, vocabulary, rules)
    each = _share(sum(len(word.variants) > 1 for word in seen.values()))
    seen = {typed: replace(word, variants=word.variants[:each]) for typed, word in seen.items()}
    words = tuple(seen[typed] for typed in query.words)
    stems = [language.stem(word.variants[0].word) for word in words]
    right = {typed: word.understood for typed, word in seen.items() if word.parts or word.variants[0].edits}
    return Understood(
        words,
        whole=tuple(seen[typed] for typed in query.whole),
        meanings=tuple(_known(rules.meant_by(stems), language, vocabulary)),
        phrases=tuple(spelt(seen[typed] for typed in phrase) for phrase in query.phrases),
        corrected=" ".join(chain.from_iterable(right.get(word, (word,)) for word in language.words(query.text)))
        if right
        else "",
    )


def spelt(words: Iterable[AskedWord]) -> Words:
    """As they should have been written."""
    return tuple(chain.from_iterable(word.understood for word in words))


def _asked(typed: str, joined: Iterable[str], language: Language, vocabulary: Vocabulary, rules: Rules) -> AskedWord:
    near = _near(typed, language, vocabulary, rules)
    joins = [Variant(join) for join in joined if typed in join and typed != join]
    return AskedWord(
        typed,
        variants=(*(near or [Variant(typed)]), *joins),
        parts=() if near or joins else _parts(typed, vocabulary),
    )


def _near(word: str, language: Language, vocabulary: Vocabulary, rules: Rules) -> list[Variant]:
    """The word, if anybody knows it in some form; else what it is made of, or known words like it."""

    def is_known(word: str) -> bool:
        return bool(
            vocabulary.frequency("exact", word)
            or vocabulary.frequency("stem", language.stem(word))
            or word in rules.words
        )

    if is_known(word) or word in rules.protected:
        return [Variant(word)]
    near = dict(vocabulary.near(word))
    near |= dict(rules.spelling.near(word, rules.words))
    found = [Variant(each, edits) for each, edits in sorted(near.items(), key=lambda pair: pair[1])]
    plain = next(filter(is_known, language.plain_forms(word)), "")
    if not plain or plain in near:
        return found
    # "visinho" is "vizinho" misspelt sooner than a small "viso".
    return [*found, Variant(plain, 1)] if found and found[0].edits == 1 else [Variant(plain), *found]


def _parts(word: str, vocabulary: Vocabulary) -> Words:
    """Two known words that were written as one; of several ways, the one whose rarer word is commonest."""
    ways = [
        (min(vocabulary.frequency("exact", word[:at]), vocabulary.frequency("exact", word[at:])), at)
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    ]
    commonest, at = max(ways, default=(0, 0))
    return (word[:at], word[at:]) if commonest else ()


def _known(meanings: Sequence[Meaning], language: Language, vocabulary: Vocabulary) -> Iterator[Meaning]:
    """Meanings of which the index has any term: all words of it."""
    each = _share(len(meanings))
    for meaning in meanings:
        known = [
            term for term in meaning.terms if all(vocabulary.frequency("stem", language.stem(word)) for word in term)
        ]
        if known:
            yield Meaning(meaning.start, meaning.end, tuple(known[:each]))


def _share(number: int) -> int:
    return max(1, min(MOST_FOR_ONE, MOST_IN_ALL // max(1, number)))
