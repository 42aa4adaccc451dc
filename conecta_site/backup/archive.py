"""The file of a backup: a tar, encrypted as age does it (age-encryption.org/v1), that ends with its contents.

``conteudo.json`` is its last member: a file that was cut off has none, and each other member is told there with its
length and SHA-256. The ``age`` and ``tar`` of any machine open it too.
"""

import hashlib
import io
import json
import os
import shutil
import tarfile
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

import pyrage
from django.utils.translation import gettext as _

CONTENTS = "conteudo.json"
FORMAT = 1
_MAGIC = b"age-encryption.org/v1"


class NotABackup(Exception):
    """What cannot be restored; its text is a sentence that says why."""


@dataclass
class Contents:
    """What ``conteudo.json`` says: ``about`` is the maker's; of each member its length and SHA-256."""

    about: dict[str, Any]
    files: dict[str, tuple[int, str]] = field(default_factory=dict)

    def to_json(self) -> bytes:
        """As the last member holds it."""
        said = {"format": FORMAT, "about": self.about, "files": self.files}
        return json.dumps(said, ensure_ascii=False, indent=1).encode()


class Writer:
    """Adds members to a tar."""

    def __init__(self, tar: tarfile.TarFile, about: dict[str, Any]) -> None:
        self._tar = tar
        self.contents = Contents(about)

    def add(self, name: str, path: Path) -> bool:
        """Add a file as it is when it is opened; whether it was still there."""
        with suppress(FileNotFoundError), path.open("rb") as file:
            # Its length of now: what is written to it meanwhile is not in this backup.
            size = os.fstat(file.fileno()).st_size
            reader = _Hashing(file)
            self._tar.addfile(_member(name, size), reader)
            self.contents.files[name] = (size, reader.digest.hexdigest())
            return True
        return False

    def finish(self) -> None:
        """Say what is in it."""
        told = self.contents.to_json()
        self._tar.addfile(_member(CONTENTS, len(told)), io.BytesIO(told))


def write(
    target: BinaryIO, fill: Callable[[Writer], None], *, about: dict[str, Any], recipients: Iterable[str]
) -> Contents:
    """Write a backup to a file; without recipients it is not encrypted. Raises ``ValueError`` for what names nobody."""
    keys = [_recipient(text) for text in recipients]
    if not keys:
        return _write_tar(target, fill, about)
    reading, writing = os.pipe()
    failures: list[BaseException] = []
    made: list[Contents] = []

    def produce() -> None:
        try:
            with os.fdopen(writing, "wb") as pipe:
                made.append(_write_tar(pipe, fill, about))
        except BaseException as error:  # noqa: BLE001 - raised below, in the caller's thread
            failures.append(error)

    producer = threading.Thread(target=produce, name="backup")
    producer.start()
    try:
        with os.fdopen(reading, "rb") as pipe:
            pyrage.encrypt_io(pipe, target, keys)
    finally:
        # Its pipe is closed by now: it ends, if only by finding nobody who reads.
        producer.join()
    if failures:
        raise failures[0]
    return made[0]


def unpack(source: BinaryIO, folder: Path, *, identity: str = "") -> Contents:
    """Write all members below a folder, and see that each is what was put in. Raises ``NotABackup``."""
    if source.read(len(_MAGIC)) == _MAGIC:
        source.seek(0)
        with TemporaryFile(dir=folder) as plain:
            _decrypt(source, plain, identity)
            plain.seek(0)
            _extract(plain, folder)
    else:
        source.seek(0)
        _extract(source, folder)
    return _checked(folder)


def _write_tar(target: BinaryIO, fill: Callable[[Writer], None], about: dict[str, Any]) -> Contents:
    with tarfile.open(fileobj=target, mode="w|") as tar:
        writer = Writer(tar, about)
        fill(writer)
        writer.finish()
    return writer.contents


def _decrypt(source: BinaryIO, target: BinaryIO, identity: str) -> None:
    damaged = _("A chave não abre esta cópia, ou o arquivo foi mudado ou cortado.")
    try:
        pyrage.decrypt_io(source, target, [_identity(identity)])
    except pyrage.DecryptError as error:
        raise NotABackup(damaged) from error
    except OSError as error:
        # The system's own, such as a full disk, have a number.
        if error.errno:
            raise
        raise NotABackup(damaged) from error


def _extract(source: BinaryIO, folder: Path) -> None:
    try:
        with tarfile.open(fileobj=source, mode="r|") as tar:
            for member in tar:
                _write_member(tar, member, folder)
    except (tarfile.TarError, EOFError) as error:
        raise NotABackup(_("Este arquivo não é uma cópia de segurança, ou foi cortado.")) from error


def _write_member(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """A file below ``folder``; nothing else is put in. Debian's Python 3.11.2 has no ``extractall(filter="data")``."""
    target = folder / member.name
    content = tar.extractfile(member) if member.isreg() and target.resolve().is_relative_to(folder.resolve()) else None
    if content is None:
        raise tarfile.ExtractError(member.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        shutil.copyfileobj(content, file)


def _checked(folder: Path) -> Contents:
    try:
        said = json.loads((folder / CONTENTS).read_bytes())
        contents = Contents(said["about"], {name: (size, digest) for name, (size, digest) in said["files"].items()})
        version = said["format"]
    except (FileNotFoundError, ValueError, KeyError, TypeError) as error:
        raise NotABackup(
            _("Este arquivo não é uma cópia de segurança, ou foi cortado: não diz o que há nele.")
        ) from error
    if version != FORMAT:
        raise NotABackup(
            _("A cópia tem o formato %(its)s; esta versão do Conecta lê o formato %(ours)s.")
            % {"its": version, "ours": FORMAT}
        )
    for name, (size, digest) in contents.files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size or _digest(path) != digest:
            raise NotABackup(_("A cópia está danificada: %s não é o que foi guardado.") % name)
    return contents


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def _recipient(text: str) -> Any:
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise ValueError(_("Não é uma chave pública do age, que começa com age1: %s") % text) from error


def _identity(text: str) -> Any:
    keys = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if len(keys) != 1:
        raise NotABackup(
            _("Esta cópia está cifrada: diga em --identity o arquivo da chave, que começa com AGE-SECRET-KEY-.")
        )
    try:
        return pyrage.x25519.Identity.from_str(keys[0])
    except pyrage.IdentityError as error:
        raise NotABackup(_("O arquivo da chave não tem uma chave do age, que começa com AGE-SECRET-KEY-.")) from error


class _Hashing:
    """A file that is hashed as it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        read = self._file.read(size)
        self.digest.update(read)
        return read
