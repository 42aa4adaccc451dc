"""What these tests begin with: a translator, and a search folder of their own: no index outlives its log."""

from pathlib import Path

import pytest

from search.rules_in_force import rules_in_force
from tests.services.conftest import clock, source, translator  # noqa: F401 - fixtures


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, settings) -> Path:
    settings.DATA_DIR = tmp_path
    rules_in_force.forget()
    return tmp_path
