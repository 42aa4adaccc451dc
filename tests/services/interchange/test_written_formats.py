"""Charters written as tables, feeds and the federal API, read by programs that are not ours."""

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from services.interchange import FORMATS, Given, Site, SourceFile, federal_v1, federal_v3, open_source
from services.interchange.planilha import Known, read_over
from services.interchange.zips import zipped
from services.record import Record, Ref, Service, dump, from_data, to_json
from services.record.service import Channel, Channels, Fee, Fees, Step
from services.record.values import Duration
from tests import records
from tests.services.interchange.charters import INVENTED
from tests.services.interchange.generated import records as generated

SITE = Site("https://servicos.example.gov.br", "pt-BR", datetime(2026, 3, 1, 12, tzinfo=UTC))
FORMULAS = ["=1+1", "+55 77", "-1", "@soma", "\ttab", "'=1", "''=1", "'aspas'", "texto"]


def body(**given: Any) -> Any:
    return records.secretariat("Secretaria da Saúde", **given)


def ref(entry: Any) -> Ref:
    return records.ref(entry)


def written(name: str, charter: list[Record]) -> bytes:
    write = FORMATS[name].write
    assert write is not None
    return b"".join(write(Given(charter, SITE)))


def rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


# CSV


def test_csv_has_a_row_for_each_service_in_portuguese() -> None:
    health = body()
    service = records.service("Tomar vacina", secretariat=ref(health), free=True, keywords=["gripe", "covid"])
    (row,) = rows(written("csv", [service, health]))
    assert (row["Código"], row["Órgão"], row["Nome"]) == (service.id, "SMS", "Tomar vacina")
    assert (row["Grátis"], row["Palavras-chave"]) == ("Sim", "gripe\ncovid")
    assert row["Nome do órgão"] == "Secretaria da Saúde"
    assert row["Página"] == f"{SITE.base_url}{service.url}"


@pytest.mark.parametrize("said", FORMULAS)
def test_no_cell_of_csv_is_a_formula_and_each_comes_back(said: str) -> None:
    health = body()
    service = records.service("Tomar vacina", secretariat=ref(health), sector=said, summary=said)
    data = written("csv", [service, health])
    (row,) = rows(data)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
    known = Known(
        bodies={"sms": ref(health)},
        acronyms={health.id: "SMS"},
        look_up=lambda ids: {service.id: service.model_copy(update={"sector": "", "summary": ""})},
    )
    reading = read_over([SourceFile("a.csv", data)], known)
    assert (reading.rejected, reading.remarks) == ([], [])
    (again,) = reading.records
    assert isinstance(again, Service)
    assert (again.sector, again.summary) == (service.sector, service.summary)


def test_a_formula_in_csv_is_refused() -> None:
    service = records.service("Tomar vacina", secretariat=ref(body()))
    data = f"Código,Órgão,Nome\n{service.id},SMS,=HYPERLINK(1)\n".encode()
    (refused,) = read_over([SourceFile("a.csv", data)], Known()).rejected
    assert "fórmula" in refused.reason
    assert refused.name == "a.csv, folha Serviços, linha 2, coluna “Nome”"


# The general table


def test_the_general_table_says_who_is_responsible_and_to_whom() -> None:
    top = records.secretariat("Gabinete", acronym="GAB", head="Chefe de gabinete")
    health = body(superior=ref(top), head="Secretária")
    services: list[Record] = [
        records.service("Tomar vacina", secretariat=ref(health), sector="Imunização"),
        records.service("Pedir audiência", secretariat=ref(top)),
    ]
    one, two = rows(written("general-table", [*services, top, health]))
    assert list(one.values()) == [
        "Tomar vacina",
        "Secretaria da Saúde",
        "SMS",
        "Imunização",
        "Secretária",
        "Gabinete (Chefe de gabinete)",
        f"{SITE.base_url}{services[0].url}",
    ]
    assert list(two.values())[5] == "Chefe do Poder Executivo municipal"


