"""The city's spreadsheet: what is written is read back equal, and a cell changes its field alone."""

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from services.interchange.planilha import read_rows, template, write_workbook
from services.interchange.planilha.columns import COLUMNS
from services.interchange.planilha.guide import guide
from services.interchange.planilha.parts import PART_SHEETS
from services.interchange.planilha.tables import HEADINGS, SERVICES, read_csv_files
from services.interchange.planilha.writing import TOO_LONG, part_rows, service_rows, write_csv
from services.interchange.slugs import fold
from services.record import Ref, Service, dump
from services.record.service import (
    Applicant,
    Channel,
    Channels,
    DigitalLink,
    Document,
    Documents,
    Fee,
    Fees,
    Law,
    Step,
)
from services.record.values import TimeEstimate
from tests import strategies
from tests.services.interchange.small_city import (
    CASE,
    FULL,
    HEAD,
    PRESENT,
    TOPICS,
    UNIT,
    known,
    only,
    read,
    ref,
    service,
    told,
)
from tests.services.sheets.files import changed, rows_of, xlsx

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


def test_a_cell_changes_its_field_and_leaves_what_has_no_column() -> None:
    data = write_workbook([FULL], known())
    data = changed(
        data,
        {
            SERVICES: {2: {"Resumo": "Outro.", "Link do serviço digital": "https://y.example"}},
            "Etapas": {2: {"Título": "Ir à unidade"}},
            "Documentos": {2: {"Observação": "original"}},
        },
    )
    found = only(read(data, known(FULL)))
    assert found.summary == "Outro."
    assert found.digital_link == DigitalLink(url="https://y.example", login="govbr_prata")
    assert found.requirements == FULL.requirements
    first = found.steps[0]
    assert first.title == "Ir à unidade"
    assert first.documents.default == [Document(name="RG", note="original", form=ref(TOPICS[0]))]
    assert first.documents.cases == [CASE]


def test_steps_in_another_order_take_along_what_is_theirs() -> None:
    data = changed(write_workbook([FULL], known()), {"Etapas": {2: {"Etapa": 2}, 3: {"Etapa": 1}}})
    data = changed(data, {"Documentos": {2: {"Etapa": 2}}})
    found = only(read(data, known(FULL)))
    assert [step.title for step in found.steps] == ["Pegar o cartão", "Ir ao posto"]
    assert found.steps[1] == FULL.steps[0]


def test_a_column_or_sheet_that_is_not_there_says_nothing_and_an_empty_cell_does() -> None:
    rows = [[*HEAD, "Resumo"], [FULL.id, "SMS", "Emitir cartão", ""]]
    found = only(read(xlsx({SERVICES: rows}), known(FULL)))
    assert (found.summary, found.steps) == ("", FULL.steps)
    steps = [["Código", "Etapa", "Título"], [FULL.id, "1ª", "Ir ao posto"]]
    found = only(read(xlsx({SERVICES: rows, "Etapas": steps, "Documentos": [["Código", "Documento"]]}), known(FULL)))
    assert found.steps == FULL.steps[:1]


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
