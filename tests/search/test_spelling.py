"""Words near a misspelt one."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from search.spelling import Spelling, distance
from search.text import fold, language_of

WORDS = {"certidao": 5, "certificado": 3, "cartao": 9, "carta": 1, "arvore": 2, "isencao": 4, "iptu": 7}
LETTERS = st.text(alphabet="abcde", min_size=1, max_size=12)


def spelling(words: dict[str, int]) -> Spelling:
    learnt = Spelling()
    learnt.learn(words)
    return learnt


def test_one_edit_and_a_swap_are_near() -> None:
    near = spelling(WORDS)
    for misspelt in ("certdao", "certidaoo", "certidaa", "cretidao"):
        assert near.near(misspelt, WORDS) == [("certidao", 1)], misspelt


def test_two_edits_are_forgiven_in_long_words_only() -> None:
    for misspelt in ("certiificaddo", "cdrtificaddo", "cetificaado"):
        assert spelling(WORDS).near(misspelt, WORDS) == [("certificado", 2)], misspelt
    assert spelling(WORDS).near("avore", WORDS) == [("arvore", 1)]
    assert spelling(WORDS).near("avoer", WORDS) == []


def test_nearest_first_then_the_commonest() -> None:
    assert spelling(WORDS).near("cartaa", WORDS) == [("cartao", 1), ("carta", 1)]


def test_numbers_are_never_respelt() -> None:
    assert spelling({"2015": 3}).near("2025", {"2015": 3}) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("crexe", "creche"),
        ("abilitassão", "habilitação"),
        ("xuvero", "chuveiro"),
        ("auvara", "alvará"),
        ("raxada", "rachada"),
        ("exijencia", "exigência"),
    ],
)
def test_words_that_sound_alike_are_near(written: str, meant: str) -> None:
    portuguese = Spelling(language_of("pt"))
    words = {fold(meant): 1}
    portuguese.learn(words)
    assert [word for word, _edits in portuguese.near(fold(written), words)] == [fold(meant)]


def test_a_family_shares_a_root() -> None:
    portuguese = Spelling(language_of("pt"))
    portuguese.learn(["renovacao", "renovar", "renovador", "reno"])
    frequencies = {"renovaca": 3, "renov": 5}
    assert portuguese.family("renovaca", frequencies) == ["renov"]
    assert portuguese.family("renov", frequencies) == ["renovaca"]
    assert spelling(WORDS).family("cart", {"cart": 1}) == []


def test_words_that_left_the_index_are_not_offered() -> None:
    learnt = spelling(WORDS)
    assert learnt.near("arvorre", WORDS) == [("arvore", 1)]
    assert learnt.near("arvorre", {"iptu": 1}) == []


def test_words_learnt_later_are_found_by_who_asked_before() -> None:
    learnt = spelling(WORDS)
    assert learnt.near("matricla", WORDS) == []
    more = WORDS | {"matricula": 1}
    learnt.learn(more)
    assert learnt.near("matricla", more) == [("matricula", 1)]


@given(LETTERS, LETTERS)
def test_distance_is_the_same_both_ways(a: str, b: str) -> None:
    assert distance(a, b, 20) == distance(b, a, 20)
    assert (distance(a, b, 20) == 0) == (a == b)


@given(st.text(alphabet=string.ascii_lowercase, min_size=4, max_size=20), st.data())
def test_any_single_edit_is_undone(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(string.ascii_lowercase))
    edited = data.draw(
        st.sampled_from(
            [word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]]
        )
    )
    assume(len(edited) >= 4 and edited != word)
    assert spelling({word: 1}).near(edited, {word: 1}) == [(word, 1)]
