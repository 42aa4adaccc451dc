"""Search and suggest, over the log."""

import time
from datetime import date
from pathlib import Path

import pytest

from search.models import BestBet, SynonymGroup
from search.rules import Pin, rules_of
from search.searching import MAX_SIZE, search, suggest
from search.text import language_of
from services.models.published import LAST_SEEN
from tests.records import put_record, ref, remove_record, service, topic

pytestmark = pytest.mark.django_db


def titles(query: str, **how) -> list[str]:
    return [hit.title for hit in search(query, locale="pt-br", **how).hits]


def test_what_was_just_published_is_found_and_what_was_removed_is_not() -> None:
    row = put_record(service("Podar árvore"))
    assert titles("arvores") == ["Podar árvore"]
    put_record(service("Plantar árvore"))
    remove_record(row)
    assert titles("arvores") == ["Plantar árvore"]


def test_one_query_for_a_search_and_one_for_suggestions(django_assert_num_queries) -> None:
    put_record(service("Podar árvore"))
    titles("arvore")
    LAST_SEEN.forget()
    with django_assert_num_queries(1):
        found = search("arvore", locale="pt-br", filters={"kind": ["service"]}, facets=("kind",))
    assert found.facets == {"kind": {"service": 1}}
    LAST_SEEN.forget()
    with django_assert_num_queries(1):
        assert [each.entry.title for each in suggest("podar arv", locale="pt-BR")] == ["Podar árvore"]


def test_words_published_later_are_spelt_right_too() -> None:
    put_record(service("Podar árvore"))
    assert titles("matricla") == []
    put_record(service("Fazer matrícula"))
    found = search("matricla", locale="pt-br")
    assert [hit.title for hit in found.hits] == ["Fazer matrícula"]
    assert found.corrected == "matricula"


def test_what_editors_save_is_in_the_next_search_within_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    optics, other = service("Marcar oftalmologia", summary="Com hora marcada."), service("Consertar espelho")
    put_record(optics)
    put_record(other)
    now = time.monotonic()
    for seconds, change, expected in (
        (0, lambda: SynonymGroup.objects.all().delete(), []),
        (1, lambda: SynonymGroup.objects.create(said="zarolho", meant="oftalmologia"), [optics.title]),
        (2, lambda: BestBet.objects.create(query="Zarolhos", entry_id=other.id), [other.title, optics.title]),
    ):
        change()
        with monkeypatch.context() as later:
            later.setattr("search.searching.time.monotonic", lambda seconds=seconds: now + 10 + seconds)
            assert titles("zarolho") == expected


def test_dated_best_bets_and_rules_that_are_only_tried() -> None:
    first = service("Consertar espelho")
    put_record(first)
    put_record(service("Podar árvore"))
    pin = Pin("podar", "service", first.id, starts=date(2027, 2, 1), ends=date(2027, 2, 1))
    rules = rules_of(language_of("pt"), pins=[pin])
    assert titles("podar", rules=rules, today=date(2027, 2, 1)) == ["Consertar espelho", "Podar árvore"]
    assert titles("podar", rules=rules, today=date(2027, 2, 2)) == titles("podar") == ["Podar árvore"]


def test_only_records_of_the_locale() -> None:
    record = service("Podar árvore")
    put_record(record)
    put_record(service("Podar árbol", key=record.key, locale="es"))
    assert titles("podar") == ["Podar árvore"]
    assert [hit.title for hit in search("podar", locale="es").hits] == ["Podar árbol"]


def test_an_empty_query_with_filters_lists_by_title() -> None:
    trees = topic("Árvores")
    for title in ("Podar", "Água", "Arar"):
        put_record(service(title, topics=[ref(trees)]))
    put_record(service("Outro"))
    found = search("", locale="pt-br", filters={"topic": [trees.id]}, size=2)
    assert [hit.title for hit in found.hits] == ["Água", "Arar"]
    assert (found.total, found.pages) == (3, 2)


def test_an_index_that_breaks_under_a_search_is_replaced(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_record(service("Podar árvore"))
    assert titles("podar") == ["Podar árvore"]
    broken = next((data_dir / "search" / "embedded").glob("index-*"))

    def unreadable(*_args) -> None:
        if broken.exists():
            raise OSError("input/output error")
        monkeypatch.undo()

    real = __import__("search.engines.embedded", fromlist=["_ranked"])._ranked
    monkeypatch.setattr("search.engines.embedded._ranked", lambda *args, **how: unreadable() or real(*args, **how))
    assert titles("podar") == ["Podar árvore"]
    assert not broken.exists()


def test_an_index_that_can_not_be_written_goes_on_serving(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_record(service("Podar árvore"))
    assert titles("arvore") == ["Podar árvore"]
    put_record(service("Plantar árvore"))
    # Root may write to any file, so the lock becomes what nobody can open.
    lock = data_dir / "search" / "embedded" / "writer.lock"
    lock.unlink()
    lock.mkdir()
    assert titles("arvore") == ["Podar árvore"]
    lock.rmdir()
    assert titles("arvore") == ["Podar árvore", "Plantar árvore"]


@pytest.mark.parametrize("wrong", [{"page": 0}, {"size": 0}, {"size": MAX_SIZE + 1}, {"filters": {"colour": ["red"]}}])
def test_what_can_not_be_asked_is_an_error(wrong: dict) -> None:
    with pytest.raises(ValueError, match="unknown"):
        search("podar", locale="pt-br", **wrong)
