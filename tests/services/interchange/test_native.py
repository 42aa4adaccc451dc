"""The project's own form: short to write by hand, whole to pass on, and exact about what is wrong."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.interchange import FORMATS, Reading, Rejected, SourceFile, native
from services.record import Entry, Service, to_json
from services.record.identity import id_for, key_for
from tests.services.interchange.generated import records

SERVICE = {"kind": "service", "source_id": "luz", "title": "Trocar a lâmpada do poste"}


def _document(*entries: Any, **changes: Any) -> SourceFile:
    document = {"format": "conecta", "version": 1, "source": "demo", "records": list(entries), **changes}
    return SourceFile("pasta/a.json", json.dumps(document).encode())


def _only(reading: Reading) -> Service:
    assert reading.rejected == []
    (record,) = reading.records
    assert isinstance(record, Service)
    return record


def _refused(file: SourceFile) -> Rejected:
    reading = native.read([file])
    assert reading.records == []
    (rejected,) = reading.rejected
    assert "\n" not in rejected.reason
    return rejected


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(records(), max_size=2, unique_by=lambda record: (record.kind, record.id)))
def test_what_is_written_is_read_back(entries: list[Entry]) -> None:
    written = b"".join(native.lines(entries))
    reading = native.read([SourceFile("a.jsonl", written)])
    assert reading.rejected == []
    assert reading.records == entries
    assert b"".join(native.lines(reading.records)) == written


def test_a_line_is_the_canonical_json_of_its_record() -> None:
    record = _only(native.read([_document(SERVICE)]))
    assert list(native.lines([record])) == [to_json(record).encode() + b"\n"]


def test_a_short_record_is_made_whole() -> None:
    record = _only(
        native.read(
            [
                _document(
                    {
                        **SERVICE,
                        "secretariat": {"kind": "secretariat", "source_id": "obras"},
                        "steps": [
                            {
                                "title": "Pedir",
                                "documents": {
                                    "cases": [
                                        {
                                            "text": "Se é à noite",
                                            "condition": {
                                                "question": {"kind": "question", "source_id": "hora"},
                                                "answers": ["noite"],
                                            },
                                        }
                                    ]
                                },
                            }
                        ],
                    }
                )
            ]
        )
    )
    assert (record.source, record.key) == ("demo", key_for("demo", "service", "luz"))
    assert record.id == id_for("demo", "service", "luz")
    assert record.secretariat is not None
    assert record.secretariat.id == id_for("demo", "secretariat", "obras")
    condition = record.steps[0].documents.cases[0].condition
    assert condition is not None
    assert condition.question.id == id_for("demo", "question", "hora")


def test_a_record_may_be_of_another_source_than_its_document() -> None:
    record = _only(
        native.read([_document({**SERVICE, "source": "outra", "related": [{"kind": "service", "source_id": "poda"}]})])
    )
    assert record.source == "outra"
    assert record.related[0].id == id_for("outra", "service", "poda")


def test_a_whole_record_keeps_its_key() -> None:
    key = key_for("x", "service", "y")
    record = _only(native.read([_document({**SERVICE, "key": str(key), "id": id_for("x", "service", "y")}, source="")]))
    assert (record.key, record.source) == (key, "")


def test_a_faulty_record_is_named_and_the_others_are_read() -> None:
    reading = native.read([_document({**SERVICE, "steps": [{"titulo": "x"}]}, {**SERVICE, "source_id": "b"})])
    assert [record.source_id for record in reading.records] == ["b"]
    assert reading.rejected == [Rejected("pasta/a.json, registro 1 (luz)", "campo steps.0.titulo: campo desconhecido")]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ({"kind": "pombo", "source_id": "x"}, "campo kind: falta ou não é um tipo de registro"),
        ({"kind": ["service"], "source_id": "x"}, "campo kind: falta ou não é um tipo de registro"),
        ({"kind": "service", "title": "x"}, "sem id e key, o registro precisa de source e source_id"),
        ({**SERVICE, "source": 1}, "campo source: devia ser um texto"),
        ({**SERVICE, "title": 5}, "campo title: devia ser um texto"),
        ({**SERVICE, "title": "x" * 256}, "campo title: tem mais de 255 caracteres"),
        ({**SERVICE, "free": "talvez"}, "campo free: devia ser verdadeiro ou falso"),
        ({**SERVICE, "reviewed_on": "ontem"}, "campo reviewed_on: não é uma data ou hora válida"),
        ({**SERVICE, "time": {"type": "logo"}}, "campo time.type: devia ser"),
        ({**SERVICE, "time": {"type": "up_to", "max": -1}}, "campo time.max: devia ser no mínimo 0"),
        ({**SERVICE, "id": "aaaaaaaaaa"}, "campo key: falta"),
        ({**SERVICE, "id": "aaaaaaaaaa", "key": str(key_for("a", "b", "c"))}, "campo id: não é o da key"),
        ({**SERVICE, "related": [{"kind": "service", "source_id": "x", "id": "y"}]}, "campo related.0"),
        ("texto", "devia ser um objeto"),
        (None, "devia ser um objeto"),
        ({**SERVICE, "a": 1, "b": 1, "c": 1, "d": 1}, "; e mais 1"),
    ],
)
def test_a_fault_is_said_with_its_field(entry: Any, reason: str) -> None:
    assert reason in _refused(_document(entry)).reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "não é um JSON válido (linha 1, coluna 1)"),
        (b'{"format": "conecta", "version": 1, "records": [', "não é um JSON válido"),
        ('{"format": "conecta", "título": 1}'.encode("latin-1"), "não está em UTF-8"),
        (b"[]", "não é um documento da forma"),
        (b'{"format": "outra"}', "não é um documento da forma"),
        (b'{"format": "conecta", "version": 2, "records": []}', "a versão 2 não é conhecida"),
        (b'{"format": "conecta", "version": 1, "records": {}}', "records devia ser uma lista"),
        (b'{"format": "conecta", "version": 1, "records": [], "extra": 1}', "campo desconhecido no documento: extra"),
        (b'{"format": "conecta", "version": NaN}', "número que JSON não conhece"),
        (b"[" * 100_000, "aninhados demais"),
        (
            b'{"format": "conecta", "version": 1, "n": ' + b"9" * 5000 + b"}",
            "número que JSON não conhece ou grande demais",
        ),
    ],
)
def test_a_faulty_document_is_refused_whole(data: bytes, reason: str) -> None:
    assert reason in _refused(SourceFile("a.json", data)).reason


def test_values_nested_deep_are_refused() -> None:
    nested: Any = "x"
    for _ in range(200):
        nested = [nested]
    assert _refused(_document({**SERVICE, "related": nested})).reason == "tem valores aninhados demais"


def test_a_broken_line_does_not_stop_the_others() -> None:
    line = json.dumps({**SERVICE, "source": "demo"}).encode()
    reading = native.read([SourceFile("a.jsonl", b"{\n\n" + line + b"\n\xff\n")])
    assert [record.source_id for record in reading.records] == ["luz"]
    assert [(rejected.name, rejected.reason[:13]) for rejected in reading.rejected] == [
        ("a.jsonl, linha 1", "não é um JSON"),
        ("a.jsonl, linha 4", "não está em U"),
    ]


def test_a_record_that_comes_twice_is_refused_the_second_time() -> None:
    reading = native.read([_document(SERVICE), SourceFile("b.json", _document(SERVICE).data)])
    assert len(reading.records) == 1
    assert reading.rejected == [Rejected("b.json, registro 1 (luz)", "este registro já apareceu antes")]


def test_the_same_entry_in_another_language_is_another_record() -> None:
    reading = native.read([_document(SERVICE, {**SERVICE, "locale": "es"})])
    assert [record.locale for record in reading.records] == ["pt-BR", "es"]


def test_the_format_is_known_by_its_name() -> None:
    assert (FORMATS["conecta"].read, FORMATS["conecta"].write) == (native.read, native.write)
