"""``start_city``: an empty installation becomes a city's, once."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Site

from home.models import CityIdentity, HomePage
from search.models import SynonymGroup
from services.models import City, PublishedRecord, RoleGroup, ServicePage
from services.neighbours import the_city
from tests.home.first_day.mailbox import BACKEND
from tests.services.newsroom.people import person

pytestmark = pytest.mark.django_db
NAME = "Serra Clara"
EMAIL = "ana@serraclara.ba.gov.br"


@pytest.fixture(autouse=True)
def _address(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.ALLOWED_HOSTS = ["servicos.serraclara.ba.gov.br", "testserver"]
    settings.WAGTAILADMIN_BASE_URL = "https://servicos.serraclara.ba.gov.br"


def start(**changes: Any) -> str:
    out = io.StringIO()
    options = {"name": NAME, "host": "servicos.serraclara.ba.gov.br", "admin_email": EMAIL} | changes
    call_command("start_city", stdout=out, **options)
    return out.getvalue()


def link_in(text: str) -> str:
    found = re.search(r"https://servicos\S+", text)
    assert found is not None
    return found[0].removeprefix("https://servicos.serraclara.ba.gov.br")


def test_an_empty_installation_becomes_a_citys_and_nothing_of_the_demonstration_is_in_it() -> None:
    told = start(locale=["es"])
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port, site.site_name) == ("servicos.serraclara.ba.gov.br", 443, NAME)
    assert HomePage.objects.get(pk=site.root_page_id).hero_title == "Do que você precisa?"
    assert CityIdentity.for_site(site).name == "Prefeitura de Serra Clara"
    city = the_city()
    assert city is not None
    assert city.title == NAME
    assert RoleGroup.objects.count() == 4
    assert SynonymGroup.objects.exists()
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"pt-br", "es"}
    assert not ServicePage.objects.exists()
    assert set(PublishedRecord.objects.public().values_list("kind", flat=True)) <= {"city", "demand"}
    assert not get_user_model().objects.exists()
    assert "O e-mail não saiu: entregue o link você mesmo." in told

    path = link_in(told)
    password = {"password1": "uma frase comprida e só minha", "password2": "uma frase comprida e só minha"}
    answer = Client().post(path, {"first_name": "Ana", "last_name": "Lima"} | password)
    assert answer.url == reverse("wagtailadmin_login")
    ana = get_user_model().objects.get()
    assert (ana.email, ana.is_superuser) == (EMAIL, False)
    assert set(ana.groups.values_list("name", flat=True)) == {"Administração"}
    assert "é da Administração: entre no site" in start()
    home = Client().get("/").content.decode()
    assert "Prefeitura de Serra Clara" in home
    assert "Do que você precisa?" in home


def test_a_second_run_changes_nothing_and_gives_the_same_link() -> None:
    first = start()
    City.objects.update(state="BA")
    identity = CityIdentity.objects.get()
    identity.name = "Município de Serra Clara"
    identity.save()
    assert link_in(start()) == link_in(first)
    assert CityIdentity.objects.get().name == "Município de Serra Clara"
    assert City.objects.get().state == "BA"
    assert HomePage.objects.count() == 1


def test_where_mail_works_the_link_goes_by_mail_too(settings: Any) -> None:
    settings.EMAIL_BACKEND = BACKEND
    assert "O link foi também por e-mail." in start()
    assert mail.outbox[0].to == [EMAIL]
    assert NAME in mail.outbox[0].subject
    start()
    assert len(mail.outbox) == 1, "who runs it again sends nothing again"


def test_a_root_that_was_deleted_is_made_again() -> None:
    HomePage.objects.get().delete()
    start()
    assert Site.objects.get(is_default_site=True).root_page.specific_class is HomePage


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({"name": "Prefeitura de Serra Clara"}, ["sem “Prefeitura”"]),
        ({"name": " "}, ["Diga o nome da cidade"]),
        ({"host": "https://servicos.serraclara.ba.gov.br/"}, ["sem https://"]),
        ({"host": "outro.gov.br", "admin_email": "ana"}, ["CONECTA_ALLOWED_HOSTS", "CONECTA_BASE_URL", "“ana” não é"]),
        ({"locale": ["fr"]}, ["Não há a língua fr; há pt-br, es, en."]),
    ],
)
def test_all_that_is_wrong_is_told_at_once_and_nothing_is_written(
    changes: dict[str, Any], sentences: list[str]
) -> None:
    with pytest.raises(CommandError) as refused:
        start(**changes)
    assert all(sentence in str(refused.value) for sentence in sentences)
    assert not RoleGroup.objects.exists()
    assert not City.objects.exclude(title="").exists()


def test_a_city_does_not_become_another() -> None:
    start()
    with pytest.raises(CommandError, match="já é de Serra Clara"):
        start(name="Vitória da Conquista")


def test_the_demonstration_does_not_become_a_city() -> None:
    city = City.load()
    city.title, city.source = NAME, "demo"
    city.save()
    with pytest.raises(CommandError, match="demonstração"):
        start()


def test_who_has_an_account_already_holds_the_role() -> None:
    ana = person("ana", email=EMAIL)
    assert "é da Administração" in start()
    assert set(ana.groups.values_list("name", flat=True)) == {"Administração"}
