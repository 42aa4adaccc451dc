"""The open data: whole, described, safe in a spreadsheet, and without what people wrote."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import frictionless
import pytest
from django.test import Client

from home.observatory.files import csv_of, json_of, resource
from home.observatory.register import TABLES
from home.observatory.shape import WITHHELD
from tests.home.observatory.known_city import AT

SECRETS = ("Comentário que ninguém publica", "Relato que ninguém publica")


def test_every_file_is_as_its_dictionary_says(client: Client, city: Any, tmp_path: Path) -> None:
    package = client.get("/observatorio/dicionario.json").json()
    assert [each["name"] for each in package["resources"]] == list(TABLES)
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    for each in package["resources"]:
        address = each["path"].removeprefix("http://testserver")
        (tmp_path / f"{each['name']}.csv").write_bytes(client.get(address).content)
        each["path"] = f"{each['name']}.csv"
        rows = client.get(each["json"].removeprefix("http://testserver")).json()["rows"]
        assert rows == [{name: row.get(name) for name in TABLES[each["name"]].names} for row in city[each["name"]]]
    found = frictionless.Package.from_descriptor(package, basepath=str(tmp_path))
    report = found.validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])[:5]


def test_the_dictionary_says_of_every_column_what_it_means_and_in_what_unit() -> None:
    for table in TABLES.values():
        fields = resource(table, base="https://cidade.example")["schema"]["fields"]
        assert [field["name"] for field in fields] == table.names
        assert all(field["title"] and field["description"] for field in fields)
        assert all(field.get("unit") for field in fields if field["type"] in ("integer", "number")), table.name


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_file_is_kept_by_caches_and_asked_for_again(
    client: Client, city: Any, form: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(2):
        answer = client.get(f"/observatorio/dados/buscas.{form}")
    assert answer.status_code == 200
    assert "public" in answer["Cache-Control"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    again = client.get(f"/observatorio/dados/buscas.{form}", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.post(f"/observatorio/dados/buscas.{form}").status_code == 405
    assert client.get(f"/observatorio/dados/nada.{form}").status_code == 404


def test_what_was_searched_is_no_formula_in_a_spreadsheet(client: Client, city: Any) -> None:
    text = client.get("/observatorio/dados/buscas.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["consulta"] for row in rows] == ["iptu", "castramóvel", "'=cmd"]
    assert (rows[0]["sem_resultado"], rows[0][WITHHELD]) == ("", "true")
    assert client.get("/observatorio/dados/buscas.json").json()["rows"][2]["consulta"] == "=cmd"


def test_no_file_and_no_page_holds_what_a_person_wrote(client: Client, city: Any) -> None:
    addresses = ["/observatorio/", "/observatorio/satisfacao/", "/observatorio/reclamacoes/"]
    addresses += [f"/observatorio/dados/{name}.{form}" for name in TABLES for form in ("csv", "json")]
    for address in addresses:
        text = client.get(address).content.decode()
        assert not any(secret in text for secret in SECRETS), address


def test_a_number_that_is_not_told_is_empty_and_null() -> None:
    table = TABLES["reclamacoes-orgaos"]
    row = dict.fromkeys(table.names) | {"orgao_id": "aaaaaaaaaa", "orgao": "Órgão", WITHHELD: True}
    assert csv_of(table, [row]).splitlines()[1] == "aaaaaaaaaa,Órgão,,,,,,true"
    told = json.loads(json_of(table, [row], made_at=AT))
    assert told["rows"][0]["reclamacoes"] is None
    assert (told["licence"], told["made_at"]) == ("CC-BY-4.0", "2026-11-24T15:00:00Z")


def test_before_the_first_making_files_have_their_header_alone(client: Client, db: None) -> None:
    text = client.get("/observatorio/dados/buscas.csv").content.decode("utf-8-sig")
    assert text.split() == [",".join(TABLES["buscas"].names)]
    assert client.get("/observatorio/dados/buscas.json").json()["made_at"] is None
