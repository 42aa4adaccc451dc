"""Whether a text says something. Pure.

A placeholder, or words that stand elsewhere already, fill a field and tell nothing.
"""

import functools
import re
import unicodedata
from collections.abc import Sequence

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
        "n d",
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
_WHERE = re.compile(r"\d|https?:|www\.|@|/s/")
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_WORDS = re.compile(r"[^\W_]+")
#: A text of more letters than these is none of the above, whatever it says.
_LONG = 200


@functools.lru_cache(maxsize=64)
def folded(text: str) -> str:
    """Plain words in lower case without accents, of plain or rich text: what two texts are compared by."""
    letters = (rich_text.plain(text) if "<" in text else text).casefold()
    if not letters.isascii():
        letters = _ACCENTS.sub("", unicodedata.normalize("NFKD", letters))
    return " ".join(_WORDS.findall(letters))


def is_placeholder(text: str) -> bool:
    """Whether a text is nothing, or what people write to get past a form: what a name must not be, short as it may."""
    words = folded(text)
    return not words or words in _PLACEHOLDERS


def says_something(text: str, *, beside: Sequence[str] = ()) -> bool:
    """Whether a text tells a citizen anything that ``beside`` does not tell already.

    ``-``, "a definir" and "consulte o setor" tell nothing; a number, an address or a link does.
    """
    if not beside and len(text) > _LONG and "<" not in text and len(set(text)) > 2:
        return True
    words = folded(text)
    # One letter over and over: "x", "xxxx".
    if not words.isdigit() and len(set(words.replace(" ", ""))) < 2:
        return False
    if words in _PLACEHOLDERS:
        return False
    if _SENDS_AWAY.match(words) and len(words.split()) <= _FEW_WORDS and not _WHERE.search(text):
        return False
    return all(words != folded(other) for other in beside)
