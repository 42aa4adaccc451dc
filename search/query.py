"""What a person typed, taken apart: words to look for, phrases in quotes, what stands behind a minus sign. Pure.

Nothing else is an operator, so nothing typed can be wrong: quotes that do not close are no quotes, and minus signs
without anything else to look for are no minus signs.
"""

import re
from dataclasses import dataclass

from search.text import Language

#: Words and letters of a query that count: a pasted text is a query too.
MOST_WORDS = 16
MOST_LETTERS = 2_000

_OPEN, _CLOSE = '"“„«»', '"”“»«'
#: A quote after a letter or digit opens nothing: it means inches. A minus sign only counts before a word.
_MARKED = re.compile(
    rf"(?<![\w-])(?P<minus>-?)[{_OPEN}](?P<phrase>[^{_OPEN}{_CLOSE}]*)[{_CLOSE}]|(?<!\S)-(?P<word>\w\S*)"
)


@dataclass(frozen=True, slots=True)
class Query:
    """A query in one language; words are folded."""

    #: Without what stands behind a minus sign.
    text: str
    #: What is asked for, each word where it stands.
    words: tuple[str, ...]
    #: The same with the words that only ask.
    whole: tuple[str, ...]
    #: What must be found as it stands; each has at least one word.
    phrases: tuple[tuple[str, ...], ...] = ()
    #: What must not be found; each has one word or two side by side.
    without: tuple[tuple[str, ...], ...] = ()


def read_query(typed: str, language: Language) -> Query:
    """Take apart whatever a person typed or pasted."""
    typed = typed[:MOST_LETTERS]
    phrases: list[tuple[str, ...]] = []
    without: list[tuple[str, ...]] = []
    for found in _MARKED.finditer(typed):
        unwanted = bool(found["minus"] or found["word"])
        words = _content(found["word"] or found["phrase"], language)
        if unwanted and 0 < len(words) <= 2:
            without += [words, *((join,) for join in language.joins(found["word"] or ""))]
        elif words and not unwanted:
            phrases.append(words)
    text = _MARKED.sub(_kept, typed)
    if without and not language.words(text):
        text, without = typed, []
    return Query(
        text,
        words=tuple(language.asked(text)[:MOST_WORDS]),
        whole=tuple(language.content(text)[:MOST_WORDS]),
        phrases=tuple(_first(phrases)),
        without=tuple(_first(without)),
    )


def _kept(found: re.Match[str]) -> str:
    return " " if found["minus"] or found["word"] else f" {found['phrase']} "


def _content(text: str, language: Language) -> tuple[str, ...]:
    return tuple(word for word in language.words(text) if word not in language.stop_words)


def _first(groups: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """As many as have ``MOST_WORDS`` words among them."""
    kept, words = [], 0
    for group in groups:
        words += len(group)
        if words > MOST_WORDS:
            break
        kept.append(group)
    return kept
