"""docs/threats.md: each row names a test, and the test is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "threats.md"
#: What the city's two have to be told of; a row for each at least.
ENTRY_POINTS = {
    "Portal page",
    "Search box",
    "API",
    "Feed of changes",
    "Rating form",
    "Manifestation form",
    "File with a manifestation",
    "Private link",
    "Preview link",
    "Webhooks out",
    "Link checker out",
    "Admin login",
    "Admin form",
    "Admin upload",
    "Spreadsheet",
    "Importer",
    "Worker",
    "Backup file",
    "Database",
    "Elasticsearch",
    "CDN and page cache",
    "Static files and media",
    "Service worker",
}


def rows() -> list[list[str]]:
    """Entry point, letter, threat, what holds, test."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def named_in(path: Path) -> set[str]:
    """Names of the tests of a file, without running it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_each_row_names_a_test_that_is_there() -> None:
    missing = []
    for entry, letter, threat, holds, named in rows():
        assert letter in set("STRIDE"), entry
        assert threat, entry
        assert holds, entry
        found = re.fullmatch(r"`([\w/]+\.py)::(test_\w+)`", named)
        path = ROOT / "tests" / found[1] if found else None
        if not found or path is None or not path.is_file() or found[2] not in named_in(path):
            missing.append(f"{entry}: {named}")
    assert missing == []


def test_every_entry_point_has_a_row_and_every_letter_comes_up() -> None:
    assert {row[0] for row in rows()} >= ENTRY_POINTS
    assert {row[1] for row in rows()} == set("STRIDE")


def test_a_row_without_its_test_would_be_seen() -> None:
    assert "test_each_row_names_a_test_that_is_there" in named_in(Path(__file__))
    assert "test_of_nothing" not in named_in(Path(__file__))
