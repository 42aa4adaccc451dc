"""The symbols of the portal's sprite, so that a page never points at one that is not there."""

import re
from functools import cache
from pathlib import Path

SPRITE = Path(__file__).parent / "static" / "conecta_home" / "icons.svg"
FALLBACK = "geral"

#: Entries that share another's drawing.
SAME_AS = {
    "abrir-um-negocio": "empresas-e-negocios",
    "ter-um-animal": "animais",
    "viver-no-campo": "vida-no-campo",
}


@cache
def symbols() -> frozenset[str]:
    """Names of the symbols that the sprite holds."""
    return frozenset(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))


def symbol_for(icon: str, url: str) -> str:
    """The symbol of an entry: the one that it names, else the one of its address, else the general one."""
    slug = url.rstrip("/").rpartition("/")[2]
    for name in (icon, slug):
        name_drawn = SAME_AS.get(name, name)
        if name_drawn in symbols():
            return name_drawn
    return FALLBACK
