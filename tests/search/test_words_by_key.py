"""What is packed is what a dictionary would hold, in a tenth of its memory."""

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from search import words_by_key
from search.spelling import Spelling
from search.text import language_of
from search.words_by_key import WordsByKey

ENTRIES = st.lists(st.tuples(st.text(alphabet="abc", max_size=3), st.integers(0, 200)), max_size=60)


@given(st.lists(ENTRIES, max_size=6), st.integers(0, 40))
def test_every_entry_stands_under_its_key_however_they_came(batches: list[list[tuple[str, int]]], late: int) -> None:
    most, words_by_key._MOST_LATE = words_by_key._MOST_LATE, late
    try:
        index = WordsByKey()
        wanted: dict[str, list[int]] = {}
        for batch in batches:
            index.add(batch)
            for key, number in batch:
                wanted.setdefault(key, []).append(number)
            for key in ("", "a", "ab", "abc", "nenhuma", *wanted):
                assert sorted(index.under(key)) == sorted(wanted.get(key, []))
    finally:
        words_by_key._MOST_LATE = most


def test_a_citys_words_take_little_memory() -> None:
    syllables = ["ca", "de", "lo", "mi", "nu", "pra", "ser", "tão", "vi", "xe"]
    words = [a + b + c + d for a in syllables for b in syllables for c in syllables for d in syllables]
    spelling = Spelling(language_of("pt"))
    tracemalloc.start()
    try:
        spelling.learn(words)
        held, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(words) == 10_000
    # As dictionaries of tuples they took twenty.
    assert held < 4 * 2**20
    assert spelling.near("cadelmi", {"cadelomi": 1}) == [("cadelomi", 1)]
