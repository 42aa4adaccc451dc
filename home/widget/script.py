"""The script that other sites take, in each version that was ever given out.

A released version never changes, so that a site may pin it by its hash (Subresource Integrity). A change is a new
file beside the others; ``widget.js`` is the newest.
"""

import gzip
import hashlib
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli

_FOLDER = Path(__file__).resolve().parent / "versions"


@dataclass(frozen=True)
class Script:
    """A version's bytes, plain and by the name of each compression (RFC 9110, 8.4.1), and its hash for SRI."""

    version: int
    bodies: dict[str, bytes]
    integrity: str


@cache
def versions() -> dict[int, Script]:
    """Every version by its number, compressed once in a process."""
    return {number: _script(number, _FOLDER / f"{number}.js") for number in _numbers()}


def newest() -> Script:
    """What ``widget.js`` gives."""
    return versions()[max(_numbers())]


def _numbers() -> list[int]:
    return [int(path.stem) for path in _FOLDER.glob("*.js")]


def _script(number: int, path: Path) -> Script:
    plain = path.read_bytes()
    bodies = {"": plain, "br": brotli.compress(plain), "gzip": gzip.compress(plain, mtime=0)}
    return Script(number, bodies, f"sha384-{b64encode(hashlib.sha384(plain).digest()).decode()}")


def accepted(header: str) -> str:
    """The best of our compressions that an ``Accept-Encoding`` allows; ``""`` for none."""
    wanted = {}
    for part in header.split(","):
        name, _semicolon, quality = part.partition(";")
        wanted[name.strip().lower()] = quality.replace(" ", "").lower() not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("br", "gzip") if wanted.get(name, wanted.get("*", False))), "")
