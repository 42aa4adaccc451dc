"""Beginnings of sentences that say nothing yet: "vale ressaltar que", "trata-se de"."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from services.plain_language.lists.openings import OPENINGS
from services.plain_language.passages import sentences
from services.plain_language.phrases import Phrasebook
from services.plain_language.rule import Hit

_OPENINGS = Phrasebook(OPENINGS.items())


def openings(text: str) -> Iterator[Hit]:
    """Beginnings that a sentence can do without."""
    for sentence in sentences(text):
        words = sentence.words
        found = _OPENINGS.at(words, 0)
        if found is not None:
            end, alternative = found
            told = alternative or _("Corte estas palavras e comece pelo que a pessoa precisa saber.")
            yield words[0].start, words[end - 1].end, told
