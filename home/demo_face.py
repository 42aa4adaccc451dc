"""A demonstration's face: a city's name, arms, colour and addresses, put on where there is none and taken off again.

Faces are data (``demo_faces/``): the city of the demonstration charter, and another that shares nothing with it.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from home.models import CityIdentity, CityLink, EmergencyPhone, HomePage
from home.reading.demo import lay_out, take_away

FOLDER = Path(__file__).parent / "demo_faces"
FACES = ("vitoria-da-conquista", "serra-clara")
HIGHLIGHTS = (
    "emitir-a-segunda-via-do-iptu",
    "marcar-consulta-na-unidade-basica-de-saude",
    "inscrever-se-no-cadastro-unico",
    "pedir-reparo-da-iluminacao-publica",
    "matricular-aluno-na-rede-municipal",
    "formalizar-se-como-microempreendedor-individual",
    "obter-credencial-de-estacionamento-para-idoso",
    "pedir-abastecimento-por-carro-pipa",
)
_APART = frozenset({"arms", "hero_title", "intro", "links", "emergency_phones"})


@cache
def face(name: str) -> dict[str, Any]:
    """What a face says. Raises ``OSError`` for one that is not there."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def put_on(name: str = FACES[0]) -> None:
    """Give the site a face, unless it has one of its own; another of the demonstration's gives way."""
    lay_out()
    site = Site.objects.get(is_default_site=True)
    identity = CityIdentity.for_site(site)
    own = face(name)
    if not identity.name or identity.name in _names() - {own["name"]}:
        _dress(identity, own)
    home = HomePage.objects.filter(pk=site.root_page_id).first()
    if home is None:
        return
    asks = {(face(each)["hero_title"], face(each)["intro"]) for each in FACES}
    is_bare = not home.highlights.exists()
    if not is_bare and ((home.hero_title, home.intro) not in asks or home.hero_title == own["hero_title"]):
        return
    home.hero_title, home.intro = own["hero_title"], own["intro"]
    if is_bare:
        pages = {page.slug: page for page in Page.objects.descendant_of(home).filter(slug__in=HIGHLIGHTS)}
        for order, slug in enumerate(HIGHLIGHTS):
            if slug in pages:
                home.highlights.create(service=pages[slug], sort_order=order)
    home.save_revision().publish()


def take_off() -> None:
    """Take the face off again, if it is still the demonstration's."""
    take_away()
    site = Site.objects.get(is_default_site=True)
    identity = CityIdentity.for_site(site)
    if identity.name in _names():
        _undress(identity)
        identity.delete()
    home = HomePage.objects.filter(pk=site.root_page_id).first()
    if home is not None and home.hero_title in {face(each)["hero_title"] for each in FACES}:
        home.hero_title = home.intro = ""
        home.save_revision().publish()


def _names() -> set[str]:
    return {face(each)["name"] for each in FACES}


def _dress(identity: CityIdentity, own: dict[str, Any]) -> None:
    _undress(identity)
    for field, value in own.items():
        if field not in _APART:
            setattr(identity, field, value)
    picture = ContentFile((FOLDER / own["arms"]).read_bytes(), name=f"brasao-{own['arms']}")
    identity.coat_of_arms = get_image_model().objects.create(title=f"Brasão: {own['name']}", file=picture)
    identity.links = [
        CityLink(kind=kind, label=label, url=url, sort_order=place)
        for place, (kind, label, url) in enumerate(own["links"])
    ]
    identity.emergency_phones = [
        EmergencyPhone(number=number, name=who, sort_order=place)
        for place, (number, who) in enumerate(own["emergency_phones"])
    ]
    identity.full_clean()
    identity.save()


def _undress(identity: CityIdentity) -> None:
    """The arms of a demonstration go with it; a city's own stay."""
    arms = identity.coat_of_arms
    if arms is not None and arms.title.removeprefix("Brasão: ") in _names():
        identity.coat_of_arms = None
        arms.delete()


def take_off_translations() -> set[UUID]:
    """Delete the translations of the demonstration's first page that have nothing below them; the page's key."""
    home = HomePage.objects.filter(pk=Site.objects.get(is_default_site=True).root_page_id).first()
    if home is None or home.hero_title not in {face(each)["hero_title"] for each in FACES}:
        return set()
    for page in home.get_translations():
        if page.numchild == 0:
            page.delete()
    return {home.translation_key}
