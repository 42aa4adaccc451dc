"""A city's face is data: the same pages under two cities that share nothing."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import override_settings
from django.utils import translation
from wagtail.images import get_image_model
from wagtail.models import Site

from home import demo_face, identity
from home.city_links import CityLink, LinkKind
from home.contrast import MINIMUM_CONTRAST, contrast_with_white
from home.models import CityIdentity
from tests import records

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(tmp_path):
    with override_settings(MEDIA_ROOT=str(tmp_path)):
        yield


@pytest.mark.parametrize("face", demo_face.FACES)
def test_home_and_a_service_wear_it_whole(client, face):
    service = records.service("Podar árvore")
    records.put_record(service)
    demo_face.put_on(face)
    own = demo_face.face(face)
    other = demo_face.face(next(each for each in demo_face.FACES if each != face))
    for path in ("/", service.url):
        html = client.get(path).content.decode()
        assert own["name"] in html
        assert own["slogan"] in html
        assert other["name"] not in html
        footer = html.partition("<footer")[2]
        for kind, label, url in own["links"]:
            assert f'href="{url}"' in footer
            assert (label or str(LinkKind(kind).label)) in footer
        assert not any(url in html for _kind, _label, url in other["links"])
        # Nothing moves when the arms come: their place is known.
        assert re.search(r'<img src="/media/images/brasao-[^"]+\.webp" alt="" width="\d+" height="48">', html)
        assert own["primary_colour"] in html.partition('rel="icon"')[2][:400].replace("%23", "#")
    home = client.get("/").content.decode()
    assert own["hero_title"] in home
    numbers = re.findall(r"<strong>([^<]+)</strong> ([^<]+)</a></li>", home)
    assert numbers == [tuple(each) for each in own["emergency_phones"]]
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', home)
    assert own["primary_colour"] in client.get(styles[0]).content.decode()


def test_another_face_takes_the_place_of_the_demonstrations_and_of_no_citys_own():
    demo_face.put_on()
    demo_face.put_on("serra-clara")
    found = CityIdentity.objects.get()
    assert found.name == demo_face.face("serra-clara")["name"]
    assert found.links.count() == 6
    assert get_image_model().objects.count() == 1
    found.name = "Prefeitura de Verdade"
    found.save()
    demo_face.put_on()
    demo_face.take_off()
    assert CityIdentity.objects.get().name == "Prefeitura de Verdade"
    assert get_image_model().objects.count() == 1


def test_taken_off_nothing_of_it_is_left():
    demo_face.put_on()
    demo_face.take_off()
    assert not CityIdentity.objects.exists()
    assert not CityLink.objects.exists()
    assert not get_image_model().objects.exists()


@pytest.mark.parametrize("face", demo_face.FACES)
def test_its_colour_may_be_saved(face):
    assert contrast_with_white(demo_face.face(face)["primary_colour"]) >= MINIMUM_CONTRAST


def test_a_link_without_words_is_named_in_the_reader_s_language():
    link = identity.Link("transparency", "", "https://contas.example")
    assert link.label == "Portal da Transparência"
    with translation.override("es"):
        assert str(identity.Link("other", "Rádio", "https://r.example").label) == "Rádio"


def test_a_city_without_numbers_of_its_own_has_the_country_s(client):
    CityIdentity(site=Site.objects.get(is_default_site=True), name="Prefeitura").save()
    html = client.get("/").content.decode()
    assert [number for number in ("192", "193", "190", "199", "180", "100") if f'href="tel:{number}"' in html] == [
        "192",
        "193",
        "190",
        "199",
        "180",
        "100",
    ]


def test_an_address_that_is_none_is_refused():
    found = CityIdentity(site=Site.objects.get(is_default_site=True), name="Prefeitura")
    found.links = [CityLink(kind="gazette", url="javascript:alert(1)")]
    with pytest.raises(ValidationError):
        found.links.all()[0].full_clean(exclude=["identity"])
