"""Front ends in the admin: what an address may be, and that the register tells who changed one."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from services.models import FrontEnd
from services.models.front_end import check_address
from tests.services.editing import text_of
from tests.services.newsroom.people import browser, person, set_up

ADDRESS = "https://app.example/previa#{token}"


@pytest.mark.parametrize(
    "address",
    [
        ADDRESS,
        "https://app.example:8443/{locale}/{kind}/{slug}-{id}?t={token}",
        "http://localhost:3000/#{token}",
        "http://127.0.0.1:3000/{token}",
        "http://[::1]:3000/{token}",
    ],
)
def test_an_address_to_which_a_draft_may_go(address: str) -> None:
    check_address(address)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://app.example/{token}", "https://"),
        ("http://localhost.example/{token}", "https://"),
        ("http://127.0.0.1@app.example/{token}", "nome do site"),
        ("https://{token}.example/", "nome do site"),
        ("javascript:alert({token})", "nome do site"),
        ("app.example/{token}", "nome do site"),
        ("https://app.example/", "Falta {token}"),
        ("https://app.example/{token}/{senha}", "Entre chaves"),
        ("https://app.example/{token}/{token.x}", "Entre chaves"),
        ("https://app.example/{token}/{", "Entre chaves"),
        ("https://[app/{token}", "endereço da internet"),
    ],
)
def test_an_address_to_which_none_may_go(address: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check_address(address)
    assert sentence in str(refused.value)


def test_what_is_put_into_an_address_stays_in_its_place() -> None:
    front_end = FrontEnd(name="x", address="https://app.example/{slug}#{token}")
    assert front_end.address_of(slug="a/../b?c", token="t.s") == "https://app.example/a%2F..%2Fb%3Fc#t.s"


@pytest.mark.django_db
def test_administration_keeps_them_and_the_register_says_who(client: Client) -> None:
    set_up()
    keeper = person("cuida", "administracao")
    client = browser(keeper)
    refused = client.post(reverse("conecta_front_ends:add"), {"name": "App", "address": "http://app.example/{token}"})
    assert "um rascunho não viaja aberto" in text_of(refused)
    data = {"name": "App", "address": ADDRESS, "kinds": ["service", "unit"]}
    assert client.post(reverse("conecta_front_ends:add"), data).status_code == 302
    made = FrontEnd.objects.get()
    assert made.kinds == ["service", "unit"]
    listed = text_of(client.get(reverse("conecta_front_ends:index")))
    assert "App" in listed
    assert ADDRESS in listed
    data["address"] = "https://outro.example/#{token}"
    assert client.post(reverse("conecta_front_ends:edit", args=[made.pk]), data).status_code == 302
    assert client.post(reverse("conecta_front_ends:delete", args=[made.pk])).status_code == 302
    told = ModelLogEntry.objects.filter(object_id=str(made.pk), content_type__model="frontend")
    acts = list(told.order_by("pk").values_list("action", "user__username"))
    assert acts == [("wagtail.create", "cuida"), ("wagtail.edit", "cuida"), ("wagtail.delete", "cuida")]
    day = datetime.now(UTC).date().isoformat()
    register = text_of(client.get(reverse("conecta_acts:index"), {"day_from": day}))
    assert "App" in register
