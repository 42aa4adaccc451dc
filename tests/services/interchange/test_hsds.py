"""HSDS: a package that frictionless finds whole, and that is read back as it was written."""

import csv
import io
import json
import os
import zipfile
from pathlib import Path

import frictionless
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.interchange import FORMATS, Given, Reading, SourceFile, open_source
from services.interchange.hsds import read
from services.record import Entry, Kind, Record, from_data
from tests.services.interchange import hostile
from tests.services.interchange.exchange.samples import SITE, charter, full
from tests.services.interchange.generated import records

HSDS = FORMATS["hsds"]
KEPT: tuple[Kind, ...] = ("city", "secretariat", "unit", "district", "topic", "audience", "life_event", "service")
#: HSDS's own ``datapackage.json`` (CC BY-SA: not kept here), from github.com/openreferral/specification, branch 3.0:
#: ``.ci/run`` brings it at a commit and with a sum.
_SPECIFICATION = Path(os.environ.get("CONECTA_HSDS_DATAPACKAGE") or "datapackage-of-hsds.json")


def _package(given_: Given) -> bytes:
    assert HSDS.write
    return b"".join(HSDS.write(given_))


def _files(package: bytes) -> list[SourceFile]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return [SourceFile(name, archive.read(name)) for name in archive.namelist()]


def _rows(package: bytes, path: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(path).decode(), newline="")))


def _city() -> Given:
    return charter(*(from_data(full(kind)) for kind in KEPT))


def _without_address(entry: Entry) -> Entry:
    """The address of a page is the site's that publishes it."""
    return entry.model_copy(update={"url": ""})


def _same(entries: list[Record], reading: Reading) -> None:
    assert reading.rejected == []
    told = {(entry.kind, entry.id): entry for entry in reading.records}
    for entry in entries:
        if entry.kind in KEPT:
            assert told.pop((entry.kind, entry.id)) == _without_address(entry)
    assert told == {}


def _errors(package: bytes, folder: Path, descriptor: dict[str, object] | None = None) -> list[list[object]]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        archive.extractall(folder)
    told = descriptor or json.loads((folder / "datapackage.json").read_text())
    package_ = frictionless.Package.from_descriptor(told, basepath=str(folder))
    return package_.validate().flatten(["name", "rowNumber", "fieldName", "type", "note"])


def test_a_package_is_valid_and_every_reference_finds_its_row(tmp_path: Path) -> None:
    assert _errors(_package(_city()), tmp_path) == []


@pytest.mark.skipif(not _SPECIFICATION.is_file(), reason="CONECTA_HSDS_DATAPACKAGE names no datapackage.json of HSDS")
def test_a_package_is_valid_by_hsds_s_own_schema(tmp_path: Path) -> None:
    package = _package(_city())
    specification = json.loads(_SPECIFICATION.read_text())
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        ours = {name for name in archive.namelist() if name.endswith(".csv")}
    resources = [each for each in specification["resources"] if each["path"] in ours]
    assert len(resources) == len(ours)
    present = {each["name"] for each in resources}
    for resource in resources:
        keys = resource["schema"].get("foreignKeys", [])
        resource["schema"]["foreignKeys"] = [key for key in keys if key["reference"]["resource"] in present]
    assert _errors(package, tmp_path, {"name": "hsds", "resources": resources}) == []


def test_columns_tell_a_service_to_whoever_reads_hsds() -> None:
    package = _package(_city())
    service = from_data(full("service"))
    (row,) = (each for each in _rows(package, "services.csv") if each["id"] == str(service.key))
    assert row["name"] == service.title
    assert row["description"] == "Um Service summary\n\nUm Service description"
    assert row["url"] == f"{SITE.base_url}/pagina/um/"
    assert row["status"] == "temporarily closed"
    assert row["application_process"] == "1. Um Step title\n\nUm Step description\n\nEm casa, com visita da equipe"
    assert row["wait_time"] == "entre 3 e 7 minutos\n\nUm TimeEstimate note"
    assert row["assured_date"] == "2026-06-01"
    bodies = {each["id"]: each for each in _rows(package, "organizations.csv")}
    assert bodies[row["organization_id"]]["name"] == "secretariat um"
    (cost,) = (each for each in _rows(package, "cost_options.csv") if each["option"] == "Um Fee name")
    assert (cost["service_id"], cost["amount"], cost["currency"]) == (row["id"], "12.50", "BRL")
    (schedule,) = (each for each in _rows(package, "schedules.csv") if each["byday"])
    assert (schedule["byday"], schedule["opens_at"], schedule["closes_at"]) == ("MO", "08:00:00", "17:00:00")
    assert schedule["timezone"] == "-4"
    (place,) = (each for each in _rows(package, "service_at_location.csv") if each["service_id"] == row["id"])
    assert place["location_id"] in {each["id"] for each in _rows(package, "locations.csv")}


def test_the_same_charter_gives_the_same_bytes() -> None:
    assert _package(_city()) == _package(_city())


def test_what_is_written_is_read_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "carta.zip"
    path.write_bytes(_package(_city()))
    _same(list(_city().records), read(open_source(path, HSDS.suffixes)))


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    # Making a failing charter smaller would take minutes: it is small as it is.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.lists(records(), max_size=2, unique_by=lambda record: record.id))
def test_whatever_a_record_holds_is_read_back(entries: list[Record]) -> None:
    cities = [entry for entry in entries if entry.kind == "city"]
    for city in cities:
        city.timezone = "America/Manaus"
    alone = [entry for entry in entries if entry.kind != "city" or entry is cities[0]]
    _same(alone, read(_files(_package(Given(alone, SITE)))))


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_hostile_texts_are_told_in_columns_and_read_back(text: str) -> None:
    service = hostile.service(text)
    package = _package(Given([service], SITE))
    assert _rows(package, "services.csv")[0]["name"] == service.title
    _same([service], read(_files(package)))


