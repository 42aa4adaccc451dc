"""Sentences and paragraphs that are too long to keep in mind."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from services.plain_language.lists import listed_in
from services.plain_language.passages import Sentence, paragraphs, sentences
from services.plain_language.rule import Hit

#: Beyond so many words a reader has lost the beginning; guides of plain language ask for about twenty.
LONGEST_SENTENCE = 25
#: Six or seven lines on a phone held upright.
LONGEST_PARAGRAPH = 75

#: Words before which a sentence may be cut in two.
_JOINTS = frozenset(
    listed_in(
        """
    alem caso depois e embora enquanto entao mas nesse ou para pois porem porque quando que se desde assim
    """
    )
)
_SHOWN = 3


def long_sentences(text: str) -> Iterator[Hit]:
    """Sentences of too many words, and where to cut each."""
    for sentence in sentences(text):
        count = len(sentence.words)
        if count > LONGEST_SENTENCE:
            said = {"count": count, "words": _joint(text, sentence)}
            if said["words"]:
                cut = _("Esta frase tem %(count)s palavras. Ponha um ponto antes de “%(words)s” e comece outra.") % said
            else:
                cut = _("Esta frase tem %(count)s palavras. Divida em duas ou faça uma lista.") % said
            yield sentence.start, sentence.end, cut


def long_paragraphs(text: str) -> Iterator[Hit]:
    """Paragraphs of too many words, and where another may begin."""
    for paragraph in paragraphs(text):
        count = sum(len(sentence.words) for sentence in paragraph)
        if count <= LONGEST_PARAGRAPH:
            continue
        start, end = paragraph[0].start, paragraph[-1].end
        if len(paragraph) == 1:
            yield start, end, _("São %(count)s palavras em um parágrafo. Faça uma lista.") % {"count": count}
            continue
        second = _middle(paragraph, count)
        said = {"count": count, "words": _first_words(text, second)}
        yield start, end, _("São %(count)s palavras em um parágrafo. Comece outro em “%(words)s”.") % said


def _joint(text: str, sentence: Sentence) -> str:
    """The words nearest the middle of a sentence before which it may be cut; a comma before them counts for much."""
    words = sentence.words
    middle = len(words) / 2

    def distance(place: int) -> float:
        comma = text[words[place - 1].end : words[place].start].strip() in (",", ";")
        return abs(place - middle) + (0 if comma else middle / 2)

    places = [place for place in range(5, len(words) - 4) if words[place].folded in _JOINTS]
    if not places:
        return ""
    best = min(places, key=distance)
    last = min(best + _SHOWN, len(words)) - 1
    return text[words[best].start : words[last].end]


def _middle(paragraph: tuple[Sentence, ...], count: int) -> Sentence:
    before = 0
    for sentence in paragraph[:-1]:
        if before and before + len(sentence.words) > count / 2:
            return sentence
        before += len(sentence.words)
    return paragraph[-1]


def _first_words(text: str, sentence: Sentence) -> str:
    last = min(_SHOWN, len(sentence.words)) - 1
    return text[sentence.words[0].start : sentence.words[last].end]
