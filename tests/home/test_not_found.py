"""An address that leads nowhere."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Site

from home.models import CityIdentity
from home.not_found import meant
from tests import records

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _charter(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    records.put_record(records.service("Emitir a segunda via do IPTU"))
    records.put_record(records.service("Vacinar o cachorro"))


@pytest.mark.parametrize(
    "path",
    [
        "/secretaria-da-fazenda/segunda-via-iptu/",
        "/iptu/detalhes-xyz/",
        "/iptu-2024.php",
        "/es/segunda-via-iptu/",
        "/IPTU",
        "/%C3%A1gua/iptu/",
    ],
)
def test_the_words_of_an_address_suggest_where_to_go(client: Client, path: str) -> None:
    response = client.get(path, follow=True)
    assert response.status_code == 404
    html = response.content.decode()
    assert "Emitir a segunda via do IPTU" in html
    assert "Vacinar" not in html
    assert "noindex" in html


@pytest.mark.parametrize("path", ["/", "/12/34/", "/wp-admin.css", "/favicon.png", "/" + "a" * 3000 + "/", "/%00/%ff/"])
def test_what_has_no_words_suggests_nothing(client: Client, path: str) -> None:
    assert meant(path)[1] == ()


def test_it_helps_with_search_lists_and_phone(client: Client) -> None:
    CityIdentity.objects.create(site=Site.objects.get(is_default_site=True), name="Cidade", phone="7730000001")
    html = client.get("/qualquer-coisa/").content.decode()
    for text in ('value="qualquer coisa"', "/servicos/", "/mapa-do-site/", 'href="tel:+557730000001"'):
        assert text in html, text
    assert "Será que" not in html


def test_only_a_reader_is_given_suggestions(client: Client) -> None:
    response = client.post("/segunda-via-iptu/")
    assert response.status_code == 404
    assert "Será que" not in response.content.decode()
