"""Where a text first uses a word of the glossary, and where it is left alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.reading.marking import MOST, Explained, Marker

WORDS = [
    Explained("alvará", "Licença da Prefeitura.", ("alvará", "alvarás")),
    Explained("alvará de funcionamento", "Licença para abrir as portas."),
    Explained("CAR", "Cadastro Ambiental Rural."),
    Explained("dívida ativa", "Conta que não foi paga e virou cobrança."),
    Explained("NIS", 'Número de quem está no "CadÚnico" & outros.'),
]
MARKER = Marker.of(WORDS)


def _marked(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<a class="c-term" href="/g/#([^"]*)" title="[^"]*">([^<]*)</a>', MARKER.mark(html, "/g/"))


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Peça o alvará.</p>", [("alvara", "alvará")]),
        ("<p>ALVARA e alvarás</p>", [("alvara", "ALVARA")]),
        ("<p>O Alvará de  Funcionamento vale um ano.</p>", [("alvara-de-funcionamento", "Alvará de  Funcionamento")]),
        ("<p>Alvará de obra e alvará de funcionamento</p>", [("alvara", "Alvará"), ("alvara-de-funcionamento",) * 2]),
        ("<p>Dívida ativa</p><p>divida ativa</p>", [("divida-ativa", "Dívida ativa")]),
        ("<p>dívida, ativa; dívida</p>", []),
        ("<p>dívida <b>ativa</b></p>", []),
        ("<p>alvaráes, pré-alvará, alvara2</p>", []),
        ("<p>car, Car e CAR</p>", [("car", "CAR")]),
        ("<p>&NIS; é uma entidade; NIS não.</p>", [("nis", "NIS")]),
        ('<h2>Alvará</h2><a href="/x/">alvará <b>e</b> NIS</a><p>NIS</p>', [("nis", "NIS")]),
        ("<summary>NIS</summary><button>NIS</button><label>NIS</label>", []),
        ("<form><div>NIS</div></form><nav><ul><li>NIS</li></ul></nav>", []),
        ('<div hidden><div>NIS</div> NIS</div><span class="c-hidden">NIS</span>', []),
        ('<p lang="en">NIS</p><!-- NIS --><img alt="NIS"><p>NIS</p>', [("nis", "NIS")]),
        ("<dfn>NIS</dfn><svg><text>NIS</text></svg>", []),
    ],
)
def test_what_is_marked(html: str, found: list[tuple[str, str]]) -> None:
    expected = [(anchor, text if text != anchor else "alvará de funcionamento") for anchor, text in found]
    assert _marked(html) == expected


def test_what_it_means_is_told_safely() -> None:
    html = MARKER.mark("<p>Tenha o NIS</p>", "/g/")
    assert 'title="Número de quem está no &quot;CadÚnico&quot; &amp; outros."' in html


def test_a_page_is_not_all_links() -> None:
    many = [Explained(f"palavra{number}", "Uma palavra.") for number in range(MOST + 9)]
    html = Marker.of(many).mark(f"<p>{' '.join(word.term for word in many)}</p>", "/g/")
    assert html.count("c-term") == MOST


@given(st.text(alphabet="aábv NIS<>/&;h2p\"'=-\n", max_size=60))
def test_no_letter_of_a_page_is_lost(text: str) -> None:
    html = f"<p>{text}</p> alvará de funcionamento"
    unmarked = re.sub(r'<a class="c-term"[^>]*>(.*?)</a>', r"\1", MARKER.mark(html, "/g/"), flags=re.DOTALL)
    assert unmarked == html
