"""Each test of search has a folder and rules of its own: no index outlives its log, no rule its database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.rules_in_force import rules_in_force


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, settings) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def _fresh_rules() -> Iterator[None]:
    rules_in_force.forget()
    yield
    rules_in_force.forget()
