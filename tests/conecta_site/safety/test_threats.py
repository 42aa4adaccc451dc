"""docs/threats.md: each row names a test, and the test is there."""

from tests.cited import ROOT, rows, unsound

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


def test_each_row_names_a_test_that_is_there() -> None:
    assert unsound(PAGE) == []
    for entry, letter, threat, holds, _named in rows(PAGE):
        assert letter in set("STRIDE"), entry
        assert threat, entry
        assert holds, entry


def test_every_entry_point_has_a_row_and_every_letter_comes_up() -> None:
    assert {row[0] for row in rows(PAGE)} >= ENTRY_POINTS
    assert {row[1] for row in rows(PAGE)} == set("STRIDE")
