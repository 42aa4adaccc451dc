"""A wrong setting is said in one sentence."""

from pathlib import Path

from search.checks import check_data_dir


def test_a_folder_that_is_or_can_be_made_is_fine(settings, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "new" / "deep", str(tmp_path)):
        settings.DATA_DIR = folder
        assert check_data_dir() == []


def test_no_folder_and_no_place_for_one_are_errors(settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder, error in ((None, "E001"), ("", "E001"), (tmp_path / "file", "E002"), (tmp_path / "file" / "x", "E002")):
        settings.DATA_DIR = folder
        assert [message.id for message in check_data_dir()] == [f"conecta_search.{error}"], folder
