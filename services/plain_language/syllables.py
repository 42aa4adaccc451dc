"""How many syllables a Portuguese word has, as Brazil divides it: fa-mí-lia, á-rea, sa-ú-de, ra-i-nha, guer-ra.

Our own, because no library counts so. Pyphen hyphenates, and a syllable of one letter is no place to break a line
(água, ideia). Silabificador follows the dictionaries of Portugal (fa-mí-li-a, á-re-a), a syllable more in every
tenth word of a charter, and divides nine thousand words a second, where an editor waits for a page of text.
"""

import functools
import re

_VOWELS = frozenset("aeiouyáàâãéêíóôõúü")
_GLIDES = frozenset("iuy")
_NASAL = frozenset(("ão", "ãe", "õe"))
_SILENT = re.compile(r"(?<=[qg])u(?=[eiéêí])")
#: After q and g, "u" is not a syllable before "a" and "o" either: qua-tro, á-gua.
_GLIDING = re.compile(r"(?<=[qg])u(?=[aoáâãóôõ])")
# A closed or a nasal syllable keeps the vowel apart: ra-iz, ru-im, a-in-da, mo-i-nho; but bair-ro.
_CLOSED = re.compile(r"nh|[lmnrz](?![aeiouyáàâãéêíóôõúühr])")
_MARKED = frozenset("áâéêíóôú")
#: Endings that are one syllable behind a marked one: história, óleo, mágoa, série, tênue.
_FALLING_END = re.compile(r"[ieou][aeo]s?$")
#: A prefix before a vowel, which is no diphthong.
_APART = ("reuni", "reutil", "reus", "proib", "reurban")


def count_syllables(word: str) -> int:
    """The syllables of a word; at least one, and those of its parts for a compound."""
    return sum(_of_part(part) for part in word.lower().split("-") if part) or 1


@functools.lru_cache(maxsize=8192)
def _of_part(word: str) -> int:
    letters = _GLIDING.sub("w", _SILENT.sub("", word))
    count = int(letters.startswith(_APART))
    end = len(letters)
    ending = _FALLING_END.search(letters)
    if ending and not _MARKED.isdisjoint(letters[: ending.start()]):
        # The first vowel of the ending is a glide of the second.
        letters = letters[: ending.start()] + "w" + letters[ending.start() + 1 :]
    place = 0
    while place < end:
        if letters[place] not in _VOWELS:
            place += 1
            continue
        count += 1
        place += 2 if _is_diphthong(letters, place) else 1
    return max(count, 1)


def _is_diphthong(letters: str, place: int) -> bool:
    pair = letters[place : place + 2]
    if pair in _NASAL:
        return True
    if len(pair) < len("ai") or pair[1] not in _GLIDES or pair[0] not in _VOWELS or pair[0] == pair[1]:
        return False
    if pair == "ui" and letters.startswith("ç", place + 2):
        # Insti-tu-i-ção comes of instituir; fei-ção of nothing.
        return False
    return _CLOSED.match(letters, place + 2) is None
