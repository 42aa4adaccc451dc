"""Whether a document is what its name says and carries nothing that runs: kept as it came, signatures and all."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath

from services.uploads.refusing import NotKept

#: Bytes of a file; of all its parts when unpacked; parts.
LARGEST, MOST_UNPACKED, MOST_PARTS = 20 * 1024 * 1024, 200_000_000, 2_000
#: Under which a suite keeps macros, controls and programs.
_LIVELY_PARTS = re.compile(
    r"vbaproject|vbadata|activex|(^|/)(basic|scripts|dialogs)/|oleobject|macrosheets", re.IGNORECASE
)
#: What a computer runs or opens as a page, and archives, in which another bomb may be.
_LIVELY_FILES = re.compile(
    r"\.(exe|com|scr|msi|bat|cmd|ps1|vb[se]?|jse?|wsf|hta|lnk|jar|apk|sh|py|html?|xhtml|svg|docm|xlsm|pptm"
    r"|zip|rar|7z|gz|bz2|xz|tar|iso)$",
    re.IGNORECASE,
)
_RTF_OBJECT = re.compile(rb"\\obj(data|emb|link|ocx|html|update|class)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, LookupError, ValueError, RuntimeError, OSError, EOFError)


def check(name: str, content: bytes) -> None:
    """Raises ``NotKept`` with ``empty``, ``heavy``, ``other``, ``broken``, ``locked``, ``lively`` or ``large``."""
    if not content:
        raise NotKept("empty")
    if len(content) > LARGEST:
        raise NotKept("heavy")
    kind = _KINDS.get(PurePosixPath(name).suffix.lower())
    if kind is None:
        raise NotKept("other")
    kind(content)


def _pdf(content: bytes) -> None:
    if not content.startswith(b"%PDF-"):
        raise NotKept("other")
    if b"%%EOF" not in content[-2048:]:
        raise NotKept("broken")


def _rtf(content: bytes) -> None:
    if not content.startswith(b"{\\rtf"):
        raise NotKept("other")
    if _RTF_OBJECT.search(content):
        raise NotKept("lively")


def _text(content: bytes) -> None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # As spreadsheets here write it.
        text = content.decode("cp1252", errors="replace")
    if _CONTROL.search(text) or text.lstrip().startswith("<"):
        raise NotKept("other")


def _office(folder: str) -> Callable[[bytes], None]:
    def looked_at(content: bytes) -> None:
        names = _parts(content)
        if "[Content_Types].xml" not in names or not any(name.startswith(folder) for name in names):
            raise NotKept("other")
        if any(_LIVELY_PARTS.search(name) for name in names):
            raise NotKept("lively")

    return looked_at


def _open_document(content: bytes) -> None:
    names = _parts(content)
    # The format has the type as the first part, not compressed.
    if not names or names[0] != "mimetype" or b"application/vnd.oasis.opendocument.text" not in content[:128]:
        raise NotKept("other")
    if any(_LIVELY_PARTS.search(name) for name in names):
        raise NotKept("lively")


def _zip(content: bytes) -> None:
    if any(_LIVELY_FILES.search(name) for name in _parts(content)):
        raise NotKept("lively")


def _parts(content: bytes) -> list[str]:
    """Names in an archive that unpacks to what it says, and to no more than is let in."""
    if not content.startswith(b"PK\x03\x04"):
        raise NotKept("other")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 0x1 for entry in entries):
                raise NotKept("locked")
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise NotKept("large")
            # Reads each part to the size that the directory gives: one that goes on beyond it fails its sum.
            if archive.testzip() is not None:
                raise NotKept("broken")
            return [entry.filename for entry in entries]
    except _BROKEN as error:
        raise error if isinstance(error, NotKept) else NotKept("broken") from error


_KINDS: dict[str, Callable[[bytes], None]] = {
    ".pdf": _pdf,
    ".rtf": _rtf,
    ".txt": _text,
    ".csv": _text,
    ".docx": _office("word/"),
    ".xlsx": _office("xl/"),
    ".pptx": _office("ppt/"),
    ".odt": _open_document,
    ".zip": _zip,
}
#: Suffixes, without their points.
ALLOWED = sorted(suffix.removeprefix(".") for suffix in _KINDS)
