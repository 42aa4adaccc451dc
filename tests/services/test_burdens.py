"""Demands that the law forbids: found in documents and steps, and left alone where a law asks for them."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.advice import Finding
from services.burdens import BURDENS, burden_findings
from services.record import Ref, Service
from services.record.service import Applicant, Document, DocumentCase, Documents, Step
from tests.records import service


def asking(*documents: Document, description: str = "", title: str = "Pedir a poda de uma árvore") -> Service:
    """A service with a step that asks for these documents."""
    return service(title=title, steps=[Step(documents=Documents(default=list(documents)), description=description)])


def told(name: str, **kwargs: str) -> list[tuple[str, str]]:
    return [(each.rule, each.words) for each in burden_findings(asking(Document(name=name, **kwargs)))]


@pytest.mark.parametrize(
    ("name", "rule", "words"),
    [
        ("Procuração com firma reconhecida", "recognised_signature", "com firma reconhecida"),
        ("Contrato com reconhecimento de firma", "recognised_signature", "reconhecimento de firma"),
        ("Declaração com assinatura reconhecida", "recognised_signature", "assinatura reconhecida"),
        ("Recibo reconhecido em cartório", "recognised_signature", "reconhecido em cartório"),
        ("Cópia autenticada da escritura", "certified_copy", "Cópia autenticada"),
        ("Fotocópia da planta autenticada", "certified_copy", "Fotocópia da planta autenticada"),
        ("Escritura autenticada em cartório", "certified_copy", "autenticada em cartório"),
        ("Certidão negativa municipal", "city_document", "Certidão negativa municipal"),
        ("Certidão negativa de débitos da Prefeitura", "city_document", "Certidão negativa de débitos da Prefeitura"),
        ("Comprovante de inscrição municipal", "city_document", "Comprovante de inscrição municipal"),
        ("Alvará de funcionamento", "city_document", "Alvará de funcionamento"),
        ("Carnê do IPTU deste ano", "city_document", "Carnê do IPTU"),
        ("Certidão emitida pela Prefeitura", "city_document", "Certidão emitida pela Prefeitura"),
        ("Comprovante de pagamento do IPTU", "city_document", "Comprovante de pagamento do IPTU"),
        ("Habite-se", "city_document", "Habite-se"),
        ("Certidão de nascimento", "birth_certificate", "Certidão de nascimento"),
        ("Título de eleitor", "voter_card", "Título de eleitor"),
        ("Certidão de quitação eleitoral", "voter_card", "quitação eleitoral"),
        ("Comprovante de votação", "voter_card", "Comprovante de votação"),
        ("Comprovante da última votação", "voter_card", "Comprovante da última votação"),
        ("Comprovante de residência", "proof_of_residence", "Comprovante de residência"),
        ("Comprovante de endereço", "proof_of_residence", "Comprovante de endereço"),
        ("Prova de vida", "proof_of_life", "Prova de vida"),
        ("Atestado de pobreza", "proof_of_life", "Atestado de pobreza"),
        ("Atestado de bons antecedentes", "proof_of_life", "Atestado de bons antecedentes"),
        ("RG e CPF", "identity_twice", "RG e CPF"),
        ("Cartão do CPF", "identity_twice", "Cartão do CPF"),
        (
            "Autorização de viagem registrada em cartório",
            "travel_of_a_minor",
            "Autorização de viagem registrada em cartório",
        ),
    ],
)
def test_demands_are_found_with_their_words(name: str, rule: str, words: str) -> None:
    assert told(name) == [(rule, words)]
    assert told(name, legal_basis="Lei municipal 1.234/2020, art. 5º") == []
    assert told(name, legal_basis="a definir") == [(rule, words)]


def test_each_burden_is_tried() -> None:
    marks = test_demands_are_found_with_their_words.pytestmark
    assert {case[1] for case in marks[0].args[1]} == {burden.key for burden in BURDENS}


@pytest.mark.parametrize(
    "name",
    [
        "Procuração, sem reconhecimento de firma",
        "Cópia simples; não precisa de cópia autenticada",
        "Cópia autenticada pelo atendente",
        "Contrato de firma individual",
        "Certidão negativa estadual",
        "Certidão de antecedentes criminais",
        "Alvará judicial",
        "Número da inscrição municipal",
        "Certidão negativa municipal da empresa",
        "Certidão negativa de outro município",
        "Escritura ou carnê do IPTU",
        "Requerimento de alvará de construção",
        "Certidão de nascimento da criança",
        "RG ou certidão de nascimento",
        "Documento com foto ou certidão de nascimento",
        "RG, CNH, passaporte ou título de eleitor",
        "Conta de água ou declaração de residência",
        "Comprovante de residência ou declaração assinada",
        "RG",
        "CPF",
        "Documento com foto",
        "Receita do médico",
        "Comprovante de renda",
    ],
)
def test_what_is_lawful_or_is_spared_is_left_alone(name: str) -> None:
    assert told(name) == []


def test_a_case_and_the_title_tell_for_whom_it_is() -> None:
    birth = Document(name="Certidão de nascimento")
    of_a_child = Step(documents=Documents(cases=[DocumentCase(text="Se for para uma criança", items=[birth])]))
    assert burden_findings(service(steps=[of_a_child])) == []
    assert burden_findings(asking(birth, title="Matricular uma criança na creche")) == []
    (found,) = burden_findings(service(steps=[Step(documents=Documents(cases=[DocumentCase(items=[birth])]))]))
    assert found.field == "steps[0].documents.cases[0].items[0].name"


def test_a_paper_that_a_service_of_the_city_issues_is_the_citys() -> None:
    issuing = Ref(kind="service", id="aaaaaaaaab")
    (found,) = burden_findings(asking(Document(name="Licença ambiental", service=issuing)))
    assert (found.rule, found.words) == ("city_document", "Licença ambiental")
    assert burden_findings(asking(Document(name="Relatório do médico", service=issuing))) == []
    assert burden_findings(asking(Document(name="Licença ambiental"))) == []


def test_steps_and_requirements_make_demands_too() -> None:
    record = service(
        requirements="<p>Ter firma reconhecida no contrato.</p>",
        applicants=[Applicant(who="Todos", requirements="<p>Apresentar cópia autenticada.</p>")],
        steps=[Step(description="<p>Assine. Não precisa reconhecer firma. Leve o RG e CPF.</p>")],
    )
    assert [(each.rule, each.field) for each in burden_findings(record)] == [
        ("certified_copy", "applicants[0].requirements"),
        ("recognised_signature", "requirements"),
    ]


def test_a_note_is_told_beside_the_note_and_once() -> None:
    record = asking(Document(name="Procuração", note="Com firma reconhecida. A firma reconhecida vale um ano."))
    (found,) = burden_findings(record)
    assert (found.field, found.words) == ("steps[0].documents.default[0].note", "Com firma reconhecida")
    assert burden_findings(record.model_copy(update={"locale": "es"})) == []


def test_every_burden_names_the_item_of_the_law() -> None:
    assert len({burden.key for burden in BURDENS}) == len(BURDENS)
    for burden in BURDENS:
        assert re.match(r"Lei \d[\d.]+/\d{4}, art\. \d", burden.source)
        assert str(burden.why).endswith(".")
        assert str(burden.alternative).endswith((".", "”."))


PIECES = ["Certidão", " negativa", " municipal", "firma reconhecida", " sem ", " ou ", "RG e CPF", ".", ";", "\n", "é"]


@given(name=st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=8).map("".join))
def test_words_are_where_they_are_said_to_be(name: str) -> None:
    record = asking(Document(name=name))
    for each in burden_findings(record):
        assert isinstance(each, Finding)
        said = record.steps[0].documents.default[0].name
        assert said[each.start : each.end] == each.words != ""


@pytest.mark.parametrize("piece", ["certidão ", "firma ", "cópia a ", "RG ou ", "a", "comprovante de ", "IPTU carnê "])
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    record = asking(Document(name=(piece * 100_000)[:100_000]), description=f"<p>{(piece * 100_000)[:100_000]}</p>")
    started = time.process_time()
    burden_findings(record)
    assert time.process_time() - started < 2
