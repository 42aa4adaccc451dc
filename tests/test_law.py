"""docs/law.md: what the law asks is seen somewhere, and shown by a test that exists."""

import re
from pathlib import Path

from django.urls import resolve

from tests.cited import ROOT, rows, unsound

PAGE = ROOT / "docs" / "law.md"


def test_each_row_names_a_test_that_exists() -> None:
    assert unsound(PAGE) == []


def test_each_address_is_one_of_the_portal() -> None:
    """An entry's own is served by the catch-all; what has dots is filled in first."""
    for row in rows(PAGE):
        for address in re.findall(r"`(/[^`]*)`", row[2]):
            found = resolve(address.replace("…", "aaaaaaaaaa").partition("#")[0])
            assert found.url_name != "entry" or "…" in address or address == "/", address


def test_every_item_of_the_charter_and_every_article_on_manifestations_has_a_row() -> None:
    articles = " ".join(row[1] for row in rows(PAGE))
    for item in ("§2 I", "§2 II", "§2 III", "§2 IV", "§2 V", "§2 VI", "§3 I to V", "§4", "§6"):
        assert f"art. 7 {item}" in articles
    for article in ("art. 3", "art. 5", "art. 6", "art. 9", "art. 10", "art. 11", "art. 12", "art. 16", "art. 23 V"):
        assert article in articles


def test_a_row_without_a_test_or_with_one_that_is_gone_is_told(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "| Asked | Test |\n|---|---|\n| One | nothing |\n| Two | `tests/test_law.py::test_gone` |\n"
        "| Three | `tests/test_law.py::test_each_row_names_a_test_that_exists` |\n"
    )
    assert unsound(page) == ["One: no test", "Two: no tests/test_law.py::test_gone"]
