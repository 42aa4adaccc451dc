"""Files as a zip that is sent while it is made: nothing of it is kept but its directory."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

#: A file's name, and its bytes whole or in pieces.
File = tuple[str, bytes | Iterable[bytes]]


class _Sink:
    """Takes what a zip writes until it is fetched. Not seekable, so that sizes stand behind each file."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """There is nothing behind it."""

    def fetched(self) -> bytes:
        """What was written since it was fetched last."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def zipped(files: Iterable[File], at: datetime) -> Iterator[bytes]:
    """The pieces of a zip of these files, all of one moment."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=6) as archive:  # type: ignore[call-overload]
        for name, data in files:
            entry = ZipInfo(name, at.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with archive.open(entry, "w", force_zip64=not isinstance(data, bytes)) as file:
                for piece in [data] if isinstance(data, bytes) else data:
                    file.write(piece)
                    if found := sink.fetched():
                        yield found
            if found := sink.fetched():
                yield found
    yield sink.fetched()
