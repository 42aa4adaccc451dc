"""What to bring, as a service's short answer says it."""

from typing import Any

import pytest

from services.bringing import bringing
from services.record.service import NotApplicable
from tests import records

COUNTER, PHONE = [{"type": "in_person"}], [{"type": "phone", "text": "156"}]


def told(*names: str, channels: Any = COUNTER, cases: bool = False, waived: bool = False) -> str:
    held = [{"text": "Se for alta", "items": [{"name": "Laudo"}]}] if cases else []
    documents = {"default": [{"name": name} for name in names], "cases": held}
    step = {"title": "Pedir", "documents": documents, "channels": {"default": channels}}
    reasons = [NotApplicable(rule="documents", reason="Basta o endereço.")] if waived else []
    return bringing(records.service(steps=[step], not_applicable=reasons))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (told("RG", "CPF"), "leve RG e CPF"),
        (told("RG", "Conta de luz"), "leve RG e conta de luz"),
        (told("Documento com foto e CPF", "Conta de luz"), "leve documento com foto e CPF, conta de luz"),
        (told("RG", "RG", "CPF."), "leve RG e CPF"),
        (told("Um", "Dois", "Três", "Quatro"), "leve 4 documentos"),
        (told("Certidão " * 12), "leve 1 documento"),
        (told("RG", cases=True), "leve RG e o que o seu caso pedir"),
        (told(cases=True), "os documentos dependem do seu caso"),
        (told("Endereço do poste", channels=PHONE), "tenha em mãos endereço do poste"),
        (told(waived=True), "não precisa de documento"),
        (told(), ""),
    ],
)
def test_what_to_bring_is_told_in_a_few_words(said: str, expected: str) -> None:
    assert said == expected


def test_a_service_that_tells_nothing_has_nothing_to_bring() -> None:
    assert bringing(records.service()) == ""


@pytest.mark.django_db
def test_it_stands_in_the_short_answer(client: Any) -> None:
    service = records.complete_service(free=True)
    records.put_record(service)
    html = client.get(service.url).content.decode()
    line = html.split('class="c-answer__line">')[1].split("</p>")[0]
    spans = [part.split("</span>")[0] for part in line.split("<span>")[1:]]
    assert spans == ["Pode fazer por telefone", "grátis", "até 5 dias úteis", "tenha em mãos RG"]
