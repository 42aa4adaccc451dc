"""What the demo makes for itself."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from conecta_site.configuration import demo_contact_key, demo_secret_key


@pytest.mark.parametrize("made", [demo_secret_key, demo_contact_key])
def test_processes_that_begin_together_have_one_key(made, tmp_path: Path) -> None:
    for again in range(20):
        folder = tmp_path / str(again)
        with ThreadPoolExecutor(8) as pool:
            keys = set(pool.map(made, [folder] * 8))
        assert len(keys) == 1
        assert len(keys.pop()) > 40
        (kept,) = folder.iterdir()
        assert kept.stat().st_mode & 0o777 == 0o600
