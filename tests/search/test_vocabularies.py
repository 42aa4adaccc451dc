"""Vocabularies follow their engines, read by one thread for all."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search.engines.base import EngineError, WordCounts
from search.engines.embedded import Embedded
from search.vocabularies import Vocabularies
from tests.records import service
from tests.search.engines.contract import document_of, fill, take_in


class Counting(Embedded):
    """Says how often its words were read; reading takes a while."""

    readings = 0

    def vocabulary(self, locale: str) -> WordCounts:
        self.readings += 1
        time.sleep(0.02)
        return super().vocabulary(locale)


@pytest.fixture
def engine(tmp_path: Path) -> Counting:
    made = Counting(tmp_path / "index")
    fill(made, [service("Podar árvore")], "e.1")
    return made


def knows(vocabularies: Vocabularies, engine: Counting, word: str) -> bool:
    return vocabularies.of(engine, "pt-br").frequency("exact", word) > 0


def test_words_are_read_once_for_all_threads_and_again_when_the_index_is_another(engine: Counting) -> None:
    vocabularies = Vocabularies(patience=60)
    for expected in (1, 2):
        with ThreadPoolExecutor(8) as threads:
            known = list(threads.map(lambda _: knows(vocabularies, engine, "podar"), range(32)))
        assert all(known)
        assert engine.readings == expected
        take_in(engine, [document_of(service("Tapar buraco"))], "e.2")
    assert knows(vocabularies, engine, "buraco")


def test_where_reading_takes_long_nobody_waits_for_it(engine: Counting) -> None:
    vocabularies = Vocabularies(patience=0)
    assert knows(vocabularies, engine, "podar")
    take_in(engine, [document_of(service("Tapar buraco"))], "e.2")
    # The first reading also learns how words are spelt: it tells nothing of how long the next one takes.
    assert knows(vocabularies, engine, "buraco")
    take_in(engine, [document_of(service("Pedir muda"))], "e.3")
    assert not knows(vocabularies, engine, "muda")
    until = time.monotonic() + 10
    while not knows(vocabularies, engine, "muda"):
        assert time.monotonic() < until
        time.sleep(0.01)
    assert engine.readings == 3


def test_engines_and_locales_do_not_take_turns(engine: Counting, tmp_path: Path) -> None:
    other = Counting(tmp_path / "other")
    fill(other, [service("Podar árbol", locale="es"), service("Tapar buraco")], "e.1")
    vocabularies = Vocabularies()
    for _ in range(3):
        assert knows(vocabularies, engine, "podar")
        assert not knows(vocabularies, other, "podar")
        assert vocabularies.of(other, "es").frequency("exact", "arbol") == 1
    assert (engine.readings, other.readings) == (1, 2)


def test_without_an_index_there_are_no_words(tmp_path: Path) -> None:
    with pytest.raises(EngineError):
        Vocabularies().of(Embedded(tmp_path / "none"), "pt-br")
