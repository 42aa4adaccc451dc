"""Whether a text says something. Pure.

A placeholder, or words that stand elsewhere already, fill a field and tell nothing.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable

from services import rich_text

#: What people write to get past a form, folded; the whole text must be one of these.
_PLACEHOLDERS = frozenset(
    {
        "a combinar",
        "a confirmar",
        "a definir",
        "a informar",
        "a preencher",
        "a ser definido",
        "a ser informado",
        "aguardando",
        "asdf",
        "default",
        "em atualizacao",
        "em breve",
        "em construcao",
        "em definicao",
        "em elaboracao",
        "idem",
        "indefinido",
        "indisponivel",
        "lorem ipsum",
        "mesmo acima",
        "n a",
        "na",
        "nada",
        "nada consta",
        "nao aplicavel",
        "nao consta",
        "nao definido",
        "nao ha",
        "nao informado",
        "nao possui",
        "nao se aplica",
        "nao tem",
        "nd",
        "nenhum",
        "nenhuma",
        "outros",
        "pendente",
        "sem informacao",
        "sem informacoes",
        "sob consulta",
        "tbd",
        "teste",
        "todo",
        "variavel",
        "varia",
        "vazio",
        "verificar",
        "xxx",
    }
)
#: A text of no more words than these that begins so sends people away: "Consulte o setor responsável."
_SENDS_AWAY = re.compile(r"(?:consulte|verifique|informe se|ver|veja|vide|acesse|entre em contato|ligue)\b")
_FEW_WORDS = 5
_WORDS = re.compile(r"[^\W_]+")
#: Those of Latin letters; others are looked for one by one.
_ACCENTS = re.compile("[\u0300-\u036f]+")
_WHERE = re.compile(r"\d|https?:|www\.|@|/s/")


@functools.lru_cache(maxsize=1_024)
def folded(text: str) -> str:
    """Plain words in lower case without accents, of plain or rich text: what two texts are compared by."""
    plain = rich_text.plain(text) if "<" in text else text
    letters = plain.casefold()
    if not letters.isascii():
        letters = _ACCENTS.sub("", unicodedata.normalize("NFKD", letters))
    if not letters.isascii():
        letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(_WORDS.findall(letters))


def says_something(text: str, *, beside: Iterable[str] = ()) -> bool:
    """Whether a text tells a citizen anything that ``beside`` does not tell already.

    ``-``, "a definir" and "consulte o setor" tell nothing; a number, an address or a link does.
    """
    words = folded(text)
    # One letter over and over: "x", "xxxx".
    if not words.isdigit() and len(set(words.replace(" ", ""))) < 2:
        return False
    if words in _PLACEHOLDERS:
        return False
    if _SENDS_AWAY.match(words) and len(words.split()) <= _FEW_WORDS and not _WHERE.search(text):
        return False
    return all(words != folded(other) for other in beside)
