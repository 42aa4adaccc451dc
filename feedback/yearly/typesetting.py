"""A report as a tagged PDF (PDF/UA-1): texts come in as data and are never read as markup."""

import json
import re
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

from feedback.models import YearlyReportFile, YearlyReportPage
from feedback.yearly.composing import digest_of, typeset_data

TEMPLATE = Path(__file__).resolve().parent / "report.typ"
#: How the typesetter names a letter for which no font has a shape: such a PDF would be one that not all can read.
_NO_SHAPE = re.compile(r'the text `"(.+?)"` could not be displayed')
_INSTEAD = "?"
#: So many letters without a shape are put out of the way one by one.
_MOST_ODD = 40


def typeset(data: dict[str, Any]) -> bytes:
    """The PDF of ``composing.typeset_data``: the same bytes for the same data. Raises ``typst.TypstError``."""
    # Loaded where it is used: few web processes ever set a report.
    import typst

    written = json.dumps(_without_pictures(data), ensure_ascii=False)
    for _time in range(_MOST_ODD):
        try:
            return _compile(written)
        except typst.TypstError as error:
            odd = _NO_SHAPE.search(str(error))
            if odd is None or odd.group(1) not in written:
                raise
            written = written.replace(odd.group(1), _INSTEAD)
    return _compile(written)


def _compile(written: str) -> bytes:
    import typst

    made: bytes = typst.compile(
        str(TEMPLATE),
        sys_inputs={"report": written},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=0,
    )
    return made


def _without_pictures(value: Any) -> Any:
    """Without emoji, and what joins and colours them: the fonts have none."""
    if isinstance(value, dict):
        return {name: _without_pictures(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_without_pictures(each) for each in value]
    return "".join(map(_letter, value)) if isinstance(value, str) else value


def _letter(letter: str) -> str:
    if ord(letter) <= 0xFF or letter == "\n":
        return letter
    picture = ord(letter) > 0xFFFF or unicodedata.category(letter) in {"Cf", "Cn", "Co", "Cs"} or letter == "\ufe0f"
    return "" if picture else letter


def kept_file(report: YearlyReportPage, *, language: str, at: datetime) -> YearlyReportFile:
    """The PDF of a report as it is public: made at the first call, and kept."""
    data = typeset_data(report, language=language)
    digest = digest_of(data)
    found: YearlyReportFile | None = report.files.filter(digest=digest).first()
    if found is None:
        found, _made = report.files.get_or_create(digest=digest, defaults={"pdf": typeset(data), "made_at": at})
    return found
