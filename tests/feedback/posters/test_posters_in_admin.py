"""Who works at the city finds every poster by body, and takes all of a body at once."""

import io
import zipfile
from typing import Any

import pikepdf
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.feedback.posters.test_posters import counter, pruning, town
from tests.records import complete_service, key_of, put_record, secretariat
from tests.services import charter
from tests.services.newsroom.people import browser, person, set_up

pytestmark = pytest.mark.django_db
LIST = "/admin/conecta/cartazes/"


@pytest.fixture
def editor(db: None) -> Client:
    """Somebody of Ouvidoria: posters are everybody's."""
    set_up()
    return browser(person("ouve", "ouvidoria"))


def put_town() -> Any:
    """A body with a place and two services of one name."""
    body, place = secretariat(), counter()
    first = pruning(place)
    for record in (
        town(),
        body,
        place,
        first,
        complete_service("Pedir a poda de uma árvore", key=key_of("service", "outra")),
    ):
        put_record(record)
    return body


def test_all_posters_of_a_body_come_as_one_archive(editor: Client) -> None:
    body = put_town()
    listed = editor.get(LIST).content.decode()
    assert f"{LIST}{body.id}/" in listed
    page = editor.get(f"{LIST}{body.id}/").content.decode()
    assert "Posto Central" in page
    assert "/a5.pdf" in page
    answer = editor.get(f"{LIST}{body.id}/a4.zip")
    assert answer["Content-Disposition"] == 'attachment; filename="cartazes-secretaria-da-saude-a4.zip"'
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names)) == 3
        assert "cartaz-posto-central-a4.pdf" in names
        for name in names:
            with pikepdf.open(io.BytesIO(archive.read(name))) as pdf:
                assert pdf.Root.MarkInfo.Marked


def test_only_the_citys_people_have_the_archive_made(client: Client) -> None:
    body = put_town()
    assert client.get(f"{LIST}{body.id}/a4.zip").status_code == 302
    assert client.get(LIST).status_code == 302


def test_no_such_body_has_none(editor: Client) -> None:
    for address in ("aaaaaaaaaa/", "aaaaaaaaaa/a4.zip", "aaaaaaaaaa/a3.zip"):
        assert editor.get(f"{LIST}{address}").status_code == 404


def test_the_list_asks_no_more_for_many(editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    body = put_town()
    for number in range(30):
        put_record(complete_service(f"Serviço {number}"))
        put_record(secretariat(f"Órgão {number}"))
    editor.get(LIST)
    for address in (LIST, f"{LIST}{body.id}/"):
        with django_assert_max_num_queries(30):
            assert editor.get(address).status_code == 200


def test_a_service_and_a_unit_lead_to_theirs(admin_client: Client) -> None:
    body = charter.body()
    service, place = charter.service(body), charter.unit(secretariat=body)
    html = admin_client.get(f"/admin/pages/{service.pk}/edit/").content.decode()
    assert f"/cartaz/servico/{service.record_id}/a4.pdf" in html
    html = admin_client.get("/admin/snippets/conecta_services/unit/").content.decode()
    assert f"/cartaz/unidade/{place.record_id}/a5.pdf" in html
