"""The portal's drawings: its icons, each put into the page that shows it, and the sign of the browser's tab."""

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "static" / "conecta_home"
SPRITE = _FOLDER / "icons.svg"
FALLBACK = "geral"

#: Entries that share another's drawing.
SAME_AS = {
    "abrir-um-negocio": "empresas-e-negocios",
    "ter-um-animal": "animais",
    "viver-no-campo": "vida-no-campo",
}


@cache
def _drawings() -> dict[str, str]:
    return dict(re.findall(r'<symbol id="([^"]+)"[^>]*>(.*?)</symbol>', SPRITE.read_text(encoding="utf-8")))


@cache
def symbols() -> frozenset[str]:
    """Names of the drawings."""
    return frozenset(_drawings())


def symbol_for(icon: str, url: str) -> str:
    """The symbol of an entry: the one that it names, else the one of its address, else the general one."""
    slug = url.rstrip("/").rpartition("/")[2]
    for name in (icon, slug):
        name_drawn = SAME_AS.get(name, name)
        if name_drawn in symbols():
            return name_drawn
    return FALLBACK


def drawing(symbol: str) -> str:
    """The lines of a symbol, for an ``svg`` of 24 by 24. Raises ``KeyError`` for one that is not there."""
    return _drawings()[symbol]


@cache
def favicon(colour: str) -> str:
    """The sign of the browser's tab as SVG, in the city's colour if it has one."""
    sign = (_FOLDER / "favicon.svg").read_text(encoding="utf-8").strip()
    return sign.replace("#1351b4", colour) if colour else sign
