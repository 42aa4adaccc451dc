"""The demonstration charter as production serves it."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from home import demonstration
from home.demo_face import HIGHLIGHTS
from home.management.commands.load_demo import FOLDER
from services.interchange import FORMATS, open_source
from services.interchange.native import lines
from tests.faults.served import Installation, Server

__all__ = ["portal", "portal_in_three_languages"]
TEXTS = FOLDER.with_name("demo_translations")


@pytest.fixture
def portal(tmp_path: Path, settings: Any, request: pytest.FixtureRequest) -> Iterator[str]:
    """The demonstration charter, without the services that neither page shows, as production serves it."""
    yield from _served(tmp_path, settings, request, translated=False)


@pytest.fixture
def portal_in_three_languages(tmp_path: Path, settings: Any, request: pytest.FixtureRequest) -> Iterator[str]:
    """The same with its translations: another process has what was there when it began."""
    yield from _served(tmp_path, settings, request, translated=True)


def _served(tmp_path: Path, settings: Any, request: pytest.FixtureRequest, *, translated: bool) -> Iterator[str]:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = str(tmp_path / "media")
    native = FORMATS["conecta"]
    assert native.read is not None
    found = native.read(open_source(FOLDER, native.suffixes)).records
    shown = [each for each in found if each.kind != "service" or each.slug in HIGHLIGHTS]
    (tmp_path / "demo.jsonl").write_bytes(b"".join(lines(shown)))
    demonstration.load(tmp_path / "demo.jsonl")
    if translated:
        demonstration.load_translations(TEXTS, at=timezone.now())
    server = Server(Installation(tmp_path, request.getfixturevalue("elsewhere")))
    try:
        server.wait()
        yield f"http://127.0.0.1:{server.port}"
    finally:
        if server.process.poll() is None:
            os.killpg(server.process.pid, signal.SIGKILL)
        server.process.wait()
