"""The whole charter over HTTP, and one record in a format."""

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from services import changes
from services.exporting import PublishedCharter, formats_of, written_alone
from services.interchange import FORMATS, SourceFile, federal_v3
from services.models import PublishedRecord
from services.record import Service, dump, to_json
from tests.records import put_record, ref, remove_record, secretariat, service, topic, unit

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
ROOT = "/api/v1/exports"
WRITTEN = sorted(name for name, form in FORMATS.items() if form.write)


@pytest.fixture
def vaccine() -> Service:
    body, theme, place = secretariat(), topic(), unit()
    record = service("Tomar vacina", secretariat=ref(body), topics=[ref(theme)], units=[ref(place)])
    for entry in (body, theme, place, record, service("Outro")):
        put_record(entry)
    return record


def body_of(response: Any) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_all_formats_are_listed_and_each_address_answers(client: Client, vaccine: Service) -> None:
    answer = client.get(ROOT).json()
    assert (answer["total"], answer["next"]) == (len(WRITTEN), None)
    assert [found["name"] for found in answer["results"]] == WRITTEN
    for found in answer["results"]:
        response = client.get(found["href"])
        assert response["Content-Type"] == found["media_type"]
        assert response["Access-Control-Allow-Origin"] == "*"
        name = f"carta-de-servicos-{found['name']}{found['suffix']}"
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert "." in name
        assert body_of(response)


def test_a_follower_goes_on_where_the_export_began(client: Client, vaccine: Service) -> None:
    """What was published, and taken back, while the file was made is among the changes after its cursor."""
    response = client.get(f"{ROOT}/conecta")
    put_record(service("Novo"))
    held = {data["id"]: data for data in map(json.loads, body_of(response).splitlines())}
    remove_record(PublishedRecord.objects.get(entry_id=vaccine.id))
    answer = client.get("/api/v1/changes", {"after": response["Conecta-Cursor"]}).json()
    for change in answer["changes"]:
        if change["deleted"]:
            held.pop(change["id"], None)
        else:
            held[change["id"]] = change["record"]
    fresh = client.get(f"{ROOT}/conecta")
    assert held == {data["id"]: data for data in map(json.loads, body_of(fresh).splitlines())}


@pytest.mark.parametrize("name", ["federal-v3", "tables"])
def test_a_zip_comes_in_pieces_and_whole(client: Client, vaccine: Service, name: str) -> None:
    response: Any = client.get(f"{ROOT}/{name}")
    pieces = list(response.streaming_content)
    assert len(pieces) > 2
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None


def test_what_has_not_changed_is_not_made_again(
    client: Client, vaccine: Service, django_assert_max_num_queries: Any
) -> None:
    first = client.get(f"{ROOT}/csv")
    with django_assert_max_num_queries(3):
        again = client.get(f"{ROOT}/csv", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert client.get(f"{ROOT}/csv", headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    assert client.get(f"{ROOT}/conecta", headers={"If-None-Match": first["ETag"]}).status_code == 200
    put_record(service("Novo"))
    assert client.get(f"{ROOT}/csv", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_head_makes_nothing(client: Client, vaccine: Service, django_assert_max_num_queries: Any) -> None:
    shown = client.get(f"{ROOT}/federal-v3")
    with django_assert_max_num_queries(2):
        head: Any = client.head(f"{ROOT}/federal-v3")
    assert head.status_code == 200
    assert b"".join(head.streaming_content) == b""
    for name in ("ETag", "Last-Modified", "Conecta-Cursor", "Content-Type", "Content-Disposition"):
        assert head[name] == shown[name]
    assert "Content-Length" not in head


def test_an_empty_charter_can_be_had_too(client: Client) -> None:
    for name in WRITTEN:
        response = client.get(f"{ROOT}/{name}")
        body_of(response)
        assert response["Conecta-Cursor"] == changes.START
    assert json.loads(body_of(client.get(f"{ROOT}/federal-v1"))) == {"resposta": []}


def test_a_format_that_is_not_there_names_the_near_ones(client: Client) -> None:
    response = client.get(f"{ROOT}/federal-v2")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert "federal-v1" in response.json()["detail"]
    assert "federal-v3" in response.json()["detail"]
    assert client.get(f"{ROOT}/planilha").status_code == 404


def test_a_language_that_is_not_spoken_is_told(client: Client) -> None:
    assert client.get(f"{ROOT}/csv", {"lang": "de"}).status_code == 422
    assert client.get(f"{ROOT}/csv", {"lang": "pt-BR"})["Content-Language"] == "pt-BR"
    assert client.get(f"{ROOT}/csv", {"lingua": "pt"}).status_code == 422


def test_one_service_alone(vaccine: Service) -> None:
    formats = formats_of("service")
    assert formats["federal-v3"] == "application/xml"
    assert formats["federal-v1"] == "application/json"
    data = written_alone("federal-v3", vaccine, "pt-br", AT)
    told = federal_v3.read([SourceFile("a.xml", data)]).records
    assert sorted(record.title for record in told) == ["Saúde", "Secretaria da Saúde", "Tomar vacina"]
    (item,) = json.loads(written_alone("aggregator", vaccine, "pt-br", AT))
    assert (item["name"], item["date"]) == ("Tomar vacina", "2026-03-02")
    assert written_alone("conecta", vaccine, "pt-br", AT) == f"{to_json(vaccine)}\n".encode()
    for name in formats:
        assert written_alone(name, vaccine, "pt-br", AT)
    with pytest.raises(KeyError):
        written_alone("tables", vaccine, "pt-br", AT)
    assert "federal-v3" not in formats_of("topic")


def test_what_is_asked_for_by_kind_comes_each_once_with_its_moment(vaccine: Service) -> None:
    charter = PublishedCharter("pt-br", AT)
    dated = list(charter.dated("service", "topic"))
    assert [record.title for record, _changed in dated] == ["Outro", "Tomar vacina", "Saúde"]
    assert all(changed is not None for _record, changed in dated)
    assert [dump(record) for record, _changed in dated] == [dump(record) for record in charter.of("service", "topic")]
