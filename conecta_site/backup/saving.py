"""Make a backup of an installation that goes on serving.

Files are read, then the database as it is at one moment, then the files that came meanwhile: whatever file the copied
database names is there, unless it was deleted within those minutes. What only this machine needs (the embedded index,
collected static files) and secrets, which live in the environment, are not in it.
"""

import hashlib
import hmac
import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import connection

from conecta_site.backup import archive, databases
from services import changes
from services.models import SignOfLife

DATABASE = "database"
#: Where files are in a backup, and the setting that names their folder.
FOLDERS = {"media": "MEDIA_ROOT", "private": "PRIVATE_ROOT"}
_NAME = "conecta-*.tar*"
#: What a backup that was killed leaves beside the whole ones, the plain copy of the database among it.
_UNFINISHED = ".conecta-*"
#: So long nothing is written to a backup that somebody is still making, on this machine or on another.
KILLED = timedelta(hours=12)


def save(
    folder: Path, *, at: datetime, recipients: Sequence[str], keep: int | None = None
) -> tuple[Path, archive.Contents]:
    """Write a backup into a folder; older ones beyond ``keep`` are deleted once it is whole.

    What one that was killed left there is deleted first.
    Raises ``databases.Unavailable``, ``ValueError`` for a key that is none, ``OSError`` (nothing half-made stays).
    """
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder, at)
    path = folder / f"conecta-{at:%Y%m%dT%H%M%SZ}.tar{'.age' if recipients else ''}"
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("xb") as target, TemporaryDirectory(dir=folder, prefix=".conecta-") as scratch:
            partial.chmod(0o600)
            contents = archive.write(
                target,
                lambda writer: _fill(writer, Path(scratch)),
                about=_about(at),
                recipients=recipients,
            )
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    if keep is not None:
        for old in sorted(folder.glob(_NAME))[: -max(1, keep)]:
            old.unlink()
    SignOfLife.give("backup", at)
    return path, contents


def _clear(folder: Path, at: datetime) -> None:
    for left in folder.glob(_UNFINISHED):
        try:
            written = max(path.stat().st_mtime for path in (left, *left.rglob("*")))
        except FileNotFoundError:
            # Another backup has just ended.
            continue
        if written > (at - KILLED).timestamp():
            continue
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()


def print_of(key: str) -> str:
    """What tells one key from another and nothing of either."""
    return hmac.new(key.encode(), b"conecta backup", hashlib.sha256).hexdigest()[:16]


def _fill(writer: archive.Writer, scratch: Path) -> None:
    for _found in _add_files(writer):
        pass
    copy = scratch / DATABASE
    databases.dump(copy)
    writer.add(DATABASE, copy)
    copy.unlink()
    for _found in _add_files(writer):
        pass


def _add_files(writer: archive.Writer) -> Iterator[str]:
    for name, setting in FOLDERS.items():
        root = Path(getattr(settings, setting))
        for path in sorted(root.rglob("*")):
            member = f"{name}/{path.relative_to(root).as_posix()}"
            if (
                path.is_file()
                and not path.is_symlink()
                and member not in writer.contents.files
                and writer.add(member, path)
            ):
                yield member


def _about(at: datetime) -> dict[str, Any]:
    epoch, sequence = changes.head()
    return {
        "made_at": at.isoformat(),
        "vendor": connection.vendor,
        "cursor": changes.cursor(epoch, sequence),
        "secret_key": print_of(settings.SECRET_KEY),
        "contact_keys": [print_of(key) for key in settings.CONECTA_CONTACT_KEYS],
    }
