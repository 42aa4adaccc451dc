"""What the city wrote of itself stands in its own language on every page, and is marked as such (WCAG 2.2, 3.1.2)."""

import re

import pytest
from django.test import Client

from home.identity import forget_identity
from home.models import CityIdentity, CityLink, EmergencyPhone

pytestmark = pytest.mark.usefixtures("small")

OWN = {
    "slogan": "Terra do frio gostoso",
    "footer_text": "Aberta das 8h às 17h.",
    "ombudsman_address": "Praça da Ouvidoria, 55, no térreo",
}


@pytest.fixture
def told() -> None:
    identity = CityIdentity.objects.get()
    for name, text in OWN.items():
        setattr(identity, name, text)
    identity.links = [
        CityLink(kind="other", label="Agenda cultural", url="https://agenda.example"),
        CityLink(kind="gazette", label="", url="https://diario.example"),
    ]
    identity.emergency_phones = [EmergencyPhone(number="153", name="Guarda da cidade")]
    identity.save()
    forget_identity()


def tags_around(html: str, text: str) -> list[str]:
    """The tag right before each place where a text stands, and the one before that."""
    found = re.findall(r"(<[^>]*>)(<[^>]*>)?\s*" + re.escape(text), html)
    assert found, text
    return ["".join(pair) for pair in found]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("path", ["", "servicos/"])
def test_on_a_page_in_another_language_its_words_are_marked(client: Client, language: str, path: str) -> None:
    html = client.get(f"/{language}/{path}").content.decode()
    texts = [*OWN.values(), "Agenda cultural", *(["Guarda da cidade"] if not path else [])]
    for text in texts:
        for tags in tags_around(html, text):
            assert ' lang="pt-BR"' in tags, (text, tags)
    # What the site says for it, where the city says nothing, is in the reader's language.
    (gazette,) = set(re.findall(r'<a href="https://diario.example"[^>]*>[^<]+', html))
    assert "lang=" not in gazette
    assert "Diário Oficial" not in gazette


@pytest.mark.usefixtures("told")
def test_on_its_own_page_nothing_is_marked(client: Client) -> None:
    html = client.get("/").content.decode()
    for text in (*OWN.values(), "Agenda cultural", "Guarda da cidade"):
        for tags in tags_around(html, text):
            assert "lang=" not in tags
