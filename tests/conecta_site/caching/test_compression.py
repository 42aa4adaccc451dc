"""What travels compressed, and what must not."""

import gzip

import brotli
import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from conecta_site.kept_answers import OFTEN
from tests.records import put_record, service

pytestmark = pytest.mark.django_db
PAGE, API = "/servicos/", "/api/v1/services"
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture(autouse=True)
def _listed() -> None:
    for name in ("Podar", "Varrer", "Tapar"):
        put_record(service(name))


@pytest.mark.parametrize("address", [PAGE, API, "/atualizacoes.xml", "/buscar/?q=podar"])
def test_text_is_compressed_as_its_reader_reads(client: Client, address: str) -> None:
    whole = client.get(address)
    assert not whole.has_header("Content-Encoding")
    assert "Accept-Encoding" in whole["Vary"]
    for asked, name, read in [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
    ]:
        found = client.get(address, headers={"Accept-Encoding": asked})
        assert found["Content-Encoding"] == name
        assert "Accept-Encoding" in found["Vary"]
        assert int(found["Content-Length"]) == len(found.content) < len(whole.content) / 2
        assert len(read(found.content)) == len(whole.content)


def test_what_is_asked_for_often_gets_shorter_and_says_the_same(client: Client) -> None:
    found = [client.get(PAGE, headers=BROWSER) for _each in range(OFTEN + 1)]
    sizes = [len(each.content) for each in found]
    assert sizes[0] == sizes[1] > sizes[OFTEN - 1] == sizes[OFTEN]
    assert len({brotli.decompress(each.content) for each in found}) == len({each["ETag"] for each in found}) == 1
    assert [int(each["Content-Length"]) for each in found] == sizes


@pytest.mark.parametrize("address", [PAGE, API])
def test_who_has_a_compressed_copy_need_not_take_it_again(client: Client, address: str) -> None:
    found = client.get(address, headers=BROWSER)
    assert found["ETag"].startswith('W/"')
    again = client.get(address, headers={**BROWSER, "If-None-Match": found["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    # The words are the same, however they came.
    assert client.get(address, headers={"If-None-Match": found["ETag"]}).status_code == 304
    assert client.get(address, headers={**BROWSER, "If-None-Match": client.get(address)["ETag"]}).status_code == 304


def test_what_is_short_or_no_text_stays_as_it_is(client: Client) -> None:
    for address in ("/robots.txt", "/healthz/ready"):
        assert not client.get(address, headers=BROWSER).has_header("Content-Encoding")


def test_the_length_of_a_page_with_a_form_tells_nothing_of_its_token(client: Client) -> None:
    found = client.get("/admin/login/", headers=BROWSER)
    assert "csrfmiddlewaretoken" in gzip.decompress(found.content).decode()
    assert found["Content-Encoding"] == "gzip"
    # Django fills up the file's name by chance.
    assert len({len(client.get("/admin/login/", headers=BROWSER).content) for _each in range(8)}) > 1


def test_what_must_not_be_stored_is_not_compressed(client: Client) -> None:
    found = client.get("/manifestacoes/acompanhar/", headers=BROWSER)
    assert found.status_code == 200
    assert "no-store" in found["Cache-Control"]
    assert not found.has_header("Content-Encoding")


def test_an_editors_page_is_compressed_for_her_alone(client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("chefe", password="x"))
    found = client.get("/admin/", headers=BROWSER)
    assert found["Content-Encoding"] == "gzip"
    assert "Cookie" in found["Vary"]
