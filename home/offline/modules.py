"""The modules that run on the phone, under an address that names their content: they never change, so caches keep them.

Modules name one another by relative addresses, so all of one version come from one folder.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli

import services

_FOLDER = Path(__file__).resolve().parent / "scripts"
#: A checklist is looked up by the same lines as on a page with a network.
_DECISION = Path(services.__file__).resolve().parent / "static" / "conecta_services" / "checklist.js"
#: Runs at the root, with a list of what to keep in front: not one of the modules.
WORKER = "worker.js"


@dataclass(frozen=True)
class Packed:
    """Bytes, plain and by the name of each compression (RFC 9110, 8.4.1)."""

    bodies: dict[str, bytes]


def packed(plain: bytes, *, quality: int = 11) -> Packed:
    """The same bytes, compressed in each way that a browser may ask for."""
    return Packed({"": plain, "br": brotli.compress(plain, quality=quality), "gzip": gzip.compress(plain, 9, mtime=0)})


def sources() -> dict[str, Path]:
    """The file of each module by the module's name."""
    own = {path.name: path for path in sorted(_FOLDER.glob("*.js")) if path.name != WORKER}
    return {**own, "decision.js": _DECISION}


@cache
def modules() -> dict[str, Packed]:
    """Every module by its name, compressed once in a process."""
    return {name: packed(path.read_bytes()) for name, path in sources().items()}


@cache
def modules_version() -> str:
    """A name of the content of all modules together."""
    digest = hashlib.blake2b(digest_size=6)
    for name, path in {**sources(), WORKER: _FOLDER / WORKER}.items():
        digest.update(name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@cache
def worker_source() -> str:
    """The service worker, which needs to be told what to keep."""
    return (_FOLDER / WORKER).read_text(encoding="utf-8")
