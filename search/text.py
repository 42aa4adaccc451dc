"""Text becomes words, once, in Python: the same for every engine, for documents and for queries. Pure.

A word is folded (lower case, no accents) and has letters and digits only. Its stem drops plural,
gender and the r of infinitives, so that "podar" meets "poda". Stripping more of what makes nouns
of verbs ("renovação") was measured: it finds less.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

#: Longer runs of letters are no words of any language: addresses and pasted data.
LONGEST_WORD = 40
_INITIALS = range(3, 7)
_JOINED = range(3, 21)

_WORD = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(r"\b[^\W_]+(?:-[^\W_]+)+\b|\b(?:[^\W_]\.){2,}[^\W_]?\b")
_SENTENCE_END = re.compile(r"[.;:!?()\n]")
_TAG = re.compile(r"<[^<>]*>")
_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_ORDINAL_MARKS = str.maketrans("ªº°", "   ")


def fold(text: str) -> str:
    """Lower case without accents; ordinal marks become spaces."""
    text = text.translate(_ORDINAL_MARKS).casefold()
    if text.isascii():
        return text
    # Compatibility forms may hold capitals again: the trade mark sign is "TM".
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()


def without_markup(rich: str) -> str:
    """The text of the few elements that a record's rich text may hold."""
    return html.unescape(_TAG.sub(" ", rich)) if "<" in rich or "&" in rich else rich


@dataclass(frozen=True, slots=True)
class Language:
    """The rules of one language, as data, and what they do to a text."""

    stop_words: frozenset[str]
    #: Endings of plurals with their singulars, longest first; any other final s is dropped.
    plurals: tuple[tuple[str, str], ...]
    #: Final letters that tell gender, or nothing.
    endings: str
    #: Endings of infinitives, whose last letter is dropped first.
    infinitives: tuple[str, ...] = ()
    #: Ordinals that count copies ("segunda via", "2ª via"), over folded text: a number, or a word of ``numbers``.
    copies: re.Pattern[str] | None = None
    numbers: Mapping[str, str] = field(default_factory=dict)

    def normalise(self, text: str) -> str:
        """Folded, with one way to write the number of a copy."""
        folded = fold(text)
        if self.copies is None:
            return folded
        return self.copies.sub(lambda found: found[1] or self.numbers[found[0]], folded)

    def words(self, text: str) -> list[str]:
        """All words in their order."""
        return [word for word in _WORD.findall(self.normalise(text)) if len(word) <= LONGEST_WORD]

    def content(self, text: str) -> list[str]:
        """The words that carry meaning; all of them where none does."""
        words = self.words(text)
        return [word for word in words if word not in self.stop_words] or words

    def stem(self, word: str) -> str:
        """The word without plural, gender and what an infinitive adds."""
        if len(word) >= 4 and word[-1] == "s" and word[-2:] not in {"ss", "us"}:
            for plural, singular in self.plurals:
                if word.endswith(plural) and len(word) > len(plural) + 1:
                    word = word[: -len(plural)] + singular
                    break
            else:
                word = word[:-1]
        elif len(word) >= 5 and word.endswith(self.infinitives):
            word = word[:-1]
        return word[:-1] if len(word) > 4 and word[-1] in self.endings else word

    def joins(self, text: str) -> list[str]:
        """Compounds written as one word: ``e-SIC`` and ``C.P.F.`` are also ``esic`` and ``cpf``."""
        if "-" not in text and "." not in text:
            return []
        joined = ("".join(_WORD.findall(compound)) for compound in _COMPOUND.findall(self.normalise(text)))
        return [word for word in joined if len(word) in _JOINED]

    def sentences(self, text: str) -> list[list[str]]:
        """The content words of each sentence or line."""
        split = (_WORD.findall(sentence) for sentence in _SENTENCE_END.split(self.normalise(text)))
        return [
            [word for word in words if word not in self.stop_words and len(word) <= LONGEST_WORD] for words in split
        ]


def initials(words: Sequence[str]) -> Iterator[str]:
    """First letters of each run of three to six of the words."""
    letters = "".join(word[0] for word in words)
    for length in _INITIALS:
        for start in range(len(letters) - length + 1):
            yield letters[start : start + length]


def _as_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PORTUGUESE = Language(
    stop_words=_as_set("""
        a ao aos as com da das de do dos e em na nas no nos o os ou para pela pelas pelo pelos por que se sobre um uma
    """),
    plurals=(
        ("oes", "ao"),
        ("aes", "ao"),
        ("ais", "al"),
        ("eis", "el"),
        ("ois", "ol"),
        ("uis", "ul"),
        ("res", "r"),
        ("zes", "z"),
        ("ses", "s"),
        ("ns", "m"),
        ("is", "il"),
    ),
    endings="aeo",
    infinitives=("ar", "er", "ir"),
    copies=re.compile(r"\b(?:(\d+) ?[ao]s?|primeira|segunda|terceira)(?=\s+vias?\b)"),
    numbers={"primeira": "1", "segunda": "2", "terceira": "3"},
)
_SPANISH = Language(
    stop_words=_as_set("a al con de del e el en la las lo los o para por que se sobre su un una unas unos y"),
    plurals=(("ciones", "cion"), ("ces", "z"), ("res", "r"), ("des", "d"), ("les", "l"), ("nes", "n")),
    endings="aeo",
    infinitives=("ar", "er", "ir"),
)
_ENGLISH = Language(
    stop_words=_as_set("a an and are as at by for from how in is of on or that the this to what with you your"),
    plurals=(("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")),
    endings="e",
)
_LANGUAGES = {"pt": _PORTUGUESE, "es": _SPANISH, "en": _ENGLISH}


def language_of(locale: str) -> Language:
    """The rules for a locale (BCP 47, any case); English for a language that has none here."""
    return _LANGUAGES.get(locale.partition("-")[0].casefold(), _ENGLISH)
