"""The passive voice, which hides who does what: "será analisado", "exige-se". States ("é obrigado") are left alone."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from services.advice import Shown
from services.plain_language.inflection import verb_forms
from services.plain_language.lists import listed_in
from services.plain_language.lists.participles import IRREGULAR, STATES, VERBS, WITH_SE
from services.plain_language.passages import Word, fold, sentences
from services.plain_language.rule import Hit

_BEING = frozenset(
    listed_in(
        """
    sao foi foram sera serao seja sejam era eram fosse fossem ser serem sendo sido seria seriam for forem
    """
    )
)
_BETWEEN = frozenset(
    listed_in(
        """
    nao so ja tambem ainda entao sempre nunca logo depois antes assim todos todas
    """
    )
)
_MOST_BETWEEN = 2
_REGULAR = ("ad", "id")
_TENSES = {"e": "pres", "sao": "pres", "foi": "pret", "foram": "pret"}
#: What a person can or must do themselves, more often than not.
_ABLE = {"pode": "pode", "podem": "pode", "deve": "deve", "devem": "deve", "precisa": "precisa", "precisam": "precisa"}
_ABLE |= {"podera": "pode", "poderao": "pode", "devera": "deve", "deverao": "deve"}
_VERB_OF = {fold(verb_forms(verb)["ms"])[:-1]: verb for verb in VERBS}
_WITH_SE = {fold(verb_forms(verb)[form]) + "-se": verb for verb in WITH_SE for form in ("pres", "press")}


def passive(text: str) -> Iterator[Hit]:
    """Forms of "ser" with a participle, and verbs with "-se"."""
    for sentence in sentences(text):
        words = sentence.words
        for place, word in enumerate(words):
            if word.folded in _WITH_SE:
                verb = verb_forms(_WITH_SE[word.folded])["pres"]
                yield word.start, word.end, _("Diga quem faz: “a Prefeitura %(verb)s”.") % {"verb": verb}
            elif word.folded in _BEING or text[word.start : word.end] in ("é", "É"):
                end = _participle(words, place + 1)
                if end is not None:
                    said = text[words[end].start : words[end].end].lower()
                    yield word.start, words[end].end, _alternative(_verb(said, words[end].folded), words, place)


def _participle(words: Sequence[Word], place: int) -> int | None:
    """The place of the participle behind a form of "ser", with an adverb or two between them."""
    for end in range(place, min(place + _MOST_BETWEEN + 1, len(words))):
        word = words[end]
        if not word.follows:
            return None
        if _is_participle(word.folded):
            return end
        if word.folded not in _BETWEEN and not word.folded.endswith("mente"):
            return None
    return None


def _stem(folded: str) -> str:
    return folded.removesuffix("s")[:-1]


def _is_participle(folded: str) -> bool:
    stem = _stem(folded)
    if stem in IRREGULAR:
        return folded.removesuffix("s").endswith(("o", "a", "e"))
    regular = stem.endswith(_REGULAR) and folded.removesuffix("s").endswith(("o", "a")) and len(stem) > len("dad")
    return (regular or stem == "dad") and stem not in STATES


def _verb(said: str, folded: str) -> str:
    stem = _stem(folded)
    known = IRREGULAR.get(stem) or _VERB_OF.get(stem)
    if known is None and stem.endswith("ad"):
        known = said.removesuffix("s")[:-2] + "r"
    return known or ""


def _alternative(verb: str, words: Sequence[Word], place: int) -> Shown:
    if not verb:
        return _("Diga quem faz: a equipe, a Prefeitura, você.")
    being = words[place].folded
    before = words[place - 1].folded if place else ""
    if being == "ser" and before in _ABLE:
        return _("Diga quem faz: “você %(verb)s”.") % {"verb": f"{_ABLE[before]} {verb}"}
    if being in _TENSES:
        return _("Diga quem faz: “a equipe %(verb)s”.") % {"verb": verb_forms(verb)[_TENSES[being]]}
    return _("Diga quem faz: “a equipe vai %(verb)s”.") % {"verb": verb}
