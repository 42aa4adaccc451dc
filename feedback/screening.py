"""What in a text may tell of a person or offend one, so that somebody looks before others read it. Pure.

Errs on the side of the person: what is marked is looked at, not deleted.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.personal_data import is_personal

Kind = Literal["email", "cpf", "phone", "plate", "number", "official", "offence"]
WORDS: dict[Kind, Promise | str] = {
    "email": _("parece um e-mail"),
    "cpf": _("parece um CPF"),
    "phone": _("parece um telefone"),
    "plate": _("parece a placa de um veículo"),
    "number": _("tem números que podem identificar alguém"),
    "official": _("tem o nome de quem trabalha na Prefeitura"),
    "offence": _("tem palavra que pode ofender"),
}
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)*")),
    ("cpf", re.compile(r"(?<!\d)\d{3}[. ]?\d{3}[. ]?\d{3}[-. /]?\d{2}(?!\d)")),
    ("phone", re.compile(r"(?<!\d)(?:\+?55\s?)?(?:\(?\d{2}\)?[\s-]?)?9?\d{4}[\s.-]?\d{4}(?!\d)")),
    ("plate", re.compile(r"(?<![^\W\d_])[A-Za-z]{3}[\s-]?(?!(?:19|20)\d\d)\d[A-Za-z\d]\d\d(?![^\W_])")),
)
#: Words, without accents, that have no other meaning in what is said of a service ("burro" and "ladrão" have).
_OFFENCES = re.compile(
    r"(?<!\w)(?:arrombad[oa]|babaca|bosta|canalha|caralho|cretin[oa]|cuzao|desgracad[oa]|escrot[oa]|fdp|"
    r"filh[oa] da puta|idiota|imbecil|merda|otari[oa]|porra|puta|retardad[oa]|safad[oa]|vagabund[oa]|"
    r"viad(?:o|inho))s?(?!\w)"
)
#: Of a name, the shortest that is looked for alone: "Ana Souza" is, "Ana" is not.
_PARTS = 2


@dataclass(frozen=True)
class Mark:
    """A place in a text, from the first to before the last character, and what it seems to be."""

    kind: Kind
    start: int
    end: int

    def __str__(self) -> str:
        return str(WORDS[self.kind])


def marks(text: str, officials: Iterable[str]) -> list[Mark]:
    """Every such place, in order; ``officials``: names of people who work for the city."""
    found: list[Mark] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(mark.start < match.end() and match.start() < mark.end for mark in found):
                kept = "phone" if kind == "cpf" and not _is_cpf(match.group()) else kind
                found.append(Mark(kept, match.start(), match.end()))
    found += [Mark("official", start, end) for start, end in _named(text, officials)]
    found += [Mark("offence", *match.span()) for match in _OFFENCES.finditer(_same_length(text))]
    if is_personal(text) and all(mark.kind in {"official", "offence"} for mark in found):
        found.append(Mark("number", 0, len(text)))
    return sorted(found, key=lambda mark: (mark.start, mark.end))


def marks_of(text: str, officials: Iterable[str] = ()) -> list[Mark]:
    """One mark of each kind, for a list of what to look at."""
    return list({mark.kind: mark for mark in marks(text, officials)}.values())


def _is_cpf(text: str) -> bool:
    """Whether its two last digits are those that the others give."""
    digits = [int(character) for character in text if character.isdigit()]
    if len(set(digits)) == 1:
        return False
    for length in (9, 10):
        total = sum(digit * weight for digit, weight in zip(digits, range(length + 1, 1, -1), strict=False))
        if digits[length] != total * 10 % 11 % 10:
            return False
    return True


def _named(text: str, officials: Iterable[str]) -> list[tuple[int, int]]:
    plain = _same_length(text)
    places = []
    for name in officials:
        parts = [part for part in _plain(name).split() if len(part) > 2]
        if len(parts) < _PARTS:
            continue
        # First and last name, with what stands between them or without.
        pattern = rf"(?<!\w){re.escape(parts[0])}(?:\s+\w+){{0,4}}?\s+{re.escape(parts[-1])}(?!\w)"
        places += [match.span() for match in re.finditer(pattern, plain)]
    return places


def _same_length(text: str) -> str:
    """Plain, unless that moves every place: some letters are two when they are plain."""
    plain = _plain(text)
    return plain if len(plain) == len(text) else text.lower()


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))
