"""Acronyms that nobody explained: "procure o CRAS" says nothing to who never needed one."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from services.plain_language.capitals import capitals
from services.plain_language.lists import listed_in
from services.plain_language.lists.acronyms import KNOWN, STATES, WORDS
from services.plain_language.passages import fold
from services.plain_language.rule import Hit

_ACRONYM = re.compile(r"(?<![\w/@.-])[A-Z]{2,6}(?![\w@-])")
_ROMAN = re.compile(r"(?:X{0,3}|XL|LX{0,3}|XC)(?:IX|IV|V?I{0,3})")
# "Centro de Referência (CRAS)": the name is before it.
_BEHIND_ITS_NAME = re.compile(r"[^\W\d_]{3,} ?\($")
# "CRAS (Centro de Referência)", "CRAS, o Centro de Referência", "CRAS: Centro …".
_BEFORE_ITS_NAME = re.compile(
    r" ?(?:\(|[,:] (?:[oa]s? )?|[–—-] (?:[oa]s? )?)([^\W\d_]+(?:[ -][^\W\d_]+){1,10})",
)
# "Centro de Referência, o CRAS", "Centro de Referência – CRAS".
_BEHIND_A_COMMA = re.compile(r"(?:, |, [oa]s? | [–—-] )$")
_LITTLE = frozenset(
    listed_in(
        """
    a as da das de do dos e em na no nas nos o os para com por ao
    """
    )
)
#: Letters that are looked at around an acronym: a word, a comma and an article, a name.
_BEFORE, _COMMA, _BEHIND = 24, 5, 120


def acronyms(text: str) -> Iterator[Hit]:
    """Acronyms that the text does not explain, each where it first stands."""
    explained = explained_in(text)
    shouted = bytearray(len(text))
    for start, end, _said in capitals(text):
        shouted[start:end] = b"\1" * (end - start)
    told: set[str] = set()
    for match in _ACRONYM.finditer(text):
        acronym = match.group()
        if acronym in told or acronym in explained or not _is_acronym(acronym):
            continue
        if shouted[match.start()]:
            continue
        told.add(acronym)
        yield (
            match.start(),
            match.end(),
            _("Escreva o nome por extenso e a sigla entre parênteses: “Nome (%(acronym)s)”.") % {"acronym": acronym},
        )


def explained_in(text: str) -> set[str]:
    """The acronyms that a text explains, before or behind them."""
    return {match.group() for match in _ACRONYM.finditer(text) if _is_explained(text, match.start(), match.end())}


def _is_acronym(said: str) -> bool:
    return said not in KNOWN and said not in STATES and said not in WORDS and _ROMAN.fullmatch(said) is None


def _is_explained(text: str, start: int, end: int) -> bool:
    if text[end : end + 1] == ")" and _BEHIND_ITS_NAME.search(text, max(0, start - _BEFORE), start):
        return True
    comma = _BEHIND_A_COMMA.search(text, max(0, start - _COMMA), start)
    if comma is not None and _ends_in(text[max(0, comma.start() - _BEHIND) : comma.start()], text[start:end]):
        return True
    behind = _BEFORE_ITS_NAME.match(text, end, end + _BEHIND)
    if behind is None:
        return False
    opened = text[end : behind.start(1)].strip().startswith("(")
    return opened or (
        _initials(behind.group(1)).startswith(text[start : start + 1].lower())
        and _spells(text[start:end], behind.group(1))
    )


def _initials(name: str) -> str:
    return "".join(word[0] for word in fold(name).split() if word not in _LITTLE)


def _ends_in(said: str, acronym: str) -> bool:
    """Whether some words end in the name that an acronym stands for: it begins with a capital, its own first letter."""
    words = said.split()
    return any(
        word[0] == acronym[0] and _spells(acronym, " ".join(words[place:])) for place, word in enumerate(words[:-1])
    )


def _spells(acronym: str, name: str) -> bool:
    """Whether the letters of an acronym are found, in order, in the words of a name."""
    letters = iter(fold(name))
    return all(letter in letters for letter in acronym.lower())
