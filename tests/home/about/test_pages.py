"""The site's map, its accessibility and what it keeps of its visitors."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from conecta_site import caching
from home import identity
from home.about import views
from home.about.statement import BY_ALL_TEMPLATES, last_statement
from home.identity import city_identity
from services import page_sources
from tests import records
from tests.services.portal import page

PATHS = ("/mapa-do-site/", "/acessibilidade/", "/privacidade/")


def written(folder: Path, told: Any) -> Path:
    path = folder / "acessibilidade.json"
    path.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    return path


def test_the_statement_is_what_the_check_left(tmp_path: Path) -> None:
    told = {"date": "2026-11-27", "pages": 40, "findings": [{"text": "Um título se repete.", "page": "/"}, "Outro."]}
    found = last_statement(written(tmp_path, told | {"known": ["PDF antigos."], "by": "Com o axe."}))
    assert found is not None
    assert (found.date, found.pages, found.findings, found.by) == (date(2026, 11, 27), 40, 2, "Com o axe.")
    assert found.known == ("Um título se repete.", "Outro.", "PDF antigos.")
    none = last_statement(written(tmp_path, told | {"findings": 0}))
    assert none is not None
    assert none.findings == 0


@pytest.mark.parametrize("told", ["", "[]", "{}", '{"date": "ontem", "pages": 1, "findings": 0}', "null", "\x00"])
def test_what_can_not_be_read_states_nothing(told: str, tmp_path: Path) -> None:
    assert last_statement(written(tmp_path, told)) is None


def test_without_a_file_nothing_is_stated(tmp_path: Path) -> None:
    assert last_statement(tmp_path / "nada.json") is None


@pytest.mark.django_db
def test_the_page_claims_only_what_was_checked(client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(views, "last_statement", lambda: None)
    assert "não afirmamos que o site cumpre tudo" in page(client, "/acessibilidade/")
    path = written(tmp_path, {"date": "2026-11-27", "pages": 40, "findings": 2})
    monkeypatch.setattr(views, "last_statement", lambda: last_statement(path))
    # The file comes with the code, and new code with a new process.
    caching.forget()
    html = page(client, "/acessibilidade/")
    assert "em 27 de novembro de 2026, em 40 páginas." in html
    assert "Ela encontrou 2 problemas." in html
    assert "não encontrou nenhum" not in html
    assert "/manifestacoes/" in html


@pytest.mark.django_db
def test_the_map_names_what_there_is(
    client: Client, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a busy machine the first page takes longer than the city's identity is kept.
    monkeypatch.setattr(identity, "_SECONDS", 600.0)
    topic, body, district = records.topic("Árvores"), records.secretariat(), records.district("Iguá")
    for record in (topic, body, district, records.service("Podar")):
        records.put_record(record)
    city_identity()
    page_sources.everything()
    with django_assert_num_queries(1):
        html = page(client, "/mapa-do-site/")
    for url in (topic.url, body.url, district.url, "/visitas/", "/o-que-mudou/", "/perguntas/", *PATHS[1:]):
        assert f'href="{url}"' in html, url
    assert "Podar" not in html


@pytest.mark.django_db
def test_in_another_language_nothing_is_left_in_portuguese_unmarked(client: Client) -> None:
    topic = records.topic("Árvores")
    records.put_record(topic)
    assert f'<a href="{topic.url}" lang="pt-BR">Árvores</a>' in page(client, "/es/mapa-do-site/")
    assert BY_ALL_TEMPLATES in page(client, "/acessibilidade/")
    for language in ("es", "en"):
        assert "axe-core" in page(client, f"/{language}/acessibilidade/")
        assert BY_ALL_TEMPLATES not in page(client, f"/{language}/acessibilidade/")


@pytest.mark.django_db
def test_every_address_of_the_map_leads_somewhere(client: Client) -> None:
    html = page(client, "/mapa-do-site/").split("<main")[1].split("</main>")[0]
    addresses = {part.split('"')[0] for part in html.split('href="')[1:] if not part.startswith("#")}
    assert len(addresses) > 15
    # Each of these two has tests of its own, and takes long to make.
    for address in addresses - {"/api/", "/observatorio/"}:
        assert client.get(address).status_code == 200, address


@pytest.mark.django_db
def test_search_engines_are_told_of_them(client: Client) -> None:
    told = client.get("/sitemap-about.xml").content.decode()
    for path in PATHS:
        assert f"<loc>http://testserver{path}</loc>" in told, path
        assert f"<loc>http://testserver/es{path}</loc>" in told, path


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_each_is_the_same_for_all_leaves_no_cookie_and_is_in_every_language(client: Client, path: str) -> None:
    first = client.get(path)
    assert first["Cache-Control"].startswith("public")
    assert not first.cookies
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(f"/en{path}").status_code == 200
    assert f'href="{path}"' in page(client, "/servicos/")
