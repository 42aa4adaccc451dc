"""What a person typed, taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import MOST_WORDS, read_query
from search.text import language_of

PT = language_of("pt")


@pytest.mark.parametrize(
    ("typed", "words", "phrases", "without"),
    [
        ("segunda via do IPTU", "2 via iptu", [], []),
        ('"segunda via" do IPTU', "2 via iptu", ["2 via"], []),
        ("“nada consta” «da casa»", "nada consta casa", ["nada consta", "casa"], []),
        ("iptu -casa -e-SIC -guarda-roupa", "iptu", [], ["casa", "sic", "esic", "guarda roupa", "guardaroupa"]),
        ('iptu -"nada consta" -"uma coisa muito comprida"', "iptu", [], ["nada consta"]),
        ("e-SIC", "sic", [], []),
        ("iptu - casa --mais", "iptu casa mais", [], []),
        ("-iptu\n-casa", "iptu casa", [], []),
        ('tubo de 40" e 50"', "tubo 40 50", [], []),
        ('"iptu', "iptu", [], []),
        ("a OR (b AND title:c)^2 ~d*", "or b and title c 2 d", [], []),
        ("\x00🙂\u202e", "", [], []),
    ],
)
def test_phrases_and_minus_signs_are_all_that_is_read(
    typed: str, words: str, phrases: list[str], without: list[str]
) -> None:
    query = read_query(typed, PT)
    assert " ".join(query.words) == words
    assert [" ".join(phrase) for phrase in query.phrases] == phrases
    assert [" ".join(unwanted) for unwanted in query.without] == without


def test_words_that_only_ask_are_kept_aside() -> None:
    query = read_query("onde eu tiro a minha carteira", PT)
    assert query.words == ("tiro", "carteira")
    assert query.whole == ("onde", "eu", "tiro", "minha", "carteira")


@given(st.lists(st.sampled_from(['"', "-", "“", "”", " ", "a", "casa ", "-casa ", '"a b c"', "\n", "é"])).map("".join))
def test_whatever_is_marked_is_bounded(typed: str) -> None:
    query = read_query(typed * 20, PT)
    assert len(query.words) <= len(query.whole) <= MOST_WORDS
    assert sum(map(len, query.phrases)) <= MOST_WORDS >= sum(map(len, query.without))
    assert all(1 <= len(words) <= 2 for words in query.without)
    assert all(query.phrases)
