"""How easy a text is to read: Flesch's index, adapted to Brazilian Portuguese.

Martins, Ghiraldelo, Nunes and Oliveira Jr., "Readability formulas applied to textbooks in Brazilian Portuguese",
ICMC-USP, 1996: ``248.835 - 1.015 * words / sentences - 84.6 * syllables / words``.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.plain_language.passages import sentences
from services.plain_language.syllables import count_syllables

FORMULA = _("Índice Flesch adaptado ao português (Martins e outros, ICMC-USP, 1996)")

#: The least of each band of that work, and what it is called.
BANDS: tuple[tuple[int, Promise | str], ...] = (
    (75, _("muito fácil")),
    (50, _("fácil")),
    (25, _("difícil")),
    (0, _("muito difícil")),
)


@dataclass(frozen=True)
class ReadingEase:
    """A figure from 0 (hardest) to 100 (easiest), and what it was counted from."""

    score: int
    words: int
    sentences: int
    syllables: int

    @property
    def band(self) -> Promise | str:
        """What the work calls a text of this figure."""
        return next(name for least, name in BANDS if self.score >= least)


def reading_ease(text: str) -> ReadingEase | None:
    """The reading ease of a plain text, each line of which ends a sentence; ``None`` where it has no words."""
    said = sentences(text)
    syllables = [count_syllables(text[word.start : word.end]) for sentence in said for word in sentence.words]
    count = len(syllables)
    if not count:
        return None
    score = 248.835 - 1.015 * count / len(said) - 84.6 * sum(syllables) / count
    return ReadingEase(round(min(max(score, 0), 100)), count, len(said), sum(syllables))
