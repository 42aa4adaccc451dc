"""The demonstration charter as production serves it."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from home import demonstration
from home.demo_face import HIGHLIGHTS
from home.management.commands.load_demo import FOLDER
from services.interchange import FORMATS, open_source
from services.interchange.native import lines
from tests.faults.conftest import committed, elsewhere
from tests.faults.served import Installation, Server

__all__ = ["committed", "elsewhere", "portal"]


@pytest.fixture
def portal(tmp_path: Path, settings: Any, request: pytest.FixtureRequest) -> Iterator[str]:
    """The demonstration charter, without the services that neither page shows, as production serves it."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = str(tmp_path / "media")
    native = FORMATS["conecta"]
    assert native.read is not None
    found = native.read(open_source(FOLDER, native.suffixes)).records
    shown = [each for each in found if each.kind != "service" or each.slug in HIGHLIGHTS]
    (tmp_path / "demo.jsonl").write_bytes(b"".join(lines(shown)))
    demonstration.load(tmp_path / "demo.jsonl")
    server = Server(Installation(tmp_path, request.getfixturevalue("elsewhere")))
    try:
        server.wait()
        yield f"http://127.0.0.1:{server.port}"
    finally:
        if server.process.poll() is None:
            os.killpg(server.process.pid, signal.SIGKILL)
        server.process.wait()
