"""From a page to itself in another language, with links alone, and what a translation says of itself."""

import re
from typing import Any

import pytest
from django.test import Client

from services.models import PublishedRecord

pytestmark = pytest.mark.usefixtures("small")

LINK = re.compile(r'<a href="([^"]+)" lang="([^"]+)" hreflang="\2"([^>]*)>([^<]+)</a>')


def links(client: Client, path: str, *, status: int = 200) -> dict[str, tuple[str, str]]:
    """Of a page's languages: where each leads and what it is called; the current one is marked."""
    answer = client.get(path)
    assert answer.status_code == status
    nav = re.search(r'<nav class="c-tongues".*?</nav>', answer.content.decode(), re.DOTALL)
    assert nav is not None
    found = LINK.findall(nav[0])
    assert [tag for _url, tag, marks, _name in found if "aria-current" in marks] == [
        {"es": "es", "en": "en"}.get(path.split("/")[1], "pt-BR")
    ]
    return {tag: (url, name.strip()) for url, tag, _marks, name in found}


def address(kind: str, locale: str) -> str:
    return PublishedRecord.objects.public().get(kind=kind, locale=locale).url


@pytest.mark.parametrize("path", ["/", "/es/", "/en/"])
def test_the_first_page_is_in_every_language(client: Client, path: str) -> None:
    assert links(client, path) == {"pt-BR": ("/", "Português"), "es": ("/es/", "Español"), "en": ("/en/", "English")}


def test_a_page_of_the_interface_keeps_its_place(client: Client) -> None:
    found = links(client, "/es/servicos/")
    assert {tag: url for tag, (url, _name) in found.items()} == {
        "pt-BR": "/servicos/",
        "es": "/es/servicos/",
        "en": "/en/servicos/",
    }


@pytest.mark.parametrize("kind", ["service", "secretariat", "topic"])
@pytest.mark.parametrize("language", ["pt-br", "es", "en"])
def test_an_entry_leads_to_its_own_translations(client: Client, kind: str, language: str) -> None:
    found = links(client, address(kind, language))
    assert {tag.lower(): url for tag, (url, _name) in found.items()} == {
        each: address(kind, each) for each in ("pt-br", "es", "en")
    }


def test_what_has_no_translation_leads_to_the_first_page_and_says_so(client: Client) -> None:
    path = address("service", "pt-br")
    PublishedRecord.objects.filter(kind="service", locale="en").delete()
    found = links(client, path)
    assert found["es"] == (address("service", "es"), "Español")
    url, name = found["en"]
    assert url == "/en/"
    assert re.fullmatch(r"English \(.+\)", name)
    for url, name in list(links(client, "/nao-existe/", status=404).values())[1:]:
        assert url in ("/es/", "/en/")
        assert "(" in name


def test_a_site_in_one_language_has_no_choice(client: Client, settings: Any) -> None:
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES = [("pt-br", "Português")]
    assert b"c-tongues" not in client.get("/servicos/").content


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_translation_says_that_the_original_holds(client: Client, language: str) -> None:
    original = f'<a href="{address("service", "pt-br")}" hreflang="pt-BR">'
    html = client.get(address("service", language)).content.decode()
    note = re.search(r'<p class="c-small" role="note">.*?</p>', html)
    assert note is not None
    assert original in note[0]
    assert "2026" in note[0]
    assert original not in client.get(address("service", "pt-br")).content.decode()


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_page_in_a_language_has_no_sentence_of_the_citys_in_portuguese(client: Client, language: str) -> None:
    for path in (f"/{language}/", address("service", language)):
        html = client.get(path).content.decode()
        assert "Fale com a Ouvidoria" not in html
        # What stays, a note beside a telephone, is marked.
        assert '<span class="c-contacts__note" lang="pt-BR">' in html
    assert "Fale com a Ouvidoria" in client.get("/").content.decode()
