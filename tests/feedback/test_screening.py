"""What in a comment may tell of a person or offend one (LGPD art. 6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.officials import official_names
from feedback.screening import marks, marks_of
from tests.records import put_record, secretariat

NAMES = ["Maria das Graças de Souza", "João Péricles"]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Meu CPF é 529.982.247-25, ok?", "cpf", "529.982.247-25"),
        ("cpf 52998224725", "cpf", "52998224725"),
        ("Ligue (77) 99999-1234 hoje", "phone", "(77) 99999-1234"),
        ("meu zap 77999991234", "phone", "77999991234"),
        ("escreva a ana.souza@mail.example já", "email", "ana.souza@mail.example"),
        ("o carro ABC-1D23 parado", "plate", "ABC-1D23"),
        ("o carro abc 1234 parado", "plate", "abc 1234"),
        ("A maria das gracas de souza me atendeu", "official", "maria das gracas de souza"),
        ("Falei com Maria Souza.", "official", "Maria Souza"),
        ("JOAO PERICLES foi gentil", "official", "JOAO PERICLES"),
        ("São uns IMBECIS? Imbecil!", "offence", "Imbecil"),
        ("a fila é uma desgraçada", "offence", "desgraçada"),
    ],
)
def test_what_tells_of_a_person_is_marked_where_it_stands(text: str, kind: str, found: str) -> None:
    (mark,) = marks(text, NAMES)
    assert (mark.kind, text[mark.start : mark.end]) == (kind, found)
    assert str(mark)


@pytest.mark.parametrize(
    "text",
    [
        "Demorou três semanas e ninguém ligou.",
        "Fui em 2026 e o IPTU 2026 já tinha saído.",
        "A fila tinha 40 pessoas às 8h30.",
        "Maria é nome de muita gente",
        "Souza, Maria e João",
        "O ladrão quebrou o poste, o burro está solto e o computador parou",
        "",
    ],
)
def test_what_tells_of_nobody_is_not(text: str) -> None:
    assert marks(text, NAMES) == []


def test_a_number_of_no_known_kind_is_looked_at_too() -> None:
    assert [mark.kind for mark in marks("processo 1234567/89", [])] == ["number"]


def test_several_in_one_text_come_in_order_and_one_of_each_kind_for_a_list() -> None:
    text = "a@b.example, c@d.example, (77) 3000-0000"
    assert [mark.kind for mark in marks(text, [])] == ["email", "email", "phone"]
    assert sorted(mark.kind for mark in marks_of(text)) == ["email", "phone"]


@given(st.text(max_size=200))
def test_any_text_is_screened_and_every_place_is_in_it(text: str) -> None:
    for mark in marks(text, NAMES):
        assert 0 <= mark.start < mark.end <= len(text)


@given(st.integers(10**10, 10**11 - 1))
def test_no_eleven_digits_pass(number: int) -> None:
    assert marks(f"x {number} y", [])


@pytest.mark.django_db
def test_the_names_are_those_that_bodies_publish() -> None:
    put_record(secretariat(head="Secretária: Maria das Graças de Souza"))
    put_record(secretariat("Obras", head="Secretário João Péricles (interino)"))
    text = "Maria Souza e o Secretário João Péricles"
    assert [mark.kind for mark in marks(text, official_names())] == ["official", "official"]