def test_a_charter_of_nothing_is_a_package_too(tmp_path: Path) -> None:
    package = _package(Given([], SITE))
    assert _errors(package, tmp_path) == []
    assert read(_files(package)).records == []


FOREIGN = {
    "organizations.csv": "id,name,description\no1,Secretaria da Saúde,Cuida da saúde\n",
    "locations.csv": "id,location_type,name,latitude,longitude\nl1,physical,Posto,-14.86,-40.84\nl2,virtual,Site,,\n",
    "services.csv": "id,organization_id,name,status,description,eligibility_description,application_process,email\n"
    "s1,o1,Vacinar,active,<p>Vacina <b>já</b>.</p>,Toda pessoa,Vá ao posto,a@b.example\n"
    "s2,o1,Antigo,defunct,,,,\n",
    "service_at_location.csv": "id,service_id,location_id\nx1,s1,l1\n",
    "required_documents.csv": "id,service_id,document\nd1,s1,RG\n",
    "cost_options.csv": "id,service_id,option,amount,currency\nc1,s1,Taxa,10,BRL\n",
    "phones.csv": "id,service_id,location_id,number\np1,s1,,156\np2,,l1,3000-0000\n",
    "schedules.csv": 'id,location_id,freq,byday,opens_at,closes_at\nh1,l1,WEEKLY,"MO,TU",08:00,17:00Z\n',
    "taxonomy_terms.csv": "id,name,description\nt1,Saúde,Saúde\n",
    "attributes.csv": "id,link_id,taxonomy_term_id,link_entity\na1,s1,t1,service\n",
    "funding.csv": "id,source\nf1,União\n",
}


def _foreign(**changes: str | bytes) -> Reading:
    told = {**FOREIGN, **{f"{name}.csv": text for name, text in changes.items()}}
    return read(
        SourceFile(name, text if isinstance(text, bytes) else text.encode()) for name, text in sorted(told.items())
    )


def test_a_package_of_others_is_read_as_far_as_its_columns_go() -> None:
    reading = _foreign()
    assert reading.rejected == []
    told = {entry.kind: entry for entry in reading.records}
    assert sorted(told) == ["secretariat", "service", "topic", "unit"]
    service, unit = told["service"], told["unit"]
    assert (service.source, service.source_id) == ("hsds", "s1")
    assert service.summary == "Vacina já."
    assert service.requirements == "<p>Toda pessoa</p>"
    (step,) = service.steps
    assert step.description == "<p>Vá ao posto</p>"
    assert [document.name for document in step.documents.default] == ["RG"]
    assert [(fee.name, str(fee.amount)) for fee in step.fees.default] == [("Taxa", "10.00")]
    assert [(channel.type, channel.text) for channel in step.channels.default] == [
        ("phone", "156"),
        ("email", "a@b.example"),
    ]
    assert service.secretariat.id == told["secretariat"].id
    assert [ref.id for ref in service.units] == [unit.id]
    assert [ref.id for ref in service.topics] == [told["topic"].id]
    assert [(hours.days, f"{hours.closes:%H:%M}") for hours in unit.hours] == [(["mon", "tue"], "17:00")]
    assert [contact.value for contact in unit.contacts] == ["3000-0000"]
    assert [remark.name for remark in reading.remarks] == ["funding.csv", "services.csv, linha 3"]


def test_reading_it_again_gives_the_same_records() -> None:
    assert _foreign().records == _foreign().records


@pytest.mark.parametrize(
    ("changes", "name", "reason"),
    [
        ({"services": "id,name\ns1,Vacinar\n"}, "services.csv", "falta a coluna organization_id"),
        ({"services": b"\xff\xfe"}, "services.csv", "não está em UTF-8"),
        ({"services": 'id,organization_id,name,status\ns1,"o1'}, "services.csv", "não é um CSV válido (linha 1)"),
        (
            {"services": "id,organization_id,name,status\ns1,o1,A,active\ns1,o1,B,active\n"},
            "services.csv, linha 3",
            "este id já apareceu antes",
        ),
        (
            {"services": "id,organization_id,name,status\ns1,o9,A,active\n"},
            "services.csv, linha 2 (A)",
            "coluna organization_id: o órgão não está em organizations.csv",
        ),
        (
            {"services": "id,organization_id,name,status\ns1,o1,,active\n"},
            "services.csv, linha 2",
            "coluna name: falta",
        ),
        (
            {"services": "id,organization_id,name,status\ns1,o1,A,active,9,9\n"},
            "services.csv, linha 2",
            "tem mais valores do que colunas",
        ),
        (
            {"cost_options": "id,service_id,amount\nc1,s1,muito\n"},
            "services.csv, linha 2 (Vacinar)",
            "campo steps.0.fees.default.0.amount: devia ser um número",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_place(changes: dict[str, str], name: str, reason: str) -> None:
    (rejected,) = _foreign(**changes).rejected
    assert (rejected.name, rejected.reason) == (name, reason)


def test_an_attribute_that_is_no_json_is_named_with_its_service() -> None:
    service = from_data(full("service"))
    files = [
        SourceFile(file.name, file.data.replace(b'"[', b'"[[', 1)) if file.name == "attributes.csv" else file
        for file in _files(_package(Given([service], SITE)))
    ]
    (rejected,) = read(files).rejected
    assert rejected.name == "services.csv, linha 14 (Um Service title)"
    assert "não é um JSON válido" in rejected.reason
