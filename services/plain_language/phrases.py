"""Lists of words and phrases, found in a text in one pass: each word of it is looked up once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from services.plain_language.inflection import adjective_forms, plural, verb_forms
from services.plain_language.passages import Word, fold

#: A preposition written ``de~`` stands for all its contractions with an article.
_CONTRACTED = {
    "a": ("a", "à", "às", "ao", "aos"),
    "de": ("de", "do", "da", "dos", "das"),
    "em": ("em", "no", "na", "nos", "nas"),
    "por": ("por", "pelo", "pela", "pelos", "pelas"),
}


class _Node:
    """What may follow some words, and what they say plainly if they are a phrase."""

    __slots__ = ("alternative", "following")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.alternative: str | None = None


class Phrasebook:
    """Phrases and what each says plainly. Of two of the same words, the first holds."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._root = _Node()
        for phrase, alternative in phrases:
            for written in _spelt_out(phrase):
                node = self._root
                for word in fold(written).split():
                    node = node.following.setdefault(word, _Node())
                if node.alternative is None:
                    node.alternative = alternative

    def at(self, words: Sequence[Word], place: int) -> tuple[int, str] | None:
        """The longest phrase that begins with a word: the place after it, and its alternative."""
        node = self._root.following.get(words[place].folded)
        found = None
        while node is not None:
            place += 1
            if node.alternative is not None:
                found = place, node.alternative
            if place == len(words) or not words[place].follows:
                break
            node = node.following.get(words[place].folded)
        return found

    def find(self, words: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
        """The phrases in a sentence, none over another: places in the text, and the alternative."""
        place = 0
        while place < len(words):
            found = self.at(words, place)
            if found is None:
                place += 1
                continue
            end, alternative = found
            yield words[place].start, words[end - 1].end, alternative
            place = end


def _spelt_out(phrase: str) -> Iterator[str]:
    head, mark, tail = phrase.partition("~")
    if not mark:
        yield phrase
        return
    before, _, preposition = head.rpartition(" ")
    for form in _CONTRACTED[preposition]:
        for rest in _spelt_out(tail):
            yield f"{before} {form}{rest}".strip()


def verbs(listed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each form of each verb with the same form of its alternatives (``"dar"``, ``"dar ou fazer"``)."""
    for verb, plain in listed.items():
        others = [verb_forms(each) for each in plain.split(" ou ")]
        for name, form in verb_forms(verb).items():
            yield form, " ou ".join(dict.fromkeys(other[name] for other in others))


def nouns(listed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each noun and its plural."""
    for noun, plain in listed.items():
        yield noun, plain
        yield plural(noun), " ou ".join(_plural_of(each) for each in plain.split(" ou "))


_THAT = {"ms": "esse", "fs": "essa", "mp": "esses", "fp": "essas"}


def _plural_of(plain: str) -> str:
    """ "Imposto" and "dono do imóvel" have a plural; "quem pede" stands for many as it is."""
    return plural(plain) if " " not in plain or plain.split()[1] in ("de", "do", "da") else plain


def adjectives(listed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each adjective in its genders and numbers; an alternative of one word ending in ``o`` agrees with it."""
    for adjective, plain in listed.items():
        agrees = plain.endswith("o") and " " not in plain
        others = _THAT if plain == "esse" else adjective_forms(plain) if agrees else {}
        for name, form in adjective_forms(adjective).items():
            yield form, others.get(name, plain)


def listed(said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Phrases as they stand."""
    yield from said.items()
