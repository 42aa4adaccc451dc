"""Files from a zip, a folder or a single file, as an uploader may have damaged or forged them.

Nothing is unpacked to disk and at most one file is in memory. What may not be read becomes a
``Rejected`` with its reason; what is not of the format (a README, an image) is passed over.
"""

import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from services.interchange.base import LARGEST_FILE, Rejected, SourceFile, Unreadable, printable

MAX_TOTAL = 2 * 1024 * 1024 * 1024
MAX_ENTRIES = 100_000
#: Text is seldom packed better than 1:30; what is packed better than this is a bomb.
MAX_RATIO = 200

_RATIO_MATTERS_FROM = 256 * 1024
_CHUNK = 64 * 1024
# The directory of a zip is read into memory whole, before its entries can be counted.
_MAX_DIRECTORY = MAX_ENTRIES * 400
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
)


@dataclass(frozen=True)
class _Wanted:
    """Which files are read."""

    suffixes: frozenset[str]
    largest: int


def open_source(
    path: Path, suffixes: Collection[str], *, largest: int = LARGEST_FILE
) -> Iterator[SourceFile | Rejected]:
    """The files below ``path`` whose name ends in one of ``suffixes``, by name, and what was refused.

    ``suffixes`` are in lower case with their dot. ``path`` is a zip, a folder or one file; none of its files
    may be over ``largest`` bytes.
    A source with nothing to read yields a ``Rejected`` that says so.
    """
    found = False
    for item in _items(path, _Wanted(frozenset(suffixes), largest)):
        found = True
        yield item
    if not found:
        yield Rejected(path.name, f"não há nenhum arquivo {_list(suffixes)}")


def _items(path: Path, wanted: _Wanted) -> Iterator[SourceFile | Rejected]:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        yield Rejected(path.name, "o arquivo ou a pasta não existe ou não pode ser aberta")
        return
    if stat.S_ISDIR(mode):
        yield from _from_folder(path, wanted)
    elif not stat.S_ISREG(mode):
        yield Rejected(path.name, "não é um arquivo nem uma pasta")
    elif path.suffix.lower() in wanted.suffixes:
        yield _from_file(path, path.name, wanted)
    elif path.suffix.lower() == ".zip":
        yield from _from_zip(path, wanted)
    else:
        yield Rejected(path.name, f"não é um arquivo {_list({*wanted.suffixes, '.zip'})} nem uma pasta")


def _from_folder(folder: Path, wanted: _Wanted) -> Iterator[SourceFile | Rejected]:
    budget = _Budget()
    unopened: list[Rejected] = []
    for root, folders, names in os.walk(folder, onerror=lambda error: unopened.append(_unopened(error))):
        folders.sort()
        for name in sorted(names):
            path = Path(root, name)
            shown = path.relative_to(folder).as_posix()
            if not _claimed(shown, wanted.suffixes):
                continue
            if path.is_symlink():
                yield Rejected(shown, "é um atalho (link simbólico)")
                continue
            item = _from_file(path, shown, wanted)
            try:
                budget.take(len(item.data) if isinstance(item, SourceFile) else 0)
            except Unreadable as error:
                yield Rejected(folder.name, str(error))
                return
            yield item
    yield from unopened


def _unopened(error: OSError) -> Rejected:
    return Rejected(Path(error.filename or "").name, "a pasta não pode ser aberta")


def _from_file(path: Path, name: str, wanted: _Wanted) -> SourceFile | Rejected:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return Rejected(name, "não é um arquivo")
        with path.open("rb") as stream:
            data = stream.read(wanted.largest + 1)
    except OSError:
        return Rejected(name, "o arquivo não pode ser aberto")
    if len(data) > wanted.largest:
        return Rejected(name, _too_large(wanted))
    return SourceFile(printable(name), data)


def _from_zip(path: Path, wanted: _Wanted) -> Iterator[SourceFile | Rejected]:
    try:
        with path.open("rb") as stream:
            _check_directory(stream)
            with zipfile.ZipFile(stream) as archive:
                yield from _entries(archive, wanted)
    except Unreadable as error:
        yield Rejected(path.name, str(error))
    except _BROKEN:
        yield Rejected(path.name, "o zip está quebrado ou incompleto")


