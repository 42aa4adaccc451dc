"""Words, sentences and paragraphs of a plain text, each with its place. Linear in the text's length."""

import functools
import re
from dataclasses import dataclass

from services.rich_text.sentences import ends

# Addresses of pages are matched, so that their pieces are not words.
_WORD = re.compile(r"(https?://\S+|www\.\S+)|(?<!\d)[^\W\d_ªº]+(?:[-'’][^\W\d_ªº]+)*")
_LINE = re.compile(r"[^\n]+")
_ACCENTS = str.maketrans("áàâãäéèêëíìîïóòôõöúùûüçñ", "aaaaaeeeeiiiiooooouuuucn")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, and where it stands; ``folded`` is in lower case without accents."""

    start: int
    end: int
    folded: str
    #: Whether only space stands between the word before and this one.
    follows: bool
    #: Whether it is the first of a sentence.
    opens: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, a title or an item of a list, and its words."""

    start: int
    end: int
    words: tuple[Word, ...]


def fold(text: str) -> str:
    """Lower case without accents, of the same length as the text."""
    lower = text.lower()
    return (lower if len(lower) == len(text) else text).translate(_ACCENTS)


@functools.lru_cache(maxsize=256)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text; each line ends one, because a line of plain text is a paragraph or an item."""
    found = []
    folded = fold(text)
    for line in _LINE.finditer(text):
        start = line.start()
        for end in (*ends(text, line.start(), line.end()), line.end()):
            sentence = _sentence(text, folded, start, end)
            if sentence.words:
                found.append(sentence)
            start = end
    return tuple(found)


def words(text: str) -> list[Word]:
    """All words of a text in their order."""
    return [word for sentence in sentences(text) for word in sentence.words]


def paragraphs(text: str) -> list[tuple[Sentence, ...]]:
    """The sentences of each line."""
    found: list[list[Sentence]] = []
    line_end = -1
    for sentence in sentences(text):
        if sentence.start > line_end:
            line_end = text.find("\n", sentence.end)
            line_end = len(text) if line_end < 0 else line_end
            found.append([])
        found[-1].append(sentence)
    return [tuple(each) for each in found]


def _sentence(text: str, folded: str, start: int, end: int) -> Sentence:
    found: list[Word] = []
    before = start
    for match in _WORD.finditer(text, start, end):
        if match.lastindex:
            continue
        first = match.start()
        follows = bool(found) and text[before:first].isspace()
        found.append(Word(first, match.end(), folded[first : match.end()], follows, not found))
        before = match.end()
    start, end = _trimmed(text, start, end)
    return Sentence(start, end, tuple(found))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    said = text[start:end]
    return start + len(said) - len(said.lstrip()), end - len(said) + len(said.rstrip())
