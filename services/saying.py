"""Whether a text says something. Pure.

A placeholder, or words that stand elsewhere already, fill a field and tell nothing.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable

from services import rich_text
from services.placeholders import ANYWHERE, PLACEHOLDERS, SOMEBODY

#: A text of no more words than these that begins so tells nothing yet: "A definir pela secretaria".
_LATER = re.compile(
    r"(?:"
    r"a (?:combinar|confirmar|definir|determinar|divulgar|esclarecer|estabelecer|informar|preencher|publicar)"
    r"|a ser(?:em)? \w+d[oa]s?"
    r"|em (?:atualizacao|breve|construcao|definicao|elaboracao)"
    r"|(?:aguardando|pendente de) (?:atualizacao|definicao|informac\w+|publicacao|regulamentacao|retorno)"
    r"|aguardando$|pendente$|sob (?:consulta|demanda)"
    r"|(?:favor|por favor) (?:informar|preencher)"
    r"|(?:incluir|inserir|inclua|insira) (?:aqui|informac\w+|(?:o )?texto)"
    r"|(?:sera|serao) (?:combinad|definid|divulgad|informad|publicad)[oa]s?"
    r")\b"
)
#: Or sends people away without saying where: "Consulte a Secretaria da Saúde", but not "Consulte pelo protocolo".
_AWAY = re.compile(r"(?:consulte|verifique|informe se|ver|veja|vide|acesse|entre em contato|ligue)\b")
_FEW_WORDS = 5
#: The same at more length, in words that fit any service: "Procure o setor responsável da secretaria municipal".
_ELSEWHERE = re.compile(
    r"(?:(?:para )?(?:mais|maiores) informacoes\b ?|informacoes (?=(?:com|junto|n[ao]s?)\b))?"
    r"(?:(?:acesse|clique aqui|consult(?:ar|e)|contat(?:ar|e)|dirija se|entr(?:ar|e) em contato|informe se|ligue"
    r"|pergunt(?:ar|e)|procur(?:ar|e)|saiba mais|veja|ver|verifi(?:car|que)|vide)\b)?"
)
_MOST_WORDS = 14
_WHERE = re.compile(r"\d|https?:|www\.|@|/s/")
_ADDRESS = re.compile(r"https?://[^\s/]+|/\S|\S*\w\.\w{2,}")
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_PLAIN = str.maketrans("áàâãäéèêëíìîïóòôõöúùûüçñ", "aaaaaeeeeiiiiooooouuuucn")
_WORDS = re.compile(r"[^\W_]+")
_TAGS = re.compile(r"<[^>]*>")
#: A text of more letters than these is none of the above, whatever it says.
_LONG = 200


@functools.lru_cache(maxsize=64)
def folded(text: str) -> str:
    """Plain words in lower case without accents, of plain or rich text: what two texts are compared by."""
    letters = (rich_text.plain(text) if "<" in text else text).casefold()
    if not letters.isascii():
        letters = _ACCENTS.sub("", unicodedata.normalize("NFKD", letters))
    return " ".join(_WORDS.findall(letters))


@functools.lru_cache(maxsize=256)
def _letters(text: str) -> str:
    """All that two texts are the same by, at a tenth of what ``folded`` costs: many are compared with many."""
    return "".join(_WORDS.findall(_TAGS.sub(" ", text).casefold().translate(_PLAIN)))


def is_placeholder(text: str) -> bool:
    """Whether a text is nothing, or what people write to get past a form: what a name must not be, short as it may."""
    words = folded(text)
    return not words or words in PLACEHOLDERS or (_is_short(words) and _LATER.match(words) is not None)


def _is_short(words: str) -> bool:
    return words.count(" ") < _FEW_WORDS


def _puts_off(words: str, text: str) -> bool:
    """Whether words say that somebody else, or some other day, will tell."""
    if _WHERE.search(text):
        return False
    if _is_short(words) and (_LATER.match(words) or (_AWAY.match(words) and not SOMEBODY.isdisjoint(words.split()))):
        return True
    begun = _ELSEWHERE.match(words)
    if begun is None or not begun.group() or words.count(" ") >= _MOST_WORDS:
        return False
    return ANYWHERE.issuperset(words[begun.end() :].split())


def leads_somewhere(address: str) -> bool:
    """Whether what stands in the place of a link can be one: "-" and "a definir" cannot."""
    return _ADDRESS.match(address.strip()) is not None


def says_something(text: str, *, beside: Iterable[str] = ()) -> bool:
    """Whether a text tells a citizen anything that ``beside`` does not tell already.

    ``-``, "a definir" and "consulte o setor" tell nothing; a number, an address or a link does.
    """
    if len(text) <= _LONG or "<" in text or len(set(text)) < 3:
        words = folded(text)
        # One letter over and over: "x", "xxxx"; nought is no number of anything.
        if len(set(words.replace(" ", ""))) < 2 and (not words.isdigit() or set(words) <= {"0", " "}):
            return False
        if words in PLACEHOLDERS or _puts_off(words, text):
            return False
    return all(_letters(text) != _letters(other) for other in beside if other)