def _entries(archive: zipfile.ZipFile, wanted: _Wanted) -> Iterator[SourceFile | Rejected]:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise Unreadable(_too_many())
    budget = _Budget()
    seen: set[str] = set()
    for entry in sorted(entries, key=lambda entry: entry.filename):
        if entry.is_dir() or not _claimed(entry.filename, wanted.suffixes):
            continue
        name = printable(entry.filename)
        try:
            _check_entry(entry, wanted)
            if entry.filename in seen:
                raise Unreadable("há outro arquivo com o mesmo nome no zip")
            seen.add(entry.filename)
            data = _unpacked(archive, entry, budget, wanted)
        except _Exhausted as error:
            yield Rejected(name, str(error))
            return
        except Unreadable as error:
            yield Rejected(name, str(error))
        except _BROKEN:
            yield Rejected(name, "este arquivo do zip está quebrado ou incompleto")
        else:
            yield SourceFile(name, data)


def _check_entry(entry: zipfile.ZipInfo, wanted: _Wanted) -> None:
    raw = entry.orig_filename.replace("\\", "/")
    parts = PurePosixPath(raw).parts
    if ".." in parts or raw.startswith("/") or (len(raw) > 1 and raw[1] == ":") or "\x00" in raw:
        raise Unreadable("o nome aponta para fora do zip")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Unreadable("é um atalho (link simbólico)")
    if entry.flag_bits & 0x1:
        raise Unreadable("está protegido por senha")
    if entry.file_size > wanted.largest:
        raise Unreadable(_too_large(wanted))


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: "_Budget", wanted: _Wanted) -> bytes:
    """An entry's bytes. Sizes that the archive states are not believed."""
    data = bytearray()
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            data += chunk
            budget.take(len(chunk), entries=0)
            if len(data) > wanted.largest:
                raise Unreadable(_too_large(wanted))
            if len(data) > _RATIO_MATTERS_FROM and len(data) > MAX_RATIO * max(entry.compress_size, 1):
                raise Unreadable("está comprimido demais para ser um arquivo honesto")
    budget.take(0)
    return bytes(data)


def _check_directory(stream: IO[bytes]) -> None:
    """Refuse a zip whose directory alone would fill the memory (APPNOTE 4.3.14-4.3.16)."""
    size = stream.seek(0, os.SEEK_END)
    tail_length = min(size, 22 + 20 + 0xFFFF)
    stream.seek(size - tail_length)
    tail = stream.read(tail_length)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        raise zipfile.BadZipFile
    (directory,) = struct.unpack_from("<L", tail, end + 12)
    locator = tail[end - 20 : end] if end >= 20 else b""
    if locator.startswith(b"PK\x06\x07"):
        stream.seek(struct.unpack_from("<Q", locator, 8)[0])
        record = stream.read(56)
        if len(record) == 56 and record.startswith(b"PK\x06\x06"):
            (directory,) = struct.unpack_from("<Q", record, 40)
    stream.seek(0)
    if directory > _MAX_DIRECTORY:
        raise Unreadable(_too_many())


class _Exhausted(Unreadable):
    """The source as a whole has gone over a limit: nothing more of it is read."""


class _Budget:
    """How much of a source may still be read."""

    def __init__(self) -> None:
        self._bytes = MAX_TOTAL
        self._entries = MAX_ENTRIES

    def take(self, size: int, *, entries: int = 1) -> None:
        """Raise once the limits of the whole source are passed."""
        self._bytes -= size
        self._entries -= entries
        if self._bytes < 0:
            raise _Exhausted(f"o conjunto passa de {MAX_TOTAL // 1024**3} GB; o resto não foi lido")
        if self._entries < 0:
            raise _Exhausted(_too_many())


def _claimed(name: str, suffixes: frozenset[str]) -> bool:
    """Whether a file is of the format, and not a hidden one or a shadow that a Mac leaves in zips."""
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any(part.startswith("._") or part == "__MACOSX" for part in path.parts)
    return path.suffix.lower() in suffixes and not hidden


def _too_large(wanted: _Wanted) -> str:
    return f"passa de {wanted.largest // 1024**2} MB"


def _too_many() -> str:
    return f"tem mais de {MAX_ENTRIES} arquivos"


def _list(suffixes: Collection[str]) -> str:
    return " ou ".join(sorted(suffixes))
