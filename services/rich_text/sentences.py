"""Where sentences of Portuguese prose end: not at ``art. 5º``, ``Dr. Silva``, ``R$ 1.042,50`` or ``v. 2``."""

import re

_END = re.compile(r"[.!?…][\"')\]”’]*(?= +[\"'(\[“‘]?[A-ZÀ-Ý0-9])")
# Words that end in a full stop within a sentence.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Za-zÀ-ÿ]|art|arts|n|nº|no|inc|av|dr|dra|sr|sra|prof|ex|etc|pág|tel|min|máx|ltda|cia)\.$",
    re.IGNORECASE,
)
_LONGEST = 8


def ends(text: str, start: int, end: int) -> list[int]:
    """The places between ``start`` and ``end`` at which a sentence ends and another begins."""
    found = (match.end() for match in _END.finditer(text, start, end))
    return [place for place in found if _ABBREVIATION.search(text, max(0, place - _LONGEST), place) is None]
