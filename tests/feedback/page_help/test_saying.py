"""A reader says whether a page helped and what is wrong on it; it is kept once, and counted from ten."""

import re
import time
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from feedback.models import PageError, PageHelp
from feedback.page_help.figures import helped_of
from feedback.page_help.receiving import About, NothingSaid, Said, receive
from feedback.submission import MOST_OF_ONE
from services.models import PublishedRecord
from services.record import Service
from tests.records import complete_service, put_record, remove_record, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> Service:
    cache.clear()
    found = complete_service("Marcar consulta")
    put_record(found)
    return found


def opened(client: Client, address: str) -> dict[str, str]:
    """The hidden fields of the form, as a browser sends them back."""
    html = client.get(address).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))


def waited(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time that a person takes."""
    later = time.time() + 30
    monkeypatch.setattr(time, "time", lambda: later)


def test_two_taps_say_that_a_page_did_not_help(
    client: Client, record: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = client.get(record.url).content.decode()
    address = re.search(r'href="(/esta-pagina/[^"]+ajudou=nao)"', page).group(1)
    shown = client.get(address)
    assert "no-store" in shown["Cache-Control"]
    assert re.search(r'value="no"[^>]*checked', shown.content.decode())
    hidden = opened(client, address)
    waited(monkeypatch)
    sent = client.post(address.partition("?")[0], hidden | {"helped": "no"})
    assert "Obrigado" in client.get(sent["Location"]).content.decode()
    kept = PageHelp.objects.get()
    row = PublishedRecord.objects.get(entry_id=record.id)
    assert (kept.kind, kept.entry_id, kept.version, kept.helped) == ("service", record.id, row.etag, False)
    assert not kept.set_aside
    assert not PageError.objects.exists()


def test_an_error_names_the_section_and_goes_to_the_body(
    client: Client, record: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/esta-pagina/service/{record.id}/"
    hidden = opened(client, address)
    waited(monkeypatch)
    for _ in range(3):
        client.post(address, hidden | {"section": "documents", "text": " O RG não é mais pedido. ", "helped": "no"})
    kept = PageError.objects.get()
    assert (kept.section, kept.text, kept.body_id) == ("documents", "O RG não é mais pedido.", record.secretariat.id)
    assert (kept.personal, kept.set_aside, kept.state) == (False, False, "open")
    assert PageHelp.objects.count() == 1


@pytest.mark.parametrize("text", ["Meu CPF é 123.456.789-09", "ligue 77 99999-1234", "a@b.br", "placa BRA2E19"])
def test_personal_data_is_marked(record: Service, text: str) -> None:
    about = About("service", record.id, record=record)
    receive(about, Said(uuid.uuid4(), "", "pt-br", wrong=True, text=text), at=timezone.now())
    assert PageError.objects.get().personal


@pytest.mark.parametrize(
    "wrong", [{}, {"helped": "maybe"}, {"section": "visits"}, {"text": "x" * 2001}, {"token": "x", "helped": "yes"}]
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client: Client, record: Service, wrong: dict[str, Any]) -> None:
    address = f"/esta-pagina/service/{record.id}/"
    answer = client.post(address, opened(client, address) | wrong)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not PageHelp.objects.exists()
    assert not PageError.objects.exists()


def test_only_sections_that_the_page_has_are_offered(client: Client, record: Service) -> None:
    html = client.get(f"/esta-pagina/service/{record.id}/").content.decode()
    assert "O que levar (documentos)" in html
    assert "Onde ir e horários" not in html, "it names no unit"
    place = unit()
    put_record(place)
    html = client.get(f"/esta-pagina/unit/{place.id}/").content.decode()
    assert "Dias e horários" in html
    assert "Quanto custa" not in html


def test_a_program_is_kept_and_not_counted(client: Client, record: Service) -> None:
    address = f"/esta-pagina/service/{record.id}/"
    hidden = opened(client, address)
    client.post(address, hidden | {"helped": "yes"})
    client.post(address, hidden | {"helped": "yes", "token": str(uuid.uuid4()), "site": "http://x"})
    assert list(PageHelp.objects.values_list("set_aside", flat=True)) == [True, True]


def test_a_burst_from_one_place_is_set_aside_and_none_is_lost(record: Service) -> None:
    about = About("service", record.id, record=record)
    for _ in range(MOST_OF_ONE + 2):
        receive(about, Said(uuid.uuid4(), "", "pt-br", helped=True), at=timezone.now(), place="here")
    receive(about, Said(uuid.uuid4(), "", "pt-br", helped=True), at=timezone.now(), place="there")
    kept = list(PageHelp.objects.order_by("pk").values_list("set_aside", flat=True))
    assert kept == [False] * MOST_OF_ONE + [True, True, False]


def test_nothing_said_is_nothing_kept(record: Service) -> None:
    with pytest.raises(NothingSaid):
        receive(About("service", record.id), Said(uuid.uuid4(), "", "pt-br"), at=timezone.now())


def test_a_page_that_is_no_entrys_is_told_of_in_its_footer(
    client: Client, record: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = client.get("/servicos/").content.decode()
    assert 'href="/esta-pagina/?pagina=/servicos/"' in listing
    assert "/esta-pagina/?pagina=" not in client.get(record.url).content.decode(), "it has its own"
    address = "/esta-pagina/?pagina=/servicos/"
    hidden = opened(client, address)
    waited(monkeypatch)
    assert client.post(address, hidden | {"text": "Falta um serviço."}).status_code == 302
    kept = PageError.objects.get()
    assert (kept.kind, kept.path, kept.body_id) == ("page", "/servicos/", "")


@pytest.mark.parametrize(
    "path", ["", "//evil.example", "https://evil.example", "servicos/", "/\\evil", "/" + "x" * 300 + "/"]
)
def test_no_address_leads_off_the_site(client: Client, path: str) -> None:
    assert client.get("/esta-pagina/", {"pagina": path}).status_code == 404


def test_what_is_not_public_is_not_told_of(client: Client) -> None:
    gone = complete_service("Tapar buraco")
    remove_record(put_record(gone))
    assert client.get(f"/esta-pagina/service/{gone.id}/").status_code == 404
    assert client.get("/esta-pagina/nothing/aaaaaaaaaa/").status_code == 404


def test_ten_answers_are_told_and_nine_are_not(record: Service) -> None:
    about = About("service", record.id, record=record)
    for number in range(9):
        receive(about, Said(uuid.uuid4(), "", "pt-br", helped=number < 6), at=timezone.now())
    assert helped_of("service") == {}
    receive(about, Said(uuid.uuid4(), "", "pt-br", helped=True), at=timezone.now(), by_program=True)
    assert helped_of("service") == {}, "a program's is none"
    receive(about, Said(uuid.uuid4(), "", "pt-br", helped=True), at=timezone.now())
    told = helped_of("service", [record.id])[record.id]
    assert (told.answers, told.helped, told.share) == (10, 7, 0.7)
    assert helped_of("unit") == {}


def test_nobodys_address_is_kept(client: Client, record: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"/esta-pagina/service/{record.id}/"
    hidden = opened(client, address)
    waited(monkeypatch)
    client.post(address, hidden | {"helped": "yes", "text": "x"}, REMOTE_ADDR="203.0.113.7")
    assert "203.0.113.7" not in repr([PageHelp.objects.values().get(), PageError.objects.values().get()])


def test_the_page_itself_is_the_same_for_all(client: Client, record: Service) -> None:
    first = client.get(record.url)
    assert "public" in first["Cache-Control"]
    assert first.content == Client().get(record.url).content
