"""Services written as schema v3: valid, and read back as what they were."""

import io
import zipfile
from datetime import UTC, datetime
from functools import cache

import pytest
import xmlschema
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from services import rich_text
from services.interchange import (
    FORMATS,
    Given,
    Site,
    SourceFile,
    federal_v3,
    federal_v3_texts,
    federal_v3_words,
    open_source,
)
from services.interchange.federal_v3_fields import NAMESPACE
from services.record import Record, Ref, Service, from_data, to_json
from services.record.service import Law
from services.record.values import normalise_line, normalise_text
from tests import records, strategies
from tests.services.interchange.charters import INVENTED, PROJECT
from tests.services.interchange.generated import data_of

SITE = Site("https://servicos.example.gov.br", "pt-BR", datetime(2026, 3, 1, 12, tzinfo=UTC))
SCHEMA = PROJECT / "services" / "interchange" / "federal_v3.xsd"


@cache
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(SCHEMA)


def files(charter: list[Record]) -> list[SourceFile]:
    """The zip that is written, as its files."""
    with zipfile.ZipFile(io.BytesIO(b"".join(federal_v3.write(Given(charter, SITE))))) as archive:
        assert archive.testzip() is None
        return [SourceFile(name, archive.read(name)) for name in archive.namelist()]


def read(charter: list[Record]) -> list[Record]:
    reading = federal_v3.read(files(charter))
    assert (reading.rejected, reading.remarks) == ([], [])
    return reading.records


def bodies(charter: list[Record]) -> list[str]:
    return sorted(map(to_json, charter))


def test_the_invented_files_come_back_equal_and_valid() -> None:
    charter = federal_v3.read(open_source(INVENTED, {".xml"})).records
    assert sum(isinstance(record, Service) for record in charter) >= 20
    assert bodies(read(charter)) == bodies(charter)
    for file in files(charter):
        schema().validate(io.BytesIO(file.data))


def test_the_schema_refuses_what_is_none_of_it() -> None:
    file = files([records.service("Emitir certidão", secretariat=None), records.secretariat("Receita")])[0]
    assert not schema().is_valid(io.BytesIO(file.data))


def test_one_service_alone_is_one_file() -> None:
    body = records.secretariat("Secretaria da Fazenda", acronym="SEFIN", other_names=["Finanças"])
    service = records.service("Emitir certidão", secretariat=Ref(kind="secretariat", id=body.id))
    form = FORMATS["federal-v3"]
    assert form.alone is not None
    data = b"".join(form.alone.write(Given([service, body], SITE)))
    schema().validate(io.BytesIO(data))
    told = federal_v3.read([SourceFile("a.xml", data)]).records
    assert [record.title for record in told if record.kind == "service"] == ["Emitir certidão"]
    (again,) = (record for record in told if record.kind == "secretariat")
    assert (again.title, again.acronym, again.other_names) == ("Secretaria da Fazenda", "SEFIN", ["Finanças"])
    assert f'xmlns="{NAMESPACE}"'.encode() in data


def says(text: str) -> bool:
    return federal_v3_texts.says(text)


@settings(max_examples=100, deadline=None)
@given(strategies.rich_texts.map(rich_text.clean))
def test_rich_text_comes_back(html: str) -> None:
    if says(rich_text.plain(html)):
        assert federal_v3_texts.rich(federal_v3_words.rich(html)) == html


@settings(max_examples=100, deadline=None)
@given(strategies.texts.map(normalise_text) | st.text("ab. -*1)(#\n[]www:/", max_size=30).map(normalise_text))
def test_text_comes_back(said: str) -> None:
    if says(said):
        assert federal_v3_texts.text(federal_v3_words.text(said)) == said
        line = normalise_line(said)
        assert federal_v3_texts.line(federal_v3_words.text(line)) == line
        assert federal_v3_texts.link_or_text(federal_v3_words.link_or_text(said, "")) == (said, "")
        assert federal_v3_texts.laws(federal_v3_words.law(Law(title=said))) == [Law(title=said)]


@settings(max_examples=25, deadline=None, phases=[Phase.reuse, Phase.generate])
@given(data_of("service"), data_of("secretariat"))
def test_what_was_read_once_comes_back_equal_for_good(service: dict[str, object], body: dict[str, object]) -> None:
    """The first writing loses what the schema has no place for; after it nothing is lost."""
    secretariat = from_data(body | {"title": f"Órgão {body.get('title', '')}"})
    ref = {"kind": "secretariat", "id": secretariat.id}
    first: list[Record] = [from_data(service | {"title": "Um serviço", "secretariat": ref}), secretariat]
    for file in files(first):
        schema().validate(io.BytesIO(file.data))
    once = read(first)
    assert bodies(read(once)) == bodies(once)


@pytest.mark.parametrize("said", ["*a*", "http://a.b.gov.br sem link", "1. um", "[x](y)", "a_b_c", "<b>x</b>", "# a"])
def test_marks_are_text(said: str) -> None:
    assert federal_v3_texts.text(federal_v3_words.text(said)) == said
    html = rich_text.clean(f"<p>{said.replace('<', '&lt;')}</p>")
    assert federal_v3_texts.rich(federal_v3_words.rich(html)) == html
