"""What of a spreadsheet cannot be read says where and why; what could do harm is not opened."""

import io
import random
import zipfile
from typing import Any

import pytest
from openpyxl import load_workbook

from services.interchange.base import Unreadable
from services.interchange.planilha import read_workbook, write_workbook
from services.interchange.planilha.tables import SERVICES
from services.interchange.planilha.writing import service_rows, write_csv
from tests.services.interchange.small_city import BODY, FULL, HEAD, TOPICS, known, only, read, ref, service, told
from tests.services.sheets.files import csv_text, xlsx

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
        for number in range(6):
            archive.writestr(f"xl/media/{number}.bin", bytes(45_000_000), compresslevel=1)
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
        (b"a" * 20_000_001, "o arquivo é grande demais: o limite é de 20 MB"),
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
        (xlsx({"Serviços": [HEAD, *[["", "SMS", str(n)] for n in range(10_001)]]}), "o limite é de 10000"),
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
            {SERVICES: [HEAD, [FULL.id, "SMS", "Um"], [FULL.id, "SMS", "Dois"]]},
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
    sheet = read(xlsx(sheets), known(FULL))
    found = told(sheet)
    assert len(found) == len(sentences), found
    for sentence, said in zip(sentences, found, strict=True):
        assert said.startswith(f"folha {sentence}"), said


def test_a_service_of_the_same_name_asks_for_its_code() -> None:
    here = known(FULL, named={(BODY.id, "emitir cartao"): FULL.id})
    (said,) = told(read(xlsx({SERVICES: [HEAD, ["", "SMS", "Emitir Cartão"]]}), here))
    assert f"escreva aqui o código {FULL.id}" in said


def test_what_others_write_is_not_read() -> None:
    (said,) = told(read(xlsx({SERVICES: [HEAD, ["", "SMS", "Emitir"]]}), known(own=frozenset())))
    assert "você não escreve para o órgão “SMS”" in said


def test_two_entries_of_one_name_are_not_guessed() -> None:
    here = known(entries={"topic": {"saude": [ref(TOPICS[0]), ref(TOPICS[1])]}})
    (said,) = told(read(xlsx({SERVICES: [[*HEAD, "Temas"], ["", "SMS", "Emitir", "Saúde"]]}), here))
    assert "há mais de um com o nome “Saúde”" in said
