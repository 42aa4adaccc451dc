"""Words in capitals, which are read letter by letter and sound like shouting. Acronyms are not among them."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from services.plain_language.lists import listed_in
from services.plain_language.lists.acronyms import LONG_NAMES
from services.plain_language.rule import Hit

_UPPER = "A-ZÀ-ÖØ-Þ"
_CAPITALS = rf"[{_UPPER}]+(?:-[{_UPPER}]+)*"
_RUN = re.compile(rf"(?<![\w/@.-]){_CAPITALS}(?:[ ,]{{1,2}}{_CAPITALS}(?![\w@]))*(?![\w/@])")
_WORD = re.compile(rf"[{_UPPER}]+")
_LONG = 7
#: Endings of words; names such as SUFRAMA and EMBRATUR have others.
_IS_A_WORD = re.compile(
    r"[ÁÉÍÓÚÂÊÔÃÕÇ]|(?:MENTE|[AI]D[AO]S?|[AE]NTES?|IV[AO]S?|IT[AO]S?|INA[IL]S?|AIS|ORES|EIR[AO]S?|NTO)$"
)
#: Words of a line that is written in capitals throughout.
_LITTLE = frozenset(
    listed_in(
        """
    A À AO AOS AS ÀS COM DA DAS DE DO DOS E É EM NA NAS NO NOS O OS OU PARA PELA PELO POR QUE QUEM SE SEM UM UMA
    """
    )
)
#: Short words that are put in capitals for weight.
_WEIGHTY = frozenset(
    listed_in(
        """
    DOIS DUAS TRÊS QUATRO CINCO DEZ VINTE TRINTA
    ABERTO ANTES ORIGINAL ORIGINAIS SIMPLES PESSOAL TOTAL GRATUITAMENTE APENAS ATÉ AVISO CADA DEVE DEVEM DIAS
    DURANTE EXCETO FORA GRÁTIS HOJE HORAS HORA JAMAIS LEIA MAIS MENOS MÁXIMO MÍNIMO NÃO NENHUM NOVO NUNCA OBS
    ONDE PODE PRAZO SEMPRE SERÁ SERÃO SÓ SOMENTE TAXA TODA TODAS TODO TODOS TRAZER UMA ÚNICO URGENTE VAGAS VALOR
    VEJA
    """
    )
)


def capitals(text: str) -> Iterator[Hit]:
    """Words and lines in capitals, and the same as one writes it."""
    for match in _RUN.finditer(text):
        said = match.group().rstrip(" ,")
        words = _WORD.findall(said)
        if _shouted(words):
            start = match.start()
            plain = _lowered(said, opens=_opens(text, start))
            yield start, start + len(said), _("Use letras comuns: “%(words)s”.") % {"words": plain}


def _shouted(words: list[str]) -> bool:
    """Whether these are words, and not acronyms side by side."""
    said = [word for word in words if word not in _LITTLE]
    weighty = any(word in _WEIGHTY for word in said)
    if len(said) == 1 and not weighty:
        word = said[0]
        return len(word) >= _LONG and word not in LONG_NAMES and _IS_A_WORD.search(word) is not None
    joined = any(word in _LITTLE and len(word) > 1 for word in words)
    long = any(len(word) >= _LONG or not word.isascii() for word in said)
    return weighty or (len(said) > 1 and (long or joined))


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip()
    return not before or before[-1] in ".!?…:\n"


def _lowered(said: str, *, opens: bool) -> str:
    lower = said.lower()
    return lower[:1].upper() + lower[1:] if opens else lower
