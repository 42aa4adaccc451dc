"""Words and turns of phrase that offices use and people do not, each with the plain one."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from services.plain_language.lists.jargon_phrases import NAMES, PHRASES
from services.plain_language.lists.jargon_words import ADJECTIVES, FOREIGN, NOUNS, VERBS
from services.plain_language.lists.latin import LATIN
from services.plain_language.passages import sentences
from services.plain_language.phrases import Phrasebook, adjectives, listed, nouns, verbs
from services.plain_language.rule import Hit

_NAME = "\0"
_JARGON = Phrasebook(
    (
        # The noun before the verb that is written like it: outorga.
        *nouns(NOUNS),
        *verbs(VERBS),
        *adjectives(ADJECTIVES),
        *listed(FOREIGN),
        *listed(PHRASES),
        *((name, _NAME) for name in NAMES),
    )
)
_LATIN = Phrasebook(listed(LATIN))
# Only offices put a pronoun into the middle of a future: far-se-á, dar-lhe-ia.
_SPLIT = re.compile(r"[^\W\d_]+[raei]-(?:se|lhes?|nos|[oa]s?|me)-(?:a|ao|ei|emos|ia|iam)")


def jargon(text: str) -> Iterator[Hit]:
    """Words and turns of phrase of offices."""
    for sentence in sentences(text):
        for start, end, alternative in _JARGON.find(sentence.words):
            if alternative != _NAME and not _is_in_capitals(text[start:end]):
                yield start, end, alternative or _("Corte: a frase diz o mesmo sem isto.")
        for word in sentence.words:
            if "-" in word.folded and _SPLIT.fullmatch(word.folded):
                verb = text[word.start : word.end].partition("-")[0].lower()
                yield word.start, word.end, f"vai {_INFINITIVE.get(verb, verb)}"


def _is_in_capitals(said: str) -> bool:
    """EMBASA is a company, and no form of "embasar"; what is shouted is told as that, once."""
    return said.isupper() and said.isalpha()


#: The stem of a split future, where it is not the infinitive.
_INFINITIVE = {"far": "fazer", "dir": "dizer", "trar": "trazer"}


def latin(text: str) -> Iterator[Hit]:
    """Latin."""
    for sentence in sentences(text):
        yield from _LATIN.find(sentence.words)
