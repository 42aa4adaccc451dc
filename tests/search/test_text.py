"""Text becomes words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import LONGEST_WORD, fold, initials, language_of, without_markup

PT = language_of("pt-BR")


@pytest.mark.parametrize("written", ["2ª via", "2a via", "2 via", "segunda via", "SEGUNDA VIA", "2.ª via", "2as vias"])
def test_ordinals_have_one_spelling(written: str) -> None:
    assert [PT.stem(word) for word in PT.words(written)] == ["2", "via"]


def test_folding_drops_case_accents_and_ordinal_marks() -> None:
    assert fold("Emissão de CERTIDÃO, 1º ofício ™") == "emissao de certidao, 1  oficio tm"


def test_stop_words_are_left_out_unless_there_is_nothing_else() -> None:
    assert PT.content("corte de árvore na rua") == ["corte", "arvore", "rua"]
    assert PT.content("que de") == ["que", "de"]


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        (("certidões", "certidão"), "certida"),
        (("animais", "animal"), "animal"),
        (("imóveis", "imóvel"), "imovel"),
        (("vagas", "vaga"), "vaga"),
        (("médicas", "médicos", "médica"), "medic"),
        (("bens", "bem"), "bem"),
        (("podar", "poda", "podas"), "poda"),
        (("registrar", "registro", "registros"), "registr"),
        (("ônibus",), "onibus"),
    ],
)
def test_plural_gender_and_infinitive_share_a_stem(words: tuple[str, ...], stem: str) -> None:
    assert {PT.stem(word) for text in words for word in PT.words(text)} == {stem}


def test_compounds_are_also_one_word() -> None:
    assert PT.joins("pedir no e-SIC com C.P.F. em dia") == ["esic", "cpf"]


def test_sentences_keep_words_of_different_sentences_apart() -> None:
    assert PT.sentences("Poda de árvore. Rua escura\nLuz") == [["poda", "arvore"], ["rua", "escura"], ["luz"]]


def test_initials_of_three_to_six_words() -> None:
    assert set(initials(["imposto", "predial", "territorial", "urbano"])) == {"ipt", "ptu", "iptu"}
    assert list(initials(["imposto", "predial"])) == []


def test_markup_is_no_text() -> None:
    assert without_markup("<p>Traga <strong>RG</strong> &amp; CPF</p>").split() == ["Traga", "RG", "&", "CPF"]


def test_languages_have_their_own_stop_words_and_unknown_ones_read_as_english() -> None:
    assert language_of("es").content("la poda del árbol") == ["poda", "arbol"]
    assert language_of("en-GB").content("the cutting of trees") == ["cutting", "trees"]
    assert language_of("de") is language_of("en")


@given(st.text())
def test_words_of_any_text_are_folded_and_without_separators(text: str) -> None:
    for word in PT.words(text):
        assert 0 < len(word) <= LONGEST_WORD
        assert "_" not in word
        assert not any(character.isspace() for character in word)
        assert PT.words(word) == [word]
        assert PT.stem(word)
