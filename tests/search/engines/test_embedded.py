"""The embedded engine: the contract, and what a folder on disk can suffer."""

import shutil
from pathlib import Path

import pytest

from search.document import document_of
from search.engines import tantivy_folder
from search.engines.base import EngineError
from search.engines.embedded import Embedded
from search.plan import Plan
from tests.records import service
from tests.search.engines.contract import CHARTER, EngineContract, ask, fill, take_in

EVERYTHING = Plan("pt-br", everything=True)


@pytest.fixture
def engine(tmp_path: Path) -> Embedded:
    return Embedded(tmp_path / "index")


class TestEmbedded(EngineContract):
    """The contract, on tantivy."""


def test_another_reader_sees_a_commit_when_it_looks_again(engine: Embedded, tmp_path: Path) -> None:
    fill(engine, CHARTER, "e.1")
    other = Embedded(tmp_path / "index")
    other.refresh()
    take_in(engine, [document_of(service("Nova"))], "e.2")
    assert other.cursor() == "e.1"
    other.refresh()
    assert other.cursor() == "e.2"
    assert ask(other, "").total == len(CHARTER) + 1


def test_a_reader_goes_on_with_a_folder_that_was_replaced(engine: Embedded, tmp_path: Path) -> None:
    fill(engine, CHARTER, "e.1")
    other = Embedded(tmp_path / "index")
    other.refresh()
    fill(engine, CHARTER[:1], "e.2")
    assert len(list((tmp_path / "index").glob("index-*"))) == 1
    assert ask(other, "").total == len(CHARTER)
    other.refresh()
    assert ask(other, "").total == 1


def test_what_was_shown_is_shown_again_whether_it_was_kept_or_not(
    engine: Embedded, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(engine, CHARTER, "e.1")
    first = ask(engine, "").hits
    assert len(first) == len(CHARTER)
    assert ask(engine, "").hits == first
    monkeypatch.setattr(tantivy_folder, "_MOST_KEPT", 1)
    assert ask(engine, "").hits == ask(engine, "").hits == first


@pytest.mark.parametrize("damage", ["folder", "meta", "segment", "garbage", "pointer", "pointer-garbage"])
def test_a_broken_index_is_as_none(engine: Embedded, tmp_path: Path, damage: str) -> None:
    fill(engine, CHARTER, "e.1")
    folder = next((tmp_path / "index").glob("index-*"))
    pointer = tmp_path / "index" / "current"
    match damage:
        case "folder":
            shutil.rmtree(folder)
        case "meta":
            (folder / "meta.json").write_text("{")
        case "segment":
            next(folder.glob("*.store")).unlink()
        case "garbage":
            store = next(folder.glob("*.store"))
            store.write_bytes(b"\x5a" * store.stat().st_size)
        case "pointer":
            pointer.unlink()
        case "pointer-garbage":
            pointer.write_bytes(b"\xff\x00")
    again = Embedded(tmp_path / "index")
    again.refresh()
    assert again.cursor() is None
    with pytest.raises(EngineError):
        again.search(EVERYTHING, filters={})
    fill(again, CHARTER, "e.2")
    assert ask(again, "").total == len(CHARTER)


def test_what_a_killed_rebuild_left_is_removed_by_the_next(engine: Embedded, tmp_path: Path) -> None:
    fill(engine, CHARTER, "e.1")
    with engine.writing(wait=0):
        engine.begin_rebuild().apply([document_of(service("Metade"))], "e.0")
    assert len(list((tmp_path / "index").glob("index-*"))) == 2
    other = Embedded(tmp_path / "index")
    other.refresh()
    assert ask(other, "").total == len(CHARTER)
    fill(other, CHARTER, "e.2")
    assert len(list((tmp_path / "index").glob("index-*"))) == 1


def test_many_small_commits_do_not_pile_up_segments(engine: Embedded) -> None:
    fill(engine, CHARTER, "e.1")
    for number in range(30):
        take_in(engine, [document_of(CHARTER[number % len(CHARTER)])], f"e.{number + 2}")
    assert ask(engine, "").total == len(CHARTER)
    assert engine._folder.seen.searcher.num_segments < 10


def test_an_index_of_other_code_is_not_current(engine: Embedded, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(engine, CHARTER, "e.1")
    assert engine.is_current()
    monkeypatch.setattr("search.engines.embedded.fingerprint", lambda: "other")
    assert not engine.is_current()
    assert len(tantivy_folder.fingerprint()) == 32


def test_only_its_own_targets_are_finished(engine: Embedded) -> None:
    with pytest.raises(TypeError, match="begin_rebuild"):
        engine.finish_rebuild(engine)
