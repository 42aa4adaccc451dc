"""Letters for which the fonts have a shape: PDF/UA-1 wants one for each, and people also write faces and signs."""

import re

#: Beyond Latin, Greek, Cyrillic and the usual signs.
_SHAPELESS = re.compile(
    "[^\t\n\u0020-\u007e\u00a0-\u052f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20ac\u2116\u2122\u2190-\u2193\u2212]"
)


def printable(text: str) -> str:
    """The text without the letters that no font here can show."""
    return _SHAPELESS.sub("", text)
