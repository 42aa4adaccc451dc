"""What the first page tells search engines."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Site

from home.models import CityIdentity
from tests.services.found.test_found import Head, data_of
from tests.services.portal import page

pytestmark = pytest.mark.django_db
SITE = "https://servicos.cidade.example"


def test_the_first_page_is_the_citys_site_with_its_search(client: Client, settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = SITE
    identity = CityIdentity.for_site(Site.objects.get(is_default_site=True))
    identity.name = "Prefeitura de Brejo"
    identity.save()
    html = page(client, "/?utm_source=zap")
    assert Head(html).canonical == [f"{SITE}/"]
    assert Head(html).languages == {}
    (node,) = data_of(html)
    assert (node["@type"], node["name"], node["url"]) == ("WebSite", "Prefeitura de Brejo", f"{SITE}/")
    assert node["potentialAction"]["target"]["urlTemplate"] == f"{SITE}/busca/?q={{search_term_string}}"


def test_its_languages_are_those_that_somebody_wrote(client: Client, settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = SITE
    root = Site.objects.get(is_default_site=True).root_page.specific
    spanish = Locale.objects.get_or_create(language_code="es")[0]
    copied = root.copy_for_translation(spanish, alias=True)
    assert Head(page(client, "/")).languages == {}
    copied.delete()
    own = root.copy_for_translation(spanish)
    own.title, own.intro = "Servicios", "Escriba como habla."
    own.save_revision().publish()
    assert Head(page(client, "/")).languages == {"pt-BR": f"{SITE}/", "es": f"{SITE}/es/", "x-default": f"{SITE}/"}
