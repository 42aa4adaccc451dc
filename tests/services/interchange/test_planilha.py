"""The city's spreadsheet: what is written is read back equal, and what cannot be read says where and why."""

import io
import random
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from services.interchange.base import Unreadable
from services.interchange.planilha import Known, Sheet, problems_of, read_rows, read_workbook, template, write_workbook
from services.interchange.planilha.columns import COLUMNS
from services.interchange.planilha.guide import guide
from services.interchange.planilha.parts import PART_SHEETS
from services.interchange.planilha.tables import HEADINGS, SERVICES, read_csv_files
from services.interchange.planilha.writing import TOO_LONG, part_rows, service_rows, write_csv
from services.interchange.slugs import fold
from services.record import Ref, Service, Topic, Unit, dump
from services.record.service import (
    Applicant,
    Channel,
    Channels,
    DigitalLink,
    Document,
    DocumentCase,
    Documents,
    Fee,
    Fees,
    Law,
    Step,
)
from services.record.values import TimeEstimate
from tests import records as made
from tests import strategies
from tests.services.sheets.files import changed, csv_text, rows_of, xlsx

BODY = made.secretariat("Secretaria da Saúde", acronym="SMS")
TOPICS: Sequence[Topic] = [made.topic("Saúde"), made.topic("Impostos e taxas")]
UNIT: Unit = made.unit("Posto Central")
HEAD = ["Código", "Órgão", "Nome"]
PRESENT = {
    "secretariat": [BODY],
    "topic": TOPICS,
    "unit": [UNIT],
    **{kind: [made.topic(kind)] for kind in ("audience", "life_event", "service", "form", "district", "question")},
}


def ref(entry: Any) -> Ref:
    return Ref(kind=entry.kind, id=entry.id)


def known(*services: Service, **more: Any) -> Known:
    """A city of one body, two themes and a unit."""
    named = {"topic": TOPICS, "unit": [UNIT]}
    return Known(
        **{
            "bodies": {"sms": ref(BODY), "secretaria da saude": ref(BODY)},
            "acronyms": {BODY.id: "SMS"},
            "entries": {kind: {fold(e.title): [ref(e)] for e in entries} for kind, entries in named.items()},
            "titles": {e.id: e.title for entries in named.values() for e in entries},
            "look_up": lambda _ids: {service.id: service for service in services},
            **more,
        }
    )


def service(title: str = "Emitir cartão", **fields: Any) -> Service:
    return made.service(title, **({"secretariat": ref(BODY), "steps": [], "url": ""} | fields))


def read(data: bytes, here: Known, name: str = "servicos.xlsx") -> Sheet:
    return read_rows(read_workbook(name, data), here)


def told(sheet: Sheet) -> list[str]:
    return [f"{problem.place}: {problem.sentence}" for problem in problems_of(sheet)]


def only(sheet: Sheet) -> Service:
    assert told(sheet) == []
    (row,) = sheet.rows
    assert row.after is not None
    return row.after


# What is written is read back


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(strategies.records("service", PRESENT))
def test_a_file_that_was_not_changed_changes_nothing(record: Service) -> None:
    """Of any service, whatever stands in it and however much of it has no column."""
    sheet = read(write_workbook([record], known(record)), known(record))
    assert told(sheet) == []
    assert [row.is_equal for row in sheet.rows] == [True]
    assert dump(sheet.rows[0].after) == dump(record)  # type: ignore[arg-type]


