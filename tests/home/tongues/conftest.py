"""A small charter of the demonstration in three languages."""

from pathlib import Path

import pytest

from home import demonstration
from home.management.commands import load_demo
from services.interchange import FORMATS, open_source
from services.interchange.native import lines

TEXTS = load_demo.FOLDER.with_name("demo_translations")
KEPT = {"chamar-o-samu-192", "sms", "saude", "cidade"}


@pytest.fixture
def small(db: None, tmp_path: Path) -> None:
    """One service, its body and its topic, with their translations."""
    folder = tmp_path / "charter"
    folder.mkdir()
    native = FORMATS["conecta"]
    found = native.read(open_source(load_demo.FOLDER, native.suffixes)).records
    (folder / "demo.jsonl").write_bytes(b"".join(lines(record for record in found if record.source_id in KEPT)))
    demonstration.load(folder)
    told = demonstration.load_translations(TEXTS)
    assert (told.created, told.missing) == (2 * (len(KEPT) - 1), [])
