"""A poster as a tagged PDF (PDF/UA-1): one page, unless its words fill more than one in the smallest letters."""

import hashlib
import io
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Literal

from django.utils.translation import get_language

from feedback.posters.codes import as_svg
from feedback.posters.facts import Poster
from services.languages import source_locale, wire_tag
from services.typesetting import FONTS
from services.typesetting.letters import printable

Size = Literal["a4", "a5"]

_HERE = Path(__file__).resolve().parent
#: The largest letters in which all of it fits on one page are taken.
_SCALES = (1.3, 1.2, 1.1, 1.0, 0.9)
#: Where the table is too long for any of them: as many rows as fit, and how many more there are.
_CUT = (0.9, 0.8)


def printed(poster: Poster, size: Size) -> bytes:
    """The poster's PDF. The same words give the same bytes."""
    tries = [(scale, True) for scale in _SCALES] + [(scale, False) for scale in _CUT]
    for scale, whole in tries:
        pdf = _compiled(_data(poster, size, scale=scale, whole=whole))
        if pdf is not None and _is_one_page(pdf):
            return pdf
    pdf = _compiled(_data(poster, size, scale=_CUT[-1], flows=True))
    assert pdf is not None  # noqa: S101 - with leave to flow there is always room
    return pdf


def fingerprint(poster: Poster, size: Size) -> str:
    """Of all that its PDF is made of."""
    made_of = _data(poster, size).encode() + _source()
    return hashlib.blake2b(made_of, digest_size=16).hexdigest()


@cache
def _source() -> bytes:
    return (_HERE / "poster.typ").read_bytes()


def _data(poster: Poster, size: Size, *, scale: float = 1, whole: bool = True, flows: bool = False) -> str:
    language, _hyphen, region = wire_tag(get_language() or source_locale()).partition("-")
    layout = {
        "size": size,
        "scale": scale,
        "whole": whole,
        "flows": flows,
        "language": language,
        "region": region or None,
    }
    return json.dumps(asdict(poster) | layout | {"picture": as_svg(poster.code).decode()}, ensure_ascii=False)


def _is_one_page(pdf: bytes) -> bool:
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as read:
        return len(read.pages) == 1


def _compiled(data: str) -> bytes | None:
    """``None`` if there is no room on one page."""
    # Loaded where they are used: few web processes ever print, and both take 10 MiB.
    import typst

    try:
        return _typeset(data)
    except typst.TypstError as error:
        if "no room" in str(error):
            return None
        if "could not be displayed" not in str(error):
            raise
    # Of a face that smiles in a title the poster does without: PDF/UA-1 wants a picture of each letter.
    return _compiled(printable(data))


def _typeset(data: str) -> bytes:
    import typst

    pdf: bytes = typst.compile(
        str(_HERE / "poster.typ"),
        root=str(_HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return pdf