_words = st.text("abçãé-+='.,0 ", min_size=1, max_size=12).map(lambda said: " ".join(said.split())).filter(bool)
_title = st.text("abçãé", min_size=3, max_size=12)
_times = st.builds(
    TimeEstimate,
    type=st.sampled_from(["up_to", "average"]),
    max=st.integers(1, 99_999),
    unit=st.sampled_from(["minutes", "hours", "calendar_days", "working_days", "months"]),
    note=_title | st.just(""),
) | st.builds(TimeEstimate, type=st.sampled_from(["immediate", "not_estimated"]), note=_words | st.just(""))
_amounts = st.decimals(0, 10**9, places=2)
_documents = st.builds(Document, name=_words, note=_words, where_to_get=_words | st.just(""))
_fees = st.builds(Fee, name=_words, amount=st.none() | _amounts, varies=_words | st.just(""))
_channels = st.builds(Channel, type=st.sampled_from(["in_person", "web", "web_schedule", "email"]), text=_words)
_steps = st.builds(
    Step,
    title=_words,
    time=st.none() | _times,
    documents=st.builds(Documents, default=st.lists(_documents, max_size=3)),
    fees=st.builds(Fees, default=st.lists(_fees, max_size=2)),
    channels=st.builds(Channels, default=st.lists(_channels, max_size=2)),
)
_services = st.fixed_dictionaries(
    {
        "summary": _words,
        "popular_names": st.lists(_title, max_size=3, unique=True),
        "keywords": st.lists(_title, max_size=3, unique=True),
        "acronym": _title,
        "sector": _words,
        "applicants": st.lists(st.builds(Applicant, who=_words), max_size=2),
        "steps": st.lists(_steps, max_size=3),
        "time": st.none() | _times,
        "free": st.none() | st.booleans(),
        "online": st.none() | st.booleans(),
        "digital_link": st.none() | st.just(DigitalLink(url="https://x.example/?a=1;b=2")),
        "topics": st.lists(st.sampled_from(TOPICS).map(ref), max_size=2),
        "units": st.lists(st.just(ref(UNIT)), max_size=1),
        "legislation": st.lists(
            st.builds(Law, title=_words, url=st.sampled_from(["", "https://x.example/a"])), max_size=2
        ),
        "description": st.lists(_title.map(lambda said: f"<p>{said}</p>"), max_size=2).map("".join),
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(_title, _services, st.booleans())
def test_a_new_service_is_what_was_written(title: str, said: dict[str, Any], is_csv: bool) -> None:
    """Of all fields that have a column, also where a text looks like a formula, in both forms of file."""
    record = service(title, **said)
    record = Service.model_validate(dump(record))
    if is_csv:
        # Without a code, it is another service.
        tables = {SERVICES: [["", *row[1:]] for row in service_rows([record], known())]}
        tables |= {sheet.name: [["", *row[1:]] for row in part_rows(sheet, [record])] for sheet in PART_SHEETS}
        files = [(f"{name}.csv", write_csv(name, rows)) for name, rows in tables.items()]
        found = only(read_rows(read_csv_files(files), known()))
    else:
        data = write_workbook([record], known())
        for name in HEADINGS:
            codes = {number: {"Código": None} for number in range(2, len(rows_of(data, name)) + 2)}
            data = changed(data, {name: codes})
        found = only(read(data, known()))
    identity = {"id": record.id, "key": record.key, "source": "", "source_id": "", "slug": record.slug}
    given_only = {"standards", "reviewed_on", "review_due"}
    assert dump(found.model_copy(update=identity)) == {
        name: value for name, value in dump(record).items() if name not in given_only
    }


def test_the_template_reads_as_nothing() -> None:
    """Its examples are there to be looked at; and each sheet has all of its columns."""
    data = template(known())
    sheet = read(data, known())
    assert (sheet.rows, told(sheet), sheet.notes) == ([], [], [])
    assert {row["Código"] for row in rows_of(data)} == {"EXEMPLO"}
    book = load_workbook(io.BytesIO(data))
    for name, headings in HEADINGS.items():
        assert [cell.value for cell in book[name][1]] == headings
    assert {row["Coluna"] for row in rows_of(data, "Como preencher")} == {h for hs in HEADINGS.values() for h in hs}
    assert [row["Temas"] for row in rows_of(data, "Valores")][:2] == ["Impostos e taxas", "Saúde"]


def test_the_example_would_be_taken_as_it_stands() -> None:
    """What the template shows is right: nobody learns from a wrong example."""
    data = template(known())
    for name in HEADINGS:
        data = changed(data, {name: {2: {"Código": None}}})
    found = only(read(data, known()))
    assert found.time == TimeEstimate(type="up_to", max=5, unit="working_days", note="conta da entrega")
    assert found.steps[0].fees.default[0].amount is not None


# Cells that change, and all else that stays

_CASE = DocumentCase(text="Menor de idade", items=[Document(name="Certidão")])
_FULL = service(
    "Emitir cartão",
    steps=[
        Step(
            title="Ir ao posto", documents=Documents(default=[Document(name="RG", form=ref(TOPICS[0]))], cases=[_CASE])
        ),
        Step(title="Pegar o cartão"),
    ],
    digital_link=DigitalLink(url="https://x.example", login="govbr_prata"),
    requirements="<p>Morar <strong>aqui</strong>.</p>",
)


def test_a_cell_changes_its_field_and_leaves_what_has_no_column() -> None:
    data = write_workbook([_FULL], known())
    data = changed(
        data,
        {
            SERVICES: {2: {"Resumo": "Outro.", "Link do serviço digital": "https://y.example"}},
            "Etapas": {2: {"Título": "Ir à unidade"}},
            "Documentos": {2: {"Observação": "original"}},
        },
    )
    found = only(read(data, known(_FULL)))
    assert found.summary == "Outro."
    assert found.digital_link == DigitalLink(url="https://y.example", login="govbr_prata")
    assert found.requirements == _FULL.requirements
    first = found.steps[0]
    assert first.title == "Ir à unidade"
    assert first.documents.default == [Document(name="RG", note="original", form=ref(TOPICS[0]))]
    assert first.documents.cases == [_CASE]


def test_steps_in_another_order_take_along_what_is_theirs() -> None:
    data = changed(write_workbook([_FULL], known()), {"Etapas": {2: {"Etapa": 2}, 3: {"Etapa": 1}}})
    data = changed(data, {"Documentos": {2: {"Etapa": 2}}})
    found = only(read(data, known(_FULL)))
    assert [step.title for step in found.steps] == ["Pegar o cartão", "Ir ao posto"]
    assert found.steps[1] == _FULL.steps[0]


def test_a_column_or_sheet_that_is_not_there_says_nothing_and_an_empty_cell_does() -> None:
    rows = [[*HEAD, "Resumo"], [_FULL.id, "SMS", "Emitir cartão", ""]]
    found = only(read(xlsx({SERVICES: rows}), known(_FULL)))
    assert (found.summary, found.steps) == ("", _FULL.steps)
    steps = [["Código", "Etapa", "Título"], [_FULL.id, "1ª", "Ir ao posto"]]
    found = only(read(xlsx({SERVICES: rows, "Etapas": steps, "Documentos": [["Código", "Documento"]]}), known(_FULL)))
    assert found.steps == _FULL.steps[:1]


def test_a_text_that_no_cell_can_hold_stays() -> None:
    long = service("Longo", description=f"<p>{'a ' * 20_000}</p>")
    data = write_workbook([long], known())
    assert rows_of(data)[0]["Descrição"] == TOO_LONG
    assert read(data, known(long)).rows[0].is_equal


def test_what_a_cell_cannot_name_is_not_taken_away() -> None:
    hidden = Ref(kind="unit", id="abcdefghij")
    record = service("Com unidade que não se vê", units=[hidden, ref(UNIT)])
    data = changed(write_workbook([record], known()), {SERVICES: {2: {"Unidades": ""}}})
    assert only(read(data, known(record))).units == [hidden]


# Formulas


def test_a_formula_is_told_and_never_run() -> None:
    rows = [[*HEAD, "Resumo"], ["", "SMS", "Emitir", '=HYPERLINK("https://mal.example")']]
    for data, name in ((xlsx({SERVICES: rows}), "a.xlsx"), (csv_text(rows).encode(), "a.csv")):
        assert told(read(data, known(), name)) == [
            "folha Serviços, linha 2, coluna “Resumo”: a célula tem uma fórmula: cole só o valor"
        ]


@pytest.mark.parametrize("text", ["=1+1", "+55 77", "-5", "@a", "'=1", "''-x", "'texto", "- item"])
def test_what_looks_like_a_formula_is_written_as_text(text: str) -> None:
    record = service("Fórmula", summary=text)
    data = write_workbook([record], known())
    cell = load_workbook(io.BytesIO(data))[SERVICES]["D2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix is text.startswith(("=", "+", "-", "@"))
    written = write_csv(SERVICES, service_rows([record], known())).decode()
    assert f",{text}," not in written or not text.startswith(("=", "+", "-", "@"))
    assert only(read(data, known(record))).summary == text
    assert only(read(written.encode(), known(record), "a.csv")).summary == text


# Files that are no sheet of ours


def bomb() -> bytes:
    output = io.BytesIO(xlsx({SERVICES: [HEAD]}))
    with zipfile.ZipFile(output, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/a.bin", bytes(45_000_000))
    return output.getvalue()


def entities() -> bytes:
    output, source = io.BytesIO(), zipfile.ZipFile(io.BytesIO(xlsx({SERVICES: [HEAD]})))
    evil = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>'
    with zipfile.ZipFile(output, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, evil if name.endswith("sheet1.xml") else source.read(name))
    return output.getvalue()


def merged() -> bytes:
    book = load_workbook(io.BytesIO(xlsx({SERVICES: [HEAD, ["", "SMS", "Um"], ["", "SMS", "Dois"]]})))
    book[SERVICES].merge_cells("B2:B3")
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


_GOOD = xlsx({SERVICES: [HEAD, ["", "SMS", "Emitir"]]})
_ONE = csv_text([HEAD, ["", "SMS", "Emissão"]])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "o arquivo está vazio"),
        (b"  \n", "o arquivo está vazio"),
        (b"a" * 5_000_001, "o arquivo é grande demais: o limite é de 5 MB"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "não é uma planilha"),
        ("Só um texto.".encode(), "não é uma planilha"),
        (b"a;b;c\n1;2;3", "faltam colunas na primeira linha: Órgão, Nome"),
        (_GOOD[: len(_GOOD) // 2], "o arquivo está quebrado ou cortado"),
        (_GOOD[:-30], "o arquivo está quebrado ou cortado"),
        (b"PK\x03\x04 nada", "o arquivo está quebrado ou cortado"),
        (bomb(), "o arquivo é grande demais quando aberto"),
        (entities(), "o arquivo está quebrado ou cortado"),
        (merged(), "na folha Serviços, as células B2:B3 estão unidas"),
        (xlsx({"Serviços": []}), "a planilha está vazia"),
        (xlsx({"Serviços": [["Órgão", "Nome", "nome"]]}), "a coluna “Nome” aparece duas vezes"),
        (xlsx({"Serviços": [HEAD, *[["", "SMS", str(n)] for n in range(1_001)]]}), "o limite é de 1000"),
        (xlsx({"Serviços": [HEAD, ["", "SMS", "a"]], "Etapas": [["Etapa"], [1]]}), "na folha Etapas, faltam colunas"),
        (_ONE.encode("utf-8").decode("latin-1").encode(), "os acentos estão trocados"),
        ((_ONE + '"sem fim').encode(), "o arquivo CSV está quebrado perto da linha"),
        (csv_text([["Código", "Etapa", "Título"], ["", 1, "a"]]).encode(), "falta o arquivo da folha Serviços"),
    ],
)
def test_what_is_no_sheet_is_told(data: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_workbook("a.csv", data)
    assert sentence in str(refusal.value)


def test_a_broken_file_is_told_wherever_it_is_broken() -> None:
    """Three hundred files with some bytes changed, in the zip and inside of its parts: read or told, nothing else."""
    rng = random.Random(5)
    parts = {
        name: zipfile.ZipFile(io.BytesIO(_GOOD)).read(name) for name in zipfile.ZipFile(io.BytesIO(_GOOD)).namelist()
    }
    refused = 0
    for number in range(300):
        if number % 2:
            broken = bytearray(_GOOD)
            for _time in range(rng.randint(1, 5)):
                broken[rng.randrange(len(broken))] = rng.randrange(256)
            data = bytes(broken)
        else:
            output, victim = io.BytesIO(), rng.choice(sorted(parts))
            with zipfile.ZipFile(output, "w") as archive:
                for name, content in parts.items():
                    text = bytearray(content)
                    if name == victim and text:
                        start = rng.randrange(len(text))
                        text[start : start + rng.randint(0, 9)] = rng.randbytes(rng.randint(0, 9))
                    archive.writestr(name, bytes(text))
            data = output.getvalue()
        try:
            read(data, known())
        except Unreadable:
            refused += 1
    assert 60 < refused < 300


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_as_programs_write_it(encoding: str, delimiter: str) -> None:
    rows = [[*HEAD, "Nomes populares"], ["", "SMS", "Emissão do cartão", "cartão; carteirinha"]]
    found = only(read(csv_text(rows, delimiter).encode(encoding), known(), "a.csv"))
    assert (found.title, found.popular_names) == ("Emissão do cartão", ["cartão", "carteirinha"])


def test_sheets_and_columns_under_other_names() -> None:
    rows = [["codigo", "ÓRGÃO", " nome ", "Observações"], ["", "secretaria da saúde", "Emitir", "nada"]]
    sheet = read(xlsx({"Plan1": rows, "Rascunho": [["=A1"]]}), known())
    assert only(sheet).title == "Emitir"
    assert sheet.notes == ["A coluna “Observações” da folha Serviços não é desta planilha: não foi lida."]


# Rows that cannot be read

_STEPS = ["Código", "Nome", "Etapa", "Título", "Prazo da etapa"]


@pytest.mark.parametrize(
    ("sheets", "sentences"),
    [
        ({SERVICES: [HEAD, ["", "", "Emitir"]]}, ["Serviços, linha 2, coluna “Órgão”: falta preencher “Órgão”"]),
        ({SERVICES: [HEAD, ["", "SMS", ""]]}, ["Serviços, linha 2, coluna “Nome”: falta preencher “Nome”"]),
        (
            {SERVICES: [HEAD, [], [], ["", "SEFIN", "Emitir"]]},
            ["Serviços, linha 4, coluna “Órgão”: não há órgão “SEFIN”: escreva a sigla como está na página do órgão"],
        ),
        (
            {SERVICES: [HEAD, ["abcdefghij", "SMS", "Emitir"]]},
            ["Serviços, linha 2, coluna “Código”: não há serviço com o código “abcdefghij”"],
        ),
        (
            {SERVICES: [HEAD, ["77", "SMS", "Emitir"]]},
            ["Serviços, linha 2, coluna “Código”: “77” não é um código: deixe vazio se o serviço é novo"],
        ),
        (
            {SERVICES: [HEAD, ["", "SMS", "Emitir"], ["", "SMS", "EMITIR"]]},
            ["Serviços, linha 3, coluna “Nome”: repete a linha 2"],
        ),
        (
            {SERVICES: [HEAD, [_FULL.id, "SMS", "Um"], [_FULL.id, "SMS", "Dois"]]},
            ["Serviços, linha 3, coluna “Código”: repete a linha 2"],
        ),
        (
            {SERVICES: [[*HEAD, "Prazo", "Link do serviço digital"], ["", "SMS", "Emitir", "logo", "www.x.example"]]},
            [
                "Serviços, linha 2, coluna “Prazo”: não entendi o prazo “logo”: escreva como “Na hora” ou",
                "Serviços, linha 2, coluna “Link do serviço digital”: o endereço deve começar com https://",
            ],
        ),
        (
            {SERVICES: [HEAD, ["", "SMS", "a" * 256]]},
            ["Serviços, linha 2, coluna “Nome”: tem mais de 255 caracteres"],
        ),
        (
            {
                SERVICES: [HEAD, ["", "SMS", "Emitir"]],
                "Etapas": [_STEPS, ["", "Emitir", 1, "Pedir", "7 luas"], ["", "Emitir", 1, "", ""]],
                "Documentos": [["Nome", "Etapa", "Documento"], ["Emitir", "x", "RG"], ["Emitir", 9, "CPF"]],
                "Custos": [["Nome", "Custo", "Valor"], ["Emitir", "Taxa", "dez"], ["", "Taxa", 1]],
                "Canais": [["Nome", "Tipo", "Como usar"], ["Emitir", "Pombo", ""]],
            },
            [
                "Custos, linha 3, coluna “Nome”: diga o serviço",
                "Etapas, linha 3, coluna “Etapa”: já há uma etapa 1 neste serviço",
                "Etapas, linha 2, coluna “Prazo da etapa”: não entendi o prazo “7 luas”",
                "Etapas, linha 3, coluna “Título”: falta preencher “Título”",
                "Documentos, linha 2, coluna “Etapa”: escreva o número da etapa, e não “x”",
                "Documentos, linha 3, coluna “Etapa”: o serviço não tem a etapa 9",
                "Custos, linha 2, coluna “Valor”: não entendi o valor “dez”: escreva como 42,50",
                "Canais, linha 2, coluna “Tipo”: não há o tipo “Pombo”: escreva um destes: Presencial, Internet",
            ],
        ),
    ],
)
def test_a_row_that_cannot_be_read_says_where_and_why(sheets: dict[str, Any], sentences: list[str]) -> None:
    sheet = read(xlsx(sheets), known(_FULL))
    found = told(sheet)
    assert len(found) == len(sentences), found
    for sentence, said in zip(sentences, found, strict=True):
        assert said.startswith(f"folha {sentence}"), said


def test_a_service_of_the_same_name_asks_for_its_code() -> None:
    here = known(_FULL, named={(BODY.id, "emitir cartao"): _FULL.id})
    (said,) = told(read(xlsx({SERVICES: [HEAD, ["", "SMS", "Emitir Cartão"]]}), here))
    assert f"escreva aqui o código {_FULL.id}" in said


def test_what_others_write_is_not_read() -> None:
    (said,) = told(read(xlsx({SERVICES: [HEAD, ["", "SMS", "Emitir"]]}), known(own=frozenset())))
    assert "você não escreve para o órgão “SMS”" in said


def test_two_entries_of_one_name_are_not_guessed() -> None:
    here = known(entries={"topic": {"saude": [ref(TOPICS[0]), ref(TOPICS[1])]}})
    (said,) = told(read(xlsx({SERVICES: [[*HEAD, "Temas"], ["", "SMS", "Emitir", "Saúde"]]}), here))
    assert "há mais de um com o nome “Saúde”" in said


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("42,5", "42.50"),
        ("R$ 1.234,56", "1234.56"),
        ("1.234", "1234.00"),
        ("42.50", "42.50"),
        (12, "12.00"),
        (1.5, "1.50"),
    ],
)
def test_money_as_people_write_it(cell: Any, amount: str) -> None:
    sheets = {SERVICES: [HEAD, ["", "SMS", "Emitir"]], "Custos": [["Nome", "Custo", "Valor"], ["Emitir", "Taxa", cell]]}
    found = only(read(xlsx(sheets), known()))
    assert str(found.steps[0].fees.default[0].amount) == amount
    assert found.steps[0].title == "Fazer o pedido"


def test_every_column_has_a_heading_of_its_own() -> None:
    assert len({fold(column.heading) for column in COLUMNS}) == len(COLUMNS)
    assert len({column.field for column in COLUMNS}) == len(COLUMNS)


def test_the_page_says_what_the_code_does() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "planilha.md").read_text("utf-8")
    assert page.partition("<!-- colunas -->")[2].partition("<!-- fim -->")[0].strip() == guide()
