"""The observatory's pages: light, the same for all, whole without script, and in a frame only where they may."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from home.observatory.charts import chart
from home.observatory.keeping import keep_tables
from home.observatory.register import SECTIONS, TABLES
from home.observatory.shape import Row
from tests.home.observatory import known_city

PAGES = ["/observatorio/", "/observatorio/dados/", *(f"/observatorio/{section.name}/" for section in SECTIONS)]


def test_pages_cost_few_queries_and_fewer_when_kept(
    client: Client, city: Any, django_assert_max_num_queries: Any
) -> None:
    for address in [*PAGES, "/observatorio/carta/?embed=1"]:
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200, address
        with django_assert_max_num_queries(2):
            client.get(address)


@pytest.mark.parametrize("address", ["/observatorio/", "/observatorio/carta/", "/observatorio/carta/?embed=1"])
def test_a_page_is_kept_by_caches_and_asked_for_again(client: Client, city: Any, address: str) -> None:
    page = client.get(address)
    assert re.match(r"public, max-age=\d+", page["Cache-Control"])
    assert not page.cookies
    again = client.get(address, headers={"If-None-Match": page["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address.replace("/observatorio", "/en/observatorio"))["ETag"] != page["ETag"]


def test_new_figures_are_on_the_page_at_once(client: Client, city: Any) -> None:
    before = client.get("/observatorio/satisfacao/")
    known_city.rate(known_city.STAGE, 0, 0, 0, 0, 50)
    keep_tables(known_city.AT + timedelta(seconds=1))
    after = client.get("/observatorio/satisfacao/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "52,5%" in before.content.decode()
    assert "80%" in after.content.decode()


def test_only_what_is_made_for_frames_may_be_in_one(client: Client, city: Any) -> None:
    whole, embedded = client.get("/observatorio/carta/"), client.get("/observatorio/carta/?embed=1")
    assert whole["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in whole["Content-Security-Policy"]
    assert "X-Frame-Options" not in embedded
    assert "frame-ancestors *" in embedded["Content-Security-Policy"]
    assert "script-src 'self'" in embedded["Content-Security-Policy"]
    html = embedded.content.decode()
    assert "<header" not in html
    assert "<form" not in html
    assert "<script" not in html
    assert 'href="http://testserver/observatorio/carta/"' in html
    # The one kept for frames is not given out as the page, nor the other way round.
    assert "<form" in client.get("/observatorio/carta/").content.decode()


def test_every_chart_has_words_and_a_table_with_the_same_numbers(client: Client, city: Any) -> None:
    html = client.get("/observatorio/").content.decode()
    charts = re.findall(r'<svg class="o-chart" role="img" aria-labelledby="(\S+) (\S+)"(.*?)</svg>', html, re.DOTALL)
    assert len(charts) >= 4
    for title, description, drawn in charts:
        assert f'<title id="{title}">' in drawn
        assert f'<desc id="{description}">' in drawn
    tables = re.findall(r"<table>(.*?)</table>", html, re.DOTALL)
    for _title, _description, drawn in charts:
        values = re.findall(r'text-anchor="end">([^<]+)<', drawn)
        assert any(all(f">{value}<" in table for value in values) for table in tables), values
    assert not re.search(r"\sstyle=", html)


def test_bars_are_as_long_as_their_numbers() -> None:
    rows: list[Row] = [
        {"orgao": "Secretaria Municipal de Desenvolvimento Social e Direitos", "reclamacoes": 40},
        {"orgao": "Guarda", "reclamacoes": 10},
        {"orgao": "Ninguém", "reclamacoes": None},
        {"orgao": "Nada", "reclamacoes": 0},
    ]
    drawn = chart(TABLES["reclamacoes-orgaos"], rows)
    assert drawn is not None
    assert [(bar.label[:6], bar.width, len(bar.lines)) for bar in drawn.bars] == [
        ("Secret", "100.00%", 2),
        ("Guarda", "25.00%", 1),
    ]
    assert "40" in drawn.description
    assert chart(TABLES["reclamacoes-orgaos"], rows[2:]) is None


def test_shares_are_of_the_whole_and_have_their_interval() -> None:
    row: Row = {"orgao": "Guarda", "satisfeitas": 50.0, "satisfeitas_min": 40.2, "satisfeitas_max": 59.8}
    drawn = chart(TABLES["avaliacoes-orgaos"], [row])
    assert drawn is not None
    assert [(bar.width, bar.low, bar.high) for bar in drawn.bars] == [("50.00%", "40.20%", "59.80%")]
    assert drawn.with_intervals


def test_before_the_first_making_each_section_says_that_there_is_nothing(client: Client, db: None) -> None:
    html = client.get("/observatorio/").content.decode()
    for section in SECTIONS:
        assert str(section.nothing) in html
    assert "ainda não foram calculados" in html


def test_unknown_sections_are_not_found(client: Client, db: None) -> None:
    assert client.get("/observatorio/nada/").status_code == 404
    assert client.post("/observatorio/").status_code == 405


def test_it_is_linked_from_the_first_page_the_foot_and_the_site_map(client: Client, db: None) -> None:
    for address in ("/", "/servicos/"):
        assert 'href="/observatorio/"' in client.get(address).content.decode()
    found = client.get("/sitemap-observatory.xml").content.decode()
    assert "/observatorio/satisfacao/" in found
    assert "/en/observatorio/dados/" in found


def test_it_reads_in_english_with_the_names_of_the_city(client: Client, city: Any) -> None:
    html = client.get("/en/observatorio/").content.decode()
    assert '<html lang="en">' in html
    # Nobody translated what the city calls its bodies: it is read aloud in its own language.
    assert re.search(rf'lang="pt-BR">(?:<a[^>]*>)?{known_city.HEALTH.title}', html)
    assert "52.5%" in html
    assert timezone.is_aware(known_city.AT)
