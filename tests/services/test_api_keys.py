"""Keys of the API, made and taken back in the admin."""

import re

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from services.api_keys.keys import find
from services.models import ApiKey
from tests.services.newsroom.people import browser, person, set_up

pytestmark = pytest.mark.django_db

WANTED = {"name": "Aplicativo do transporte", "contact": "app@example.com", "per_minute": 900, "active": "on"}


def test_a_key_is_shown_once() -> None:
    set_up()
    keeper = browser(person("ada", "administracao"))
    made = keeper.post(reverse("conecta_api_keys:add"), WANTED)
    assert made.status_code == 200
    assert "no-store" in made["Cache-Control"]
    key = re.search(r'value="(conecta_[^"]+)"', made.content.decode()).group(1)
    assert find(key).per_minute == 900
    holder = ApiKey.objects.get()
    for address in (reverse("conecta_api_keys:index"), reverse("conecta_api_keys:edit", args=[holder.pk])):
        shown = keeper.get(address).content.decode()
        assert holder.name in shown
        assert key not in shown
    assert ModelLogEntry.objects.filter(object_id=str(holder.pk), action="wagtail.create").exists()


def test_a_key_taken_back_stays_in_the_list_and_is_worth_nothing() -> None:
    set_up()
    keeper = browser(person("ada", "administracao"))
    made = keeper.post(reverse("conecta_api_keys:add"), WANTED)
    key = re.search(r'value="(conecta_[^"]+)"', made.content.decode()).group(1)
    holder = ApiKey.objects.get()
    changed = {name: value for name, value in WANTED.items() if name != "active"}
    assert keeper.post(reverse("conecta_api_keys:edit", args=[holder.pk]), changed).status_code == 302
    assert find(key) is None
    assert holder.name in keeper.get(reverse("conecta_api_keys:index")).content.decode()