# The aggregator's feed


def test_the_aggregator_gets_an_array() -> None:
    health = body()
    service = records.service("Tomar vacina", secretariat=ref(health), popular_names=["Zé Gotinha"], keywords=["gripe"])
    (item,) = json.loads(written("aggregator", [service, health]))
    assert list(item) == ["id", "name", "description", "url", "date", "organization", "popular_names", "keywords"]
    assert item["organization"] == {"name": health.title, "id": health.id, "url": f"{SITE.base_url}{health.url}"}
    assert (item["popular_names"], item["keywords"]) == ([{"name": "Zé Gotinha"}], ["gripe"])
    assert json.loads(written("aggregator", [])) == []


# The federal API v1


def test_what_was_written_as_v1_is_read_as_the_same() -> None:
    charter = federal_v3.read(open_source(INVENTED, {".xml"})).records
    data = written("federal-v1", charter)
    envelope = json.loads(data)
    assert list(envelope) == ["resposta"]
    reading = federal_v1.read([SourceFile("a.json", data)])
    assert (reading.rejected, reading.remarks) == ([], [])
    keep = {"title", "kind", "steps", "time", "summary", "description", "applicants", "validity", "legislation", "free"}
    said = [sorted(str(record.model_dump(include=keep)) for record in some) for some in (charter, reading.records)]
    assert said[0] == said[1]
    again = federal_v1.read([SourceFile("a.json", written("federal-v1", reading.records))])
    assert sorted(map(to_json, again.records)) == sorted(map(to_json, reading.records))


def test_v1_as_the_federal_api_answers_it() -> None:
    """One service, numbers where texts may be, lists with and without their wrapping, and fields of its panel."""
    answer = {
        "resposta": {
            "id": "https://servicos.gov.br/api/v1/servicos/42",
            "nome": "Obter passaporte",
            "descricao": "Para viajar.",
            "gratuito": False,
            "porcentagemDigital": 0,
            "nomesPopulares": {"item": [{"id": 1, "item": "passaporte"}]},
            "palavrasChave": ["viagem", "exterior"],
            "tempoTotalEstimado": {"ate": {"max": 6, "unidade": "dias-uteis"}, "descricao": ""},
            "validadeDocumento": {"tipo": "Válido por", "quantidade": 10, "unidade": "anos", "descricao": None},
            "orgao": {"id": "http://x/7", "dbId": 7, "nomeOrgao": "Polícia Federal (PF)"},
            "etapas": [
                {
                    "id": 9,
                    "titulo": "Pedir",
                    "documentos": {
                        "default": {"documento": [{"id": 3, "descricao": "RG"}]},
                        "casos": [{"descricao": "Menores", "documento": [{"descricao": "Autorização"}]}],
                    },
                    "canaisDePrestacao": {
                        "default": {"canalDePrestacao": [{"tipo": "web", "descricao": "https://pf.gov.br/a"}]},
                        "casos": [],
                    },
                }
            ],
        }
    }
    reading = federal_v1.read([SourceFile("a.json", json.dumps(answer).encode())])
    assert (reading.rejected, reading.remarks) == ([], [])
    (service,) = (record for record in reading.records if isinstance(record, Service))
    assert (service.source, service.source_id) == ("federal-v1", "https://servicos.gov.br/api/v1/servicos/42")
    assert (service.popular_names, service.keywords, service.free) == (["passaporte"], ["viagem", "exterior"], False)
    assert service.time is not None
    assert (service.time.type, service.time.max) == ("up_to", 6)
    assert service.validity is not None
    assert (service.validity.type, service.validity.quantity, service.validity.unit) == ("limited", 10, "years")
    (step,) = service.steps
    assert [document.name for document in step.documents.default] == ["RG"]
    assert [(case.text, case.items[0].name) for case in step.documents.cases] == [("Menores", "Autorização")]
    assert step.channels.default == [Channel(type="web", url="https://pf.gov.br/a")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{", "não é um JSON válido"),
        ("é".encode("latin-1"), "UTF-8"),
        (b"[]", "resposta"),
        (b'{"resposta":[1]}', "objeto"),
        (b'{"resposta":[{"id":"a","nome":{"a":{}}}]}', "nome"),
        (b'{"resposta":[{"nome":"A","orgao":{"id":{}}}]}', "objeto"),
        (b'{"resposta":' + b"[" * 100_000, "ler"),
        (b'{"resposta":[' + b'{"a":' * 200 + b"1" + b"}" * 200 + b"]}", "aninhados"),
    ],
)
def test_what_is_no_v1_is_a_sentence(data: bytes, reason: str) -> None:
    reading = federal_v1.read([SourceFile("a.json", data)])
    assert reading.records == []
    assert reason in reading.rejected[0].reason


