"""Which version of the site's code runs: one word, another as soon as anything that makes a page is another."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

_MADE_BY = ("*.py", "*.html", "*.mo")
_APPS = ("conecta_site", "feedback", "home", "search", "services")


@cache
def code_version() -> str:
    """Of this process: it goes on with the code that it began with."""
    return fingerprint(Path(settings.BASE_DIR)) + str(getattr(staticfiles_storage, "manifest_hash", ""))


def fingerprint(root: Path) -> str:
    """Of programs, templates and catalogues below ``root``, and of the libraries that they ask for."""
    digest = hashlib.blake2b(digest_size=8)
    for file in sorted(_files(root)):
        digest.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    for app in _APPS:
        for pattern in _MADE_BY:
            yield from (root / app).rglob(pattern)
    constraints = root / "constraints.txt"
    if constraints.exists():
        yield constraints
