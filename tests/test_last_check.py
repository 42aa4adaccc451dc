"""The page of the last whole check tells what failed, and what could not be tried."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import last_check


def test_what_failed_and_what_was_absent_stands_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_check, "FILE", tmp_path / "check-all.md")
    reports = {
        "passed": [object()] * 1200,
        "failed": [SimpleNamespace(nodeid="tests/a.py::test_b")],
        "error": [SimpleNamespace(nodeid="tests/c.py::test_d")],
        "skipped": [object()] * 3,
    }
    last_check.write(reports, ["Elasticsearch"])
    page = last_check.FILE.read_text(encoding="utf-8")
    for told in ("| passed | 1,200 |", "| failed | 2 |", "| skipped | 3 |", "| not on the machine | Elasticsearch |"):
        assert told in page
    assert "- `tests/a.py::test_b`\n- `tests/c.py::test_d`\n" in page
    assert f"{datetime.now(UTC):%Y-%m-%d}" in page


def test_of_a_check_without_failure_nothing_else_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_check, "FILE", tmp_path / "check-all.md")
    last_check.write({"passed": [object()]}, [])
    page = last_check.FILE.read_text(encoding="utf-8")
    assert "What failed" not in page
    assert "| not on the machine | nothing |" in page
