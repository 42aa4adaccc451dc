"""VLibras is another's: no page but its own may ask for it, and there only who presses the button does."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import records
from tests.services.portal import page

pytestmark = pytest.mark.django_db


def _policy(client: Client, url: str) -> dict[str, list[str]]:
    header = client.get(url)["Content-Security-Policy"]
    return {name: sources for name, *sources in (part.split() for part in header.split(";"))}


def test_only_its_own_pages_may_ask_vlibras(client: Client) -> None:
    service = records.service()
    records.put_record(service)
    for url in ("/", service.url, "/servicos/", "/glossario/", "/busca/?q=saude"):
        assert "vlibras" not in client.get(url)["Content-Security-Policy"]
        assert "jsdelivr" not in client.get(url)["Content-Security-Policy"]
    for url in ("/libras/", f"/libras/{service.id}/"):
        policy = _policy(client, url)
        assert "https://vlibras.gov.br" in policy["script-src"]
        assert "'unsafe-inline'" not in policy["script-src"]
        assert policy["object-src"] == ["'none'"]
        assert policy["form-action"] == ["'self'"]


@pytest.mark.parametrize("url", ["/libras/", "/libras/ID/", "SERVICE"])
def test_no_page_asks_anything_of_others_by_itself(client: Client, url: str) -> None:
    service = records.service()
    records.put_record(service)
    html = page(client, service.url if url == "SERVICE" else url.replace("ID", service.id))
    asked = re.findall(r'<(?:script|link rel="stylesheet"|img|iframe|source)[^>]*(?:src|href)="([^"]*)"', html)
    assert asked
    assert all(address.startswith("/") and not address.startswith("//") for address in asked)


def test_a_service_is_read_in_libras_after_a_word_on_whose_it_is(client: Client) -> None:
    service = records.service(description="<p>Leve o cartão.</p>")
    records.put_record(service)
    there = reverse("conecta_reading:libras_of", args=[service.id])
    assert f'href="{there}"' in page(client, service.url)
    html = page(client, there)
    assert "<p>Leve o cartão.</p>" in html
    assert "Ele não é da Prefeitura." in html
    assert f'<a href="{service.url}">' in html
    assert client.get("/libras/aaaaaaaaaa/").status_code == 404


def test_what_is_not_in_portuguese_is_not_offered_in_libras(client: Client) -> None:
    spanish = records.service(locale="es", url="/es/servicos/x/")
    records.put_record(records.service())
    records.put_record(spanish)
    html = page(client, spanish.url)
    assert "/libras/" not in html.partition("<main")[2].partition("</main>")[0]
    assert "c-reading" in html


def test_the_symbol_of_accessibility_is_on_every_page(client: Client) -> None:
    service = records.service()
    records.put_record(service)
    for url in ("/", service.url, "/servicos/", "/busca/", "/glossario/", "/libras/"):
        header = page(client, url).partition("<header")[2].partition("</header>")[0]
        assert re.search(r'<a class="c-access" href="/acessibilidade/"><svg.*?</svg>Acessibilidade</a>', header)
