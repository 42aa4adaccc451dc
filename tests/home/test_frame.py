"""The frame around pages is drawn once, and anew when what it shows has changed."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Site

from home import demo_face
from home.models import CityIdentity
from home.templatetags.frame import FrameNode

pytestmark = pytest.mark.django_db
PAGES = ("/servicos/", "/temas/", "/acessibilidade/")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Parts of the frame that were drawn."""
    monkeypatch.setattr("home.templatetags.frame._drawn", {})
    found: list[str] = []
    render = FrameNode.render

    def told(self: FrameNode, context: Any) -> str:
        nodelist, self.nodelist = self.nodelist, Telling(self)
        try:
            return render(self, context)
        finally:
            self.nodelist = nodelist

    class Telling:
        def __init__(self, node: FrameNode) -> None:
            self.node, self.nodelist = node, node.nodelist

        def render(self, context: Any) -> str:
            found.append(self.node.name)
            return str(self.nodelist.render(context))

    monkeypatch.setattr(FrameNode, "render", told)
    return found


def test_it_is_drawn_once_for_all_pages_of_a_language(client: Client, drawn: list[str]) -> None:
    for path in PAGES:
        assert 'href="/servicos/">Serviços</a>' in client.get(path).content.decode()
    assert sorted(drawn) == ["footer", "head", "header", "links", "rest", "search", "skip"]
    assert 'href="/es/servicos/">Servicios</a>' in client.get("/es/servicos/").content.decode()
    assert len(drawn) == 14


def test_it_is_the_citys_as_soon_as_the_city_has_changed(client: Client) -> None:
    demo_face.put_on()
    for path in PAGES:
        assert "Prefeitura de Vitória da Conquista" in client.get(path).content.decode()
    identity = CityIdentity.for_site(Site.objects.get())
    identity.name, identity.phone = "Prefeitura de Outra Cidade", "(77) 3000-9999"
    identity.save()
    for path in PAGES:
        html = client.get(path).content.decode()
        footer = html.partition("<footer")[2]
        assert html.count("Prefeitura de Outra Cidade") > 2
        assert "(77) 3000-9999" in footer
        assert "Vitória da Conquista" not in footer
