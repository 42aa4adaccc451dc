"""Whatever comes in, what goes out is safe, normal and says the same."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.record.values import normalise_line, normalise_text
from services.rich_text import (
    SUMMARY_LENGTH,
    clean,
    from_markdown,
    from_wagtail,
    links,
    plain,
    readable,
    summary_of,
    text_from_markdown,
    to_wagtail,
)

CANONICAL = re.compile(
    r"(?:</?(?:p|ul|ol|li|strong|em|h3|h4)>|<br>|<a href=\"(?:https?://|mailto:|tel:|/(?!/))[^\"<>]*\">|</a>|[^<>])*"
)

_TAG_NAMES = (
    "p div b strong i em u span a ul ol li dl dt dd table tr td th h1 h2 h3 h4 h6 br hr pre blockquote script style "
    "svg math iframe img textarea select option title noscript template font center form button xyz embed"
)
_TAGS = _TAG_NAMES.split()
_ATTRIBUTES = st.sampled_from(
    [
        "",
        ' href="http://a.example/x y"',
        ' href="javascript:alert(1)"',
        ' href="//evil.example"',
        ' href="/\\evil.example"',
        ' href=" jav\tascript:x"',
        ' href="/s/abcdefgh23"',
        ' href="mailto:a@b.example"',
        " href='www.a.example'",
        ' href="http://[::1"',
        ' href="HTTPS://A.example/&quot;<>"',
        ' onclick="x()"',
        ' start="7"',
        ' start="x"',
        ' alt="foto > 1"',
        ' src="//v.example/1"',
        ' style="color:red"',
        ' data-block-key="ab1"',
    ]
)
_TEXT = st.text(
    st.one_of(
        st.sampled_from(list(" \n\t<>&\"'\\*_[]()#-`;:/.1234")),
        st.sampled_from(list("\u00a0\u200b\ufeff\u0301\u0338\u2028\x00\x0c\u3000é\u212b\ud800")),
        st.characters(),
    ),
    max_size=12,
)
_PIECE = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(_TAGS), _ATTRIBUTES),
    st.builds("</{}>".format, st.sampled_from(_TAGS)),
    st.sampled_from(
        [
            "&amp;",
            "&lt;b&gt;",
            "&nbsp;",
            "&#0;",
            "&#8203;",
            "&#x338;",
            "&",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<?x?>",
            "</",
        ]
    ),
    _TEXT,
)
NASTY = st.lists(_PIECE, max_size=25).map("".join)
THOROUGH = settings(max_examples=500, deadline=None)


@THOROUGH
@given(NASTY)
def test_cleaning_what_is_clean_changes_nothing(html: str) -> None:
    once = clean(html)
    assert clean(once) == once


_LATIN = st.text("aZé .,;!'\"=/%–—‘’“”•…¡¿ªº-\u00a0\u00ad\u0301&", max_size=12)
PARAGRAPHS = st.lists(st.one_of(_LATIN, st.sampled_from(["<br>", "</p><p>"])), max_size=8).map(
    lambda parts: f"<p>{''.join(parts)}</p>"
)


@THOROUGH
@given(st.one_of(NASTY, PARAGRAPHS))
def test_what_looks_clean_is_what_a_whole_reading_says(html: str) -> None:
    if "<" in html:
        assert clean(html) == from_wagtail(html, lambda kind, number: None)


@given(st.one_of(st.text(), _LATIN, st.lists(st.sampled_from(["a", "É", " ", "\n", "…"])).map("".join)))
def test_a_text_that_is_normal_stays_as_it_is(text: str) -> None:
    # A form feed at its end is no part of a text, but makes it one that has to be put in order.
    assert normalise_text(text) == normalise_text(f"{text}\f") == normalise_text(normalise_text(text))


@THOROUGH
@given(NASTY)
def test_only_the_safe_elements_come_out(html: str) -> None:
    once = clean(html)
    assert CANONICAL.fullmatch(once), once
    assert "\u200b" not in once
    assert not re.search(r"\s\s|\n|<p></p>|<li></li>", once)
    assert all(text == unicodedata.normalize("NFC", text) for text in re.findall(r"[^<>]+", once))


@THOROUGH
@given(NASTY)
def test_markdown_of_any_kind_gives_clean_html(text: str) -> None:
    html = from_markdown(text)
    assert clean(html) == html
    assert text_from_markdown(text) == readable(html)


@THOROUGH
@given(NASTY)
def test_what_an_editor_sees_comes_back_as_it_was(html: str) -> None:
    record = clean(html)
    assert from_wagtail(to_wagtail(record), lambda kind, number: None) == record


@THOROUGH
@given(NASTY)
def test_plain_text_needs_no_more_normalising(html: str) -> None:
    for line in plain(clean(html)).split("\n"):
        assert normalise_line(line) == line


@given(st.text())
def test_text_without_markup_keeps_every_word(text: str) -> None:
    bare = normalise_line(text.replace("<", "").replace("&", ""))
    assert plain(clean(bare)) == bare


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("só texto", "<p>só texto</p>"),
        ("", ""),
        ("  <p> </p><p>&nbsp;</p><ul><li></li></ul>", ""),
        ("<div>um<p>dois</p>três</div>", "<p>um</p><p>dois</p><p>três</p>"),
        ("<b>um </b>dois<i> três</i>", "<p><strong>um</strong> dois <em>três</em></p>"),
        ("<h1>A</h1><h2>B</h2><h3>C</h3><h5>D</h5>", "<h3>A</h3><h3>B</h3><h3>C</h3><h4>D</h4>"),
        ("<b><h1>A<br>B</h1></b>", "<h3><strong>A B</strong></h3>"),
        ("um<br><br>dois<br>três<br>", "<p>um</p><p>dois<br>três</p>"),
        ("e\u0301<b>\u200b</b>", "<p>é</p>"),
        ("<script>x()</script>fica<style>p{}</style>", "<p>fica</p>"),
        ("<p>Até 5 < 7 & 9</p>", "<p>Até 5 &lt; 7 &amp; 9</p>"),
        ('<a href="javascript:x()">texto</a>', "<p>texto</p>"),
        ('<a href="//mau.example">a</a><a href="/\\mau.example">b</a>', "<p>ab</p>"),
        ('<a href="http://a.example/"></a>', '<p><a href="http://a.example/">http://a.example/</a></p>'),
        ('<a href="www.a.example/x y">a</a>', '<p><a href="http://www.a.example/x%20y">a</a></p>'),
        ('<a href="ftp://a.example/f">baixe</a>', "<p>ftp://a.example/f baixe</p>"),
        ('<a href="http://a.example">a <b>b</b></a>', '<p><a href="http://a.example">a <strong>b</strong></a></p>'),
        ("<li>um</li> <li>dois</li> fim", "<ul><li>um</li><li>dois</li></ul><p>fim</p>"),
        ("<ul><li>um<ul><li>dois</ul>três</ul>", "<ul><li>um<ul><li>dois</li></ul>três</li></ul>"),
        ("<ol start=3><li>c<li>d</ol>", "<p>3. c</p><p>4. d</p>"),
        ("<ul><li><ol start=3><li>c</ol>x</ul>", "<ul><li>3. c<br>x</li></ul>"),
        ("<dl><dt>Onde</dt><dd>Aqui</dd></dl>", "<ul><li><strong>Onde</strong><br>Aqui</li></ul>"),
        (
            "<table><tr><th>Dia</th><th>Hora</th></tr><tr><td>seg</td><td>8</td></tr><tr><td>ter</td></tr></table>",
            "<ul><li>Dia: seg; Hora: 8</li><li>Dia: ter</li></ul>",
        ),
        ("<table><tr><td>a</td><td><p>b</p><p>c</p></td></tr></table>", "<ul><li>a | b c</li></ul>"),
        (
            '<iframe src="//v.example/1"></iframe>mapa',
            '<p><a href="https://v.example/1">https://v.example/1</a></p><p>mapa</p>',
        ),
        ('<img src="x.png" alt="Planta da praça">', "<p>Planta da praça</p>"),
        ("<pre>um\ndois</pre>", "<p>um<br>dois</p>"),
        ("<blockquote>dito</blockquote>", "<p>dito</p>"),
        ("</a></ul></li></strong>x", "<p>x</p>"),
    ],
)
def test_foreign_html_becomes_what_a_record_allows(html: str, expected: str) -> None:
    assert clean(html) == expected


def test_lists_that_no_one_would_nest_so_deep_are_flattened() -> None:
    html = "<ul><li>x" * 4000 + "</ul>" * 4000
    once = clean(html)
    assert once.count("<ul>") == 5
    assert once.count("x") == 4000
    assert clean(once) == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Onde:** na praça", "<p><strong>Onde:</strong> na praça</p>"),
        ("** Onde **: na __praça__", "<p><strong>Onde</strong> : na <strong>praça</strong></p>"),
        (
            "* um\n* dois\n\n1. três\n2. quatro",
            "<ul><li>um</li><li>dois</li></ul><ol><li>três</li><li>quatro</li></ol>",
        ),
        ("1. um\n\ntexto\n\n2. dois", "<ol><li>um</li></ol><p>texto</p><p>2. dois</p>"),
        ("• um;\n•\tdois.", "<ul><li>um;</li><li>dois.</li></ul>"),
        ("> um\n> dois", "<ul><li>um</li><li>dois</li></ul>"),
        ("Contrato: 30 dias\nEntrega: 10 dias", "<p>Contrato: 30 dias<br>Entrega: 10 dias</p>"),
        ("os últimos cinco\nanos", "<p>os últimos cinco anos</p>"),
        ("deve:\nter casa;\nmorar nela", "<p>deve:<br>ter casa;<br>morar nela</p>"),
        ("um  \ndois", "<p>um<br>dois</p>"),
        ("[mapa] (http://a.example/b c.pdf)", '<p><a href="http://a.example/b%20c.pdf">mapa</a></p>'),
        ("[mapa]: (http://a.example)", '<p><a href="http://a.example">mapa</a></p>'),
        ("{mapa](http://a.example)", '<p><a href="http://a.example">mapa</a></p>'),
        ("[mapa](javascript:x())", "<p>mapa</p>"),
        (
            "veja http://a.example/c_d_e?x=1&y=2.",
            '<p>veja <a href="http://a.example/c_d_e?x=1&amp;y=2">http://a.example/c_d_e?x=1&amp;y=2</a>.</p>',
        ),
        ("www.a.example", '<p><a href="http://www.a.example">www.a.example</a></p>'),
        ("<div>\n<p>um</p>\n**dois**\n</div>", "<p>um</p><p><strong>dois</strong></p>"),
        ("<ul>\n\n<li>um</li>\n\n<li>dois</li></ul>", "<ul><li>um</li><li>dois</li></ul>"),
        ("<script>x()</script>fica", "<p>fica</p>"),
        ("escreva <nome da mãe> e <60 dias>", "<p>escreva &lt;nome da mãe&gt; e &lt;60 dias&gt;</p>"),
        ("&nbsp;    \n\num", "<p>um</p>"),
        ("<ul><li>um</li<\n<li<b>dois</b></ul>", "<ul><li>um</li><li><strong>dois</strong></li></ul>"),
        ("    recuado", "<p>recuado</p>"),
        ("um\n---\ndois", "<p>um</p><p>dois</p>"),
        ("****", ""),
        ("P&D \\ 5 \\* 6", "<p>P&amp;D \\ 5 * 6</p>"),
    ],
)
def test_markdown_as_people_write_it(text: str, expected: str) -> None:
    assert from_markdown(text) == expected


def test_wagtail_links_are_resolved_or_become_text() -> None:
    html = (
        '<p data-block-key="a1">Veja <a linktype="page" id="3">o <b>serviço</b></a>, '
        '<a linktype="document" id="7">o edital</a> e <a linktype="page" id="9">nada</a>.</p><hr/>'
        '<embed embedtype="image" id="5" alt="Mapa" format="left"/><embed embedtype="media" url="https://v.example/1"/>'
    )
    hrefs = {("page", "3"): "/s/abcdefgh23", ("document", "7"): "/documents/7/edital.pdf"}
    assert from_wagtail(html, lambda kind, number: hrefs.get((kind, number))) == (
        '<p>Veja <a href="/s/abcdefgh23">o <strong>serviço</strong></a>, '
        '<a href="/documents/7/edital.pdf">o edital</a> e nada.</p><p>Mapa</p>'
        '<p><a href="https://v.example/1">https://v.example/1</a></p>'
    )


def test_a_wagtail_link_is_no_link_outside_of_wagtail() -> None:
    assert clean('<a linktype="page" id="3">texto</a>') == "<p>texto</p>"


def test_an_accent_joins_its_letter_across_styles() -> None:
    assert plain(clean("<p>e<b>\u0301</b></p>")) == "é"


def test_an_editor_gets_the_tags_that_it_writes_itself() -> None:
    assert (
        to_wagtail("<p><strong>a</strong> <em>b</em><br>&lt;strong&gt;</p>")
        == "<p><b>a</b> <i>b</i><br/>&lt;strong&gt;</p>"
    )


def test_links_to_entries_are_found_once_each_in_order() -> None:
    html = clean(
        '<a href="/s/bbbbbbbbbb#a">b</a> <a href="/s/aaaaaaaaaa">a</a> <a href="/s/bbbbbbbbbb">b</a> '
        '<a href="/s/curto">c</a> <a href="https://x.example/s/cccccccccc">d</a> href="/s/dddddddddd"'
    )
    assert links(html) == ["bbbbbbbbbb", "aaaaaaaaaa"]


def test_readable_text_keeps_lists_and_addresses() -> None:
    html = from_markdown("Leve:\n* o [formulário](https://a.example/f)\n* https://a.example/g\n\n1. um\n2. dois\n\nFim")
    assert readable(html) == (
        "Leve:\n- o formulário (https://a.example/f)\n- https://a.example/g\n1. um\n2. dois\n\nFim"
    )
    assert plain(html) == "Leve:\no formulário\nhttps://a.example/g\num\ndois\nFim"


def test_a_summary_ends_with_a_sentence_that_fits() -> None:
    first = "O prazo do art. 5 da Lei nº. 10 é contado em dias úteis. " + "Outra frase do mesmo texto aqui. " * 7
    html = from_markdown(first + "A frase que já não cabe no resumo e por isso fica de fora dele.")
    assert summary_of(html) == first.strip()


def test_a_summary_without_a_sentence_ends_with_a_word() -> None:
    summary = summary_of("<p>" + "palavra " * 80 + "</p>")
    assert summary.endswith("palavra…")
    assert len(summary) <= SUMMARY_LENGTH


@given(st.text(st.sampled_from("ab .!?…,A1é\n<&"), max_size=900))
def test_a_summary_is_the_start_of_the_text_and_never_too_long(text: str) -> None:
    html = clean(text)
    summary = summary_of(html)
    assert len(summary) <= SUMMARY_LENGTH
    assert " ".join(plain(html).split()).startswith(summary.removesuffix("…").rstrip())
