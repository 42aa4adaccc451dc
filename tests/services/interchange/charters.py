"""Where the real charters are, and the small invented ones."""

import os
from pathlib import Path

import pytest

from services.interchange import SourceFile

PROJECT = Path(__file__).resolve().parents[3]
INVENTED = PROJECT / "tests" / "data" / "federal_v3"
_REAL = Path(os.environ.get("CONECTA_CHARTERS") or PROJECT.parent / "shared" / "charters") / "federal-v3.zip"

needs_real_charters = pytest.mark.skipif(
    not _REAL.is_file(), reason="federal-v3.zip is neither in CONECTA_CHARTERS nor in ../shared/charters"
)
REAL = _REAL


def invented(name: str) -> SourceFile:
    """One of the small files, by its stem."""
    return SourceFile(f"{name}.xml", (INVENTED / f"{name}.xml").read_bytes())
