"""Nouns that hide a verb: "efetuar o pagamento da taxa" says "pagar a taxa"."""

from collections.abc import Iterator, Sequence

from services.plain_language.inflection import plural, verb_forms
from services.plain_language.lists import listed_in
from services.plain_language.lists.deeds import COMMON, DEEDS, EMPTY_VERBS
from services.plain_language.passages import Word, fold, sentences
from services.plain_language.rule import Hit

_DETERMINERS = frozenset(
    listed_in(
        """
    a o as os ao aos um uma uns umas sua seu suas seus da do das dos de esta este essa esse
    """
    )
)
_OF = {"de": "", "da": "a", "do": "o", "das": "as", "dos": "os"}
_BEFORE_A_PURPOSE = frozenset(("para", "mediante"))
_NEEDED = frozenset(
    fold(root + end) for root in ("necessári", "obrigatóri", "exigid") for end in ("o", "a", "os", "as")
) | frozenset(("indispensavel", "imprescindivel", "indispensaveis", "imprescindiveis"))
_NEED = ("necessidade", "obrigatoriedade")
_AIMS = frozenset(("finalidade", "objetivo", "objeto", "escopo"))

_VERB_OF: dict[str, str] = {}
for _noun, _verb in DEEDS.items():
    _VERB_OF[fold(_noun)] = _VERB_OF[fold(plural(_noun))] = _verb
_COMMON = frozenset(fold(form) for noun in COMMON for form in (noun, plural(noun)))
#: Forms of verbs that say nothing → (name of the form, whether they say nothing beside common nouns too).
_EMPTY = {fold(form): (name, True) for verb in EMPTY_VERBS for name, form in verb_forms(verb).items()}
_EMPTY |= {fold(form): (name, False) for name, form in verb_forms("fazer").items()}
_START = {fold(form): name for name, form in verb_forms("dar").items() if form != "dê"}


def nominalisations(text: str) -> Iterator[Hit]:
    """What is done, said by a noun: behind an empty verb, after a "para", after "é necessária"."""
    for sentence in sentences(text):
        words = sentence.words
        place = 0
        while place < len(words):
            found = _at(words, place)
            if found is None:
                place += 1
                continue
            first, last, alternative = found
            yield words[first].start, words[last].end, alternative
            place = last + 1


def _at(words: Sequence[Word], place: int) -> tuple[int, int, str] | None:
    word = words[place].folded
    if word in _EMPTY:
        form, strong = _EMPTY[word]
        return _with_an_empty_verb(words, place, place + 1, form, strong=strong)
    if word in _START and _next(words, place + 1) == "inicio":
        return _with_an_empty_verb(words, place, place + 2, _START[word], strong=True)
    if word in _BEFORE_A_PURPOSE:
        return _after_a_purpose(words, place)
    if word in _NEEDED or word in _NEED:
        return _after_a_need(words, place)
    if word in _AIMS and _next(words, place - 1) in ("por", "como"):
        return _after_an_aim(words, place)
    return None


def _next(words: Sequence[Word], place: int) -> str:
    return words[place].folded if 0 <= place < len(words) else ""


def _deed(words: Sequence[Word], place: int) -> tuple[int, str] | None:
    """The place of a noun that hides a verb, behind at most two determiners, and the verb."""
    for end in range(place, min(place + 3, len(words))):
        if not words[end].follows:
            return None
        verb = _VERB_OF.get(words[end].folded)
        if verb is not None:
            return end, verb
        if words[end].folded not in _DETERMINERS:
            return None
    return None


def _object(words: Sequence[Word], noun: int) -> tuple[int, str] | None:
    """The word behind the noun that says of what, and the article that is left of it."""
    if noun + 1 < len(words) and words[noun + 1].follows and words[noun + 1].folded in _OF:
        return noun + 1, _OF[words[noun + 1].folded]
    return None


def _said(verb: str, form: str, article: str) -> str:
    return f"{verb_forms(verb)[form]} {article}".strip()


def _with_an_empty_verb(
    words: Sequence[Word], place: int, after: int, form: str, *, strong: bool
) -> tuple[int, int, str] | None:
    found = _deed(words, after)
    if found is None or (words[found[0]].folded in _COMMON and not strong):
        return None
    noun, verb = found
    last, article = _object(words, noun) or (noun, "")
    form = "inf" if form in ("ms", "fs", "mp", "fp") else form
    return place, last, _said(verb, form, article)


def _after_a_purpose(words: Sequence[Word], place: int) -> tuple[int, int, str] | None:
    if _next(words, place + 1) not in ("a", "o", "as", "os"):
        return None
    found = _deed(words, place + 1)
    if found is None:
        return None
    noun, verb = found
    thing = _object(words, noun)
    mediante = words[place].folded == "mediante"
    if thing is None or (words[noun].folded in _COMMON and not mediante):
        return None
    last, article = thing
    if mediante:
        return place + 1, last, f"se você {_said(verb, 'pres', article)}"
    return place, last, f"para {_said(verb, 'inf', article)}"


def _after_a_need(words: Sequence[Word], place: int) -> tuple[int, int, str] | None:
    found = _deed(words, place + 1)
    if found is None or _next(words, place + 1) not in ("a", "o", "as", "os", "de", "da", "do"):
        return None
    noun, verb = found
    thing = _object(words, noun)
    if thing is None:
        return None
    last, article = thing
    return place, last, f"é preciso {_said(verb, 'inf', article)}"


def _after_an_aim(words: Sequence[Word], place: int) -> tuple[int, int, str] | None:
    found = _deed(words, place + 1)
    thing = _object(words, found[0]) if found else None
    if found is None or thing is None:
        return None
    return place, thing[0], f"serve para {_said(found[1], 'inf', thing[1])}"
