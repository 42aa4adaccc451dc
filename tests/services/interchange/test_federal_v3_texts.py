"""Texts of the federal files, read the short way and the long one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.interchange.federal_v3_texts import link_or_text

ADDRESSES = st.text("abZ09./?=%#+:-_~&()*", max_size=20).map(lambda rest: f"https://Águas.example{rest}"[:40])


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
