"""Titles of services: a verb that says what the person wants, in 20 to 65 letters."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from services.advice import Shown
from services.plain_language.lists import listed_in
from services.plain_language.lists.deeds import DEEDS
from services.plain_language.passages import fold, words
from services.plain_language.rule import Hit

#: Letters of a title that a list on a phone shows whole.
SHORTEST, LONGEST = 20, 65

_VERB_OF = {fold(noun): verb for noun, verb in DEEDS.items()}
_OF = {"de": "", "da": "a", "do": "o", "das": "as", "dos": "os"}
_ENDINGS = ("ar", "er", "ir")
_PRONOUNS = ("-se", "-lo", "-la", "-los", "-las", "-lhe")
#: Nouns and adjectives that end like a verb.
_NO_VERBS = frozenset(
    listed_in(
        """
    ar auxiliar bar bazar celular clister cartier colar complementar dolar domiciliar elementar escolar exemplar
    familiar hangar hospitalar interescolar lar limiar linear lugar lunar luar mar militar muscular ocular par
    parlamentar particular pilar popular preliminar pulmonar quintal regular salutar secular similar singular
    solar suplementar telar titular tubular veicular vascular vestibular cancer carater chanceler esfincter
    master mulher parecer poster qualquer ster talher container alquiler prazer elixir faquir
    """
    )
)


def title_form(text: str) -> Iterator[Hit]:
    """The whole of a title that does not begin with its purpose, or is too short or too long for a list."""
    title = text.strip()
    if not title:
        return
    told = [str(each) for each in (_without_a_verb(title), _of_another_length(title)) if each]
    if told:
        start = text.index(title)
        yield start, start + len(title), " ".join(told)


def begins_with_a_verb(title: str) -> bool:
    """Whether the first word of a title is an infinitive, with or without its pronoun."""
    first = words(title)[:1]
    if not first:
        return False
    said = first[0].folded
    for pronoun in _PRONOUNS:
        if said.endswith(pronoun):
            # Before "-lo" the infinitive has lost its r.
            return said[: -len(pronoun)].endswith(_ENDINGS if pronoun in ("-se", "-lhe") else ("a", "e", "i"))
    written = title[first[0].start : first[0].end].lower()
    compound = len(said) > len("por") and said.endswith(
        ("dispor", "compor", "propor", "expor", "impor", "opor", "repor")
    )
    return (said.endswith(_ENDINGS) and said not in _NO_VERBS) or written == "pôr" or compound


def _without_a_verb(title: str) -> Shown | None:
    if begins_with_a_verb(title):
        return None
    better = _with_a_verb(title)
    if better:
        return _("Comece pelo verbo: “%(title)s”.") % {"title": better}
    return _("Comece por um verbo que diga o que a pessoa quer: emitir, pedir, marcar.")


def _with_a_verb(title: str) -> str:
    """ "Emissão da certidão" as "Emitir a certidão"; empty where the first noun hides no verb."""
    said = words(title)
    verb = _VERB_OF.get(said[0].folded) if said else None
    if verb is None or len(said) < 2 or said[1].folded not in _OF:
        return ""
    rest = title[said[1].end :].strip()
    return " ".join(part for part in (verb.capitalize(), _OF[said[1].folded], rest) if part)


def _of_another_length(title: str) -> Shown | None:
    if SHORTEST <= len(title) <= LONGEST:
        return None
    return _("Escreva o título com %(shortest)s a %(longest)s letras; este tem %(count)s.") % {
        "shortest": SHORTEST,
        "longest": LONGEST,
        "count": len(title),
    }
