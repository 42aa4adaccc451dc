"""What an index was made by: another fingerprint means that it must be built again."""

import hashlib
from pathlib import Path

from search.document import SOURCES


def fingerprint_of(*sources: str, library: str = "") -> str:
    """Of the code that makes documents, of the ``sources`` (paths) that store them, and of a library's version."""
    digest = hashlib.blake2b(library.encode(), digest_size=16)
    for source in (*SOURCES, *sources):
        digest.update(Path(source).read_bytes())
    return digest.hexdigest()
