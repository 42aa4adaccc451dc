"""Text becomes words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import LONGEST_WORD, fold, initials, language_of, without_markup

PT = language_of("pt-BR")


@pytest.mark.parametrize(
    "written",
    [
        "2ª via",
        "2a via",
        "2 via",
        "segunda via",
        "SEGUNDA VIA",
        "2.ª via",
        "2as vias",
        "2a. via",
        "2avia",
        "2via",
        "2ºvia",
    ],
)
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
    assert PT.joins("pedir no e-SIC o guarda-roupa") == ["esic", "guardaroupa"]


@pytest.mark.parametrize("written", ["I.P.T.U.", "i.p.t.u", "IPTU", "I.P.T.U.?", "(I.P.T.U.)"])
def test_an_acronym_is_one_word_with_and_without_dots(written: str) -> None:
    assert PT.words(f"do {written} 2027") == ["do", "iptu", "2027"]


def test_other_dots_part_words() -> None:
    assert PT.words("Av. A.B.Lima, art. 1.2.3, www.x.ba.gov.br") == [
        *("av", "ab", "lima", "art", "1", "2", "3", "www", "x", "ba", "gov", "br")
    ]


def test_words_that_only_ask_are_left_out_of_queries_alone() -> None:
    assert PT.asked("como faço pra tirar a minha carteira") == ["tirar", "carteira"]
    assert PT.content("como faço") == PT.asked("como faço") == ["como", "faco"]
    assert language_of("es").asked("¿dónde puedo pagar?") == ["pagar"]
    assert language_of("en").asked("Where do I pay my taxes?") == ["pay", "taxes"]


def test_copies_are_counted_in_each_language() -> None:
    assert language_of("es").words("Segunda copia, 2ª copia") == ["2", "copia", "2", "copia"]
    assert language_of("en").words("second copy, 2nd copies") == ["2", "copy", "2", "copies"]
    assert PT.words("terceira idade") == ["terceira", "idade"]


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
