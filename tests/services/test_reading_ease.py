"""Syllables as Brazil counts them, and Flesch's index for Portuguese (Martins and others, 1996)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.plain_language import reading_ease
from services.plain_language.syllables import count_syllables

#: Divided by hand.
_DIVIDED = """
a-ção á-gua a-in-da a-rá-bi-co a-é-reo á-rea ar-ma-zém au-men-tar au-xí-lio a-vi-ão a-ve-ni-da ba-í-a bair-ro
ca-ir ca-ne-ta ci-ên-cias co-o-pe-rar cons-ti-tu-i-ção cons-tru-iu con-tri-bu-in-te con-tí-nuo cre-em cri-an-ça
cui-da-do deus di-a dis-tin-guiu di-ur-no do-cu-men-tos dois fa-mí-lia fui gra-tui-to guer-ra his-tó-ria i-dei-a
i-gual in-for-ma-ção ins-cri-ção ju-iz ju-í-zes lin-gua-gem lin-gui-ça mãe mai-o mais má-go-a-do mo-i-nho mui-to
neu-rô-nio ó-leo ô-ni-bus ór-gão pa-ís pneu po-lí-cia po-li-ci-al prai-a pre-fei-tu-ra pro-i-bi-do psi-có-lo-go
qua-tro quem quin-ze ra-i-nha ra-iz re-que-ri-men-to re-u-ni-ão re-u-ti-li-zar ru-a ru-í-do ru-im sa-iu sa-ú-de
se-cre-ta-ri-a se-guin-te tê-nue tra-ba-lha-dor trei-no tri-un-fo U-ru-guai vi-a-gem viu vo-o
"""
DIVIDED = _DIVIDED.split()


@pytest.mark.parametrize("divided", DIVIDED)
def test_syllables_are_those_of_the_hand(divided: str) -> None:
    assert count_syllables(divided.replace("-", "")) == divided.count("-") + 1


def test_there_are_words_enough() -> None:
    assert len(DIVIDED) >= 60


@given(word=st.text(st.sampled_from("abcdeéfgiíklmnoõpqrstuúvxzãçh-"), max_size=20))
def test_a_word_has_a_syllable_at_least_and_none_without_a_vowel_more(word: str) -> None:
    vowels = sum(letter in "aeéiíoõuúã" for letter in word)
    parts = max(len([part for part in word.split("-") if part]), 1)
    assert 1 <= count_syllables(word) <= vowels + parts
    assert count_syllables(word.upper()) == count_syllables(word)


@given(parts=st.lists(st.sampled_from(["guarda", "chuva", "feira", "água"]), min_size=1, max_size=4))
def test_a_compound_has_the_syllables_of_its_parts(parts: list[str]) -> None:
    assert count_syllables("-".join(parts)) == sum(map(count_syllables, parts))


def test_the_figure_is_that_of_the_formula() -> None:
    # Eight words of 15 syllables in two sentences: 248.835 - 1.015 * 4 - 84.6 * 15 / 8 = 86.15.
    ease = reading_ease("A feira abre cedo. A loja fecha tardinha.")
    assert ease is not None
    assert (ease.words, ease.sentences, ease.syllables, ease.score) == (8, 2, 15, 86)


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("O posto abre às sete. Leve seu cartão. Você não paga nada.", "muito fácil"),
        ("A equipe visita a residência em cinco dias e confere o telhado.", "fácil"),
        (
            "A solicitação de autorização para funcionamento do estabelecimento depende da documentação apresentada.",
            "muito difícil",
        ),
    ],
)
def test_bands_are_those_of_the_work(text: str, band: str) -> None:
    ease = reading_ease(text)
    assert ease is not None
    assert ease.band == band


def test_a_text_without_words_has_no_figure() -> None:
    assert reading_ease("") is reading_ease("156, 13h30!") is None


@given(text=st.text(max_size=80))
def test_the_figure_is_within_its_bounds(text: str) -> None:
    ease = reading_ease(text)
    if ease is not None:
        assert 0 <= ease.score <= 100
        assert ease.band
