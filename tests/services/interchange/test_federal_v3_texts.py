"""What the federal files say in words, in the form of a record's fields."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.interchange.federal_v3_fields import NAMESPACE
from services.interchange.federal_v3_steps import time_estimate
from services.interchange.federal_v3_texts import laws, link_or_text
from services.record.values import TimeEstimate

ADDRESSES = st.text("abZ09./?=%#+:-_~&()*", max_size=20).map(lambda rest: f"https://Águas.example{rest}"[:40])


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("-", []),
        ("Lei 1;\nLei 2", [("Lei 1;\nLei 2", "")]),
        (
            "[A](http://l.example/a) - Trata de a;\n[B](http://l.example/b)",
            [("A - Trata de a", "http://l.example/a"), ("B", "http://l.example/b")],
        ),
        (
            "A: [aqui](http://l.example/a); B: [ali](http://l.example/b)",
            [("A: aqui", "http://l.example/a"), ("B: ali", "http://l.example/b")],
        ),
        (
            "* [A](http://l.example/a)\n* [B](http://l.example/b)",
            [("A", "http://l.example/a"), ("B", "http://l.example/b")],
        ),
        ("http://l.example/a", [("", "http://l.example/a")]),
        ("Lei 1 - http://l.example/1.pdf\nLei 2: Outra.", [("Lei 1\nLei 2: Outra.", "http://l.example/1.pdf")]),
        ("Lei 1: http://l.example/1", [("Lei 1", "http://l.example/1")]),
        ("Lei 1, vista em http://l.example/1", [("Lei 1, vista em http://l.example/1", "http://l.example/1")]),
        ("Lei 1(http://l.example/1.htm).", [("Lei 1.", "http://l.example/1.htm")]),
        (
            "Consulte pelo endereço http://l.example/1.",
            [("Consulte pelo endereço http://l.example/1.", "http://l.example/1")],
        ),
        (
            "[A](http://l.example/a) e [B](http://l.example/b)",
            [("A", "http://l.example/a"), ("B", "http://l.example/b")],
        ),
        ("[A])(http://l.example/a)", [("A", "http://l.example/a")]),
        # The address belongs to another law than the words below it.
        ("http://l.example/a.htm\nPortaria 2", [("", "http://l.example/a.htm"), ("Portaria 2", "")]),
        # What is left of a broken address is no address.
        (
            "Lei 1, disponível em http://l.example/leis 2009/lei 1.pdf",
            [("Lei 1, disponível em http://l.example/leis 2009/lei 1.pdf", "")],
        ),
        ("Lei 1 (http://l.example/leis_\n2009/1.htm)", [("Lei 1 (http://l.example/leis_\n2009/1.htm)", "")]),
    ],
)
def test_laws(raw: str, expected: list[tuple[str, str]]) -> None:
    assert [(law.title, law.url) for law in laws(raw)] == expected


@pytest.mark.parametrize(
    ("said", "note", "meant"),
    [
        ('<entre min="0" max="0" unidade="meses"/>', "Depende da chuva", "not_estimated"),
        ('<ate max="0" unidade="minutos"/>', "Este pedido é imediato", "immediate"),
    ],
)
def test_a_time_left_at_zero_is_what_its_note_says(said: str, note: str, meant: str) -> None:
    inside = f"{said}<descricao>{note}</descricao>"
    element = ET.fromstring(f'<tempo-total-estimado xmlns="{NAMESPACE}">{inside}</tempo-total-estimado>')  # noqa: S314
    assert time_estimate(element) == TimeEstimate(type=meant, note=note)


@pytest.mark.parametrize(
    ("raw", "text", "url"),
    [
        ("https://aguas.example/pedido?tipo=1", "", "https://aguas.example/pedido?tipo=1"),
        ("HTTPS://aguas.example", "", "https://aguas.example"),
        ("[Águas](https://aguas.example)", "Águas", "https://aguas.example"),
        ("Ligue 0800", "Ligue 0800", ""),
    ],
)
def test_a_channel_is_an_address_or_says_something(raw: str, text: str, url: str) -> None:
    assert link_or_text(raw) == (text, url)


@given(st.one_of(ADDRESSES, ADDRESSES.map(lambda address: address.replace("Á", "a"))))
def test_an_address_alone_is_read_as_any_text_is(raw: str) -> None:
    # With a line end behind it, it goes the long way.
    assert link_or_text(raw) == link_or_text(f"{raw}\n")