# The zip of tables


def tables(charter: list[Record]) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(written("tables", charter)))


def test_frictionless_takes_the_package(tmp_path: Path) -> None:
    """Types, keys and what points from table to table."""
    health = body()
    step = Step(
        title="Pedir",
        fees=Fees(default=[Fee(name="Taxa", amount="12.5")]),
        channels=Channels(default=[Channel(type="phone", text="156", waiting=Duration(quantity=5))]),
    )
    service = records.service("=1+1", secretariat=ref(health), steps=[step, step], free=True)
    tables([service, health, records.unit(secretariat=ref(health))]).extractall(tmp_path)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["message"])[:5]
    found = {
        path.stem: list(csv.DictReader(path.open(encoding="utf-8", newline=""))) for path in tmp_path.glob("*.csv")
    }
    assert [(row["id"], row["title"], row["free"]) for row in found["services"]] == [(service.id, "'=1+1", "true")]
    assert [(row["record"], row["position"], row["title"]) for row in found["services_steps"]] == [
        (service.id, "1", "Pedir"),
        (service.id, "2", "Pedir"),
    ]
    fee = found["services_steps_fees"][1]
    assert (fee["above"], fee["position"], fee["amount"], fee["currency"]) == ("2", "2.1", "12.50", "BRL")
    channel = found["services_steps_channels"][0]
    assert (channel["waiting_quantity"], channel["waiting_unit"]) == ("5", "minutes")


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, held in value.items():
            # A reference is its id.
            yield from () if name in {"kind", "url"} and "key" not in value else _leaves(held)
    elif isinstance(value, list):
        for held in value:
            yield from _leaves(held)
    elif value not in ("", None):
        yield str(value).lower() if isinstance(value, bool) else str(value)


@settings(max_examples=25, deadline=None, phases=[Phase.reuse, Phase.generate])
@given(st.lists(generated(), min_size=1, max_size=3, unique_by=lambda record: record.id))
def test_no_value_of_a_record_is_left_out_of_the_tables(charter: list[Record]) -> None:
    # A few texts that publishing fills in are not normalised, and no file holds half a character.
    assume("\\ud" not in ascii([to_json(record) for record in charter]))
    told: Counter[str] = Counter()
    with tables(charter) as archive:
        for name in archive.namelist():
            if name.endswith(".csv"):
                cells = [
                    cell for line in csv.reader(io.StringIO(archive.read(name).decode(), newline="")) for cell in line
                ]
                told.update([*cells, *(cell.removeprefix("'") for cell in cells)])
    missing = {leaf for record in charter for leaf in _leaves(dump(from_data(dump(record)))) if leaf not in told}
    assert missing == set()


# Zips that are sent while they are made


def test_a_zip_of_pieces_is_a_whole_one() -> None:
    """Its pieces come while its files are made, and none holds more than a file's."""
    big = [bytes([number]) * 1000 for number in range(200)]
    pieces = list(zipped([("a.txt", b"um"), ("b/ç.bin", iter(big))], SITE.at))
    assert len(pieces) > 2
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None
        assert (archive.read("a.txt"), archive.read("b/ç.bin")) == (b"um", b"".join(big))
