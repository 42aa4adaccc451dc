"""The script of the search box: small, and of no other site."""

import gzip
from pathlib import Path

from django.conf import settings

SCRIPT = Path(settings.BASE_DIR) / "search" / "static" / "conecta_search" / "suggest.js"


def test_the_script_is_small_and_writes_no_markup() -> None:
    source = SCRIPT.read_text(encoding="utf-8")
    assert len(gzip.compress(source.encode(), mtime=0)) <= 2_048
    for markup in ("innerHTML", "insertAdjacentHTML", "document.write", "eval(", "http:", "https:"):
        assert markup not in source
