"""Text becomes words, once, in Python: the same for every engine, for documents and for queries. Pure.

A word is folded (lower case, no accents) and has letters and digits only. Its stem drops plural,
gender and the r of infinitives, so that "podar" meets "poda". Stripping more of what makes nouns
of verbs ("renovação") was measured: it finds less.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

#: Longer runs of letters are no words of any language: addresses and pasted data.
LONGEST_WORD = 40
_INITIALS = range(3, 7)
_JOINED = range(3, 21)

_WORD = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(r"\b[^\W_]+(?:-[^\W_]+)+\b")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
_SENTENCE_END = re.compile(r"[.;:!?()\n]")
_TAG = re.compile(r"<[^<>]*>")
_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_ORDINAL_MARKS = "ªº°"


def fold(text: str) -> str:
    """Lower case without accents; ordinal marks become spaces."""
    # Not translate, which takes a hundred times as long where a letter has an accent.
    for mark in _ORDINAL_MARKS:
        text = text.replace(mark, " ")
    text = text.casefold()
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
    #: Words with which people begin to ask, and which say nothing of what they ask for.
    asking: frozenset[str]
    #: Endings of plurals with their singulars, longest first; any other final s is dropped.
    plurals: tuple[tuple[str, str], ...]
    #: Final letters that tell gender, or nothing.
    endings: str
    #: Endings of infinitives, whose last letter is dropped first.
    infinitives: tuple[str, ...] = ()
    #: Ordinals that count copies ("segunda via", "2ª via"), over folded text: a number, or a word of ``numbers``.
    copies: re.Pattern[str] | None = None
    numbers: Mapping[str, str] = field(default_factory=dict)
    #: What is written in several ways and sounds alike, over folded words, one a line; in this order.
    hearing: tuple[tuple[re.Pattern[str], str], ...] = ()
    #: A word made small or dear: its root, and its gender.
    diminutives: re.Pattern[str] | None = None
    #: Endings of stems that make other words of the same root; one a line.
    derivations: re.Pattern[str] | None = None

    def normalise(self, text: str) -> str:
        """Folded, with one way to write an acronym, and one to write the number of a copy."""
        folded = _DOTTED.sub(_without_dots, fold(text))
        if self.copies is None:
            return folded
        return self.copies.sub(lambda found: f"{found[1] or self.numbers[found[0]]} ", folded)

    def words(self, text: str) -> list[str]:
        """All words in their order."""
        return [word for word in _WORD.findall(self.normalise(text)) if len(word) <= LONGEST_WORD]

    def content(self, text: str) -> list[str]:
        """The words that carry meaning; all of them where none does."""
        words = self.words(text)
        return [word for word in words if word not in self.stop_words] or words

    def asked(self, text: str) -> list[str]:
        """The words of a query that say what is asked for; all that carry meaning where none does."""
        words = self.content(text)
        return [word for word in words if word not in self.asking] or words

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

    def plain_forms(self, word: str) -> list[str]:
        """What a diminutive may be made of: ``casa`` for "casinhas"; nothing for another word."""
        found = self.diminutives.fullmatch(word) if self.diminutives else None
        if found is None:
            return []
        root, gender = found["root"], found["gender"]
        roots = [root, *(root[:-2] + plain for soft, plain in (("gu", "g"), ("qu", "c")) if root.endswith(soft))]
        return [each + ending for each in roots for ending in (gender, "e", "")]

    def roots(self, stems: Iterable[str]) -> list[str]:
        """What the stems of a family of words share: ``renov`` of "renovar" and "renovação"."""
        lines = "\n".join(stems)
        return (self.derivations.sub("", lines) if self.derivations else lines).split("\n")

    def sounds(self, words: Iterable[str]) -> list[str]:
        """The same for words that sound alike, and for a few others: only fit to look for what a misspelt word is."""
        lines = "\n".join(words)
        for pattern, heard in self.hearing:
            lines = pattern.sub(heard, lines)
        return lines.split("\n")

    def joins(self, text: str) -> list[str]:
        """Compounds written as one word: ``e-SIC`` is also ``esic``."""
        if "-" not in text:
            return []
        joined = ("".join(_WORD.findall(compound)) for compound in _COMPOUND.findall(self.normalise(text)))
        return [word for word in joined if len(word) in _JOINED]

    def sentences(self, text: str) -> list[list[str]]:
        """The content words of each sentence or line."""
        split = (_WORD.findall(sentence) for sentence in _SENTENCE_END.split(self.normalise(text)))
        return [
            [word for word in words if word not in self.stop_words and len(word) <= LONGEST_WORD] for words in split
        ]


def _without_dots(acronym: re.Match[str]) -> str:
    """``c.p.f.`` becomes ``cpf``; the space keeps it from a word that follows its last dot at once."""
    return acronym[0].replace(".", "") + " "


def initials(words: Sequence[str]) -> Iterator[str]:
    """First letters of each run of three to six of the words."""
    letters = "".join(word[0] for word in words)
    for length in _INITIALS:
        for start in range(len(letters) - length + 1):
            yield letters[start : start + length]


def _hearing(*rules: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.MULTILINE), heard) for pattern, heard in rules)


def _derivations(endings: str) -> re.Pattern[str]:
    """The longest ending that leaves a root of four letters."""
    return re.compile(rf"(?<=[^\n]{{4}})(?:{'|'.join(endings.split())})$", re.MULTILINE)


def _as_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PORTUGUESE = Language(
    stop_words=_as_set("""
        a ao aos as com da das de do dos e em na nas no nos o os ou para pela pelas pelo pelos por que se sobre um uma
    """),
    asking=_as_set("""
        alguem como consigo devo eh ele ela essa esse esta este estou eu faco favor gostaria isso la me meu meus minha
        minhas onde pode podem posso pra pras precisa preciso pro pros quais qual quando quanto quantos quem quer queria
        quero sei sera seu seus sou sua suas ta tem tenho ter to vai voce vou
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
    copies=re.compile(r"\b(?:(\d+)\.? ?(?:[ao]s?)?\.?|primeira|segunda|terceira)(?=\s*vias?\b)"),
    numbers={"primeira": "1", "segunda": "2", "terceira": "3"},
    hearing=_hearing(
        (r"ch|sh", "x"),
        (r"ph", "f"),
        (r"h", ""),
        (r"qu(?=[ei])", "k"),
        (r"gu(?=[ei])|g(?![ei])", "q"),
        (r"g", "j"),
        # A folded ç is a c: before a, o and u both are taken for one sound.
        (r"[xs]?c(?=[ei])|c|[szx]", "s"),
        (r"l(?=[^aeiou]|$)", "u"),
        (r"n(?=[^aeiou]|$)", "m"),
        (r"[ey]", "i"),
        (r"[ow]", "u"),
        (r"r$", ""),
        (r"(.)\1+", r"\1"),
    ),
    diminutives=re.compile(r"(?P<root>\w{3,}?)z?inh(?P<gender>[ao])s?"),
    derivations=_derivations("aca ica uca ament iment ador edor idor ad id ant ent avel ivel anc enc agem i"),
)
_SPANISH = Language(
    stop_words=_as_set("a al con de del e el en la las lo los o para por que se sobre su un una unas unos y"),
    asking=_as_set("""
        como cual cuales cuando cuanto cuantos debo donde es esta este estoy favor hago hay le me mi mis necesita
        necesito no nos puede puedo quien quiere quiero quisiera saber ser si soy sus tengo tiene va voy yo
    """),
    plurals=(("ciones", "cion"), ("ces", "z"), ("res", "r"), ("des", "d"), ("les", "l"), ("nes", "n")),
    endings="aeo",
    infinitives=("ar", "er", "ir"),
    copies=re.compile(r"\b(?:(\d+)\.? ?(?:[ao]s?)?\.?|primera|segunda|tercera)(?=\s*(?:copia|via)s?\b)"),
    numbers={"primera": "1", "segunda": "2", "tercera": "3"},
    hearing=_hearing(
        (r"ch", "x"),
        (r"h", ""),
        (r"qu(?=[ei])|k", "q"),
        (r"c(?=[ei])|[sz]", "s"),
        (r"gu(?=[ei])", "w"),
        (r"g(?=[ei])", "j"),
        (r"ll", "y"),
        (r"v", "b"),
        (r"(.)\1+", r"\1"),
    ),
    diminutives=re.compile(r"(?P<root>\w{3,}?)c?it(?P<gender>[ao])s?"),
    derivations=_derivations("acion icion ucion amient imient ador edor idor ad id ant ent abl ibl anci enci i"),
)
_ENGLISH = Language(
    stop_words=_as_set("a an and are as at by for from how in is of on or that the this to what with you your"),
    asking=_as_set("""
        am can could do does get have i if it know like me my need no not our please should want we when where which who
        will would
    """),
    plurals=(("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")),
    endings="e",
    copies=re.compile(r"\b(?:(\d+) ?(?:st|nd|rd|th)|first|second|third)(?=\s+cop(?:y|ies)\b)"),
    numbers={"first": "1", "second": "2", "third": "3"},
    derivations=_derivations("ation ment ing ed er or al"),
)
LANGUAGES = {"pt": _PORTUGUESE, "es": _SPANISH, "en": _ENGLISH}


def language_code(locale: str) -> str:
    """Which of ``LANGUAGES`` a locale (BCP 47, any case) is of; English for a language that has no rules here."""
    code = locale.partition("-")[0].casefold()
    return code if code in LANGUAGES else "en"


def language_of(locale: str) -> Language:
    """The rules for a locale."""
    return LANGUAGES[language_code(locale)]
