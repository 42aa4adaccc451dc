"""All posters of a body in one archive, printed while it is sent: nobody waits for the last to have the first."""

import zipfile
from collections.abc import Iterator

from django.utils.translation import override

from feedback.posters.naming import poster_name
from feedback.posters.printing import Size, printed
from feedback.posters.reading import of_body, poster_of
from services.languages import source_locale


class _Waiting(bytearray):
    """What was written and not yet sent, as ``zipfile`` writes it."""

    def write(self, data: bytes, /) -> int:
        """To its end."""
        self.extend(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is behind it."""

    def close(self) -> None:
        """Nothing is held."""

    def taken(self) -> bytes:
        """All of it, which is then gone."""
        found = bytes(self)
        self.clear()
        return found


def bundled(body_id: str, size: Size) -> Iterator[bytes]:
    """The archive, piece by piece, in the city's language."""
    waiting, names = _Waiting(), set[str]()
    with zipfile.ZipFile(waiting, "w", zipfile.ZIP_STORED) as archive:
        # What reads this piece by piece may meanwhile speak another language.
        with override(source_locale()):
            records = of_body(body_id)
        for record in records:
            with override(source_locale()):
                name = poster_name(record, size)
                if name in names:
                    name = name.removesuffix(".pdf") + f"-{record.id}.pdf"
                names.add(name)
                archive.writestr(name, printed(poster_of(record), size))
            yield waiting.taken()
    yield waiting.taken()
