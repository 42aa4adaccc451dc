"""What a person has to bring and pay, given what they answered."""

from typing import Any

import pytest
from django.test import Client

from services.record import Service
from tests.records import put_record, question, remove_record, service
from tests.services.api.asking import get

pytestmark = pytest.mark.django_db

AGE = question("Quantos anos você tem?", "Menor", "Adulto")
WORK = question("Você trabalha?", "Sim", "Não")


def when(asked: Any, *answers: str) -> dict[str, Any]:
    return {"question": {"kind": "question", "id": asked.id}, "answers": list(answers)}


@pytest.fixture
def record() -> Service:
    """A service with documents for all, for some by their answers, and for some in words."""
    found = service(
        "Emitir carteira",
        questions=[AGE, WORK],
        steps=[
            {
                "title": "Pedir",
                "documents": {
                    "default": [{"name": "RG"}],
                    "cases": [
                        {"condition": when(AGE, "menor"), "items": [{"name": "Autorização dos pais"}]},
                        {"condition": when(WORK, "sim", "não"), "items": [{"name": "Carteira de trabalho"}]},
                        {"text": "Se for estrangeiro", "items": [{"name": "Passaporte"}]},
                    ],
                },
            },
            {
                "title": "Pagar",
                "fees": {
                    "default": [],
                    "cases": [{"condition": when(AGE, "adulto"), "items": [{"name": "Taxa", "amount": "12.50"}]}],
                },
                "channels": {"default": [{"type": "phone", "text": "156"}]},
            },
        ],
    )
    put_record(found)
    return found


def documents(answer: dict[str, Any]) -> list[str]:
    return [each["document"]["name"] for each in answer["documents"]]


def test_without_answers_only_what_holds_for_all(client: Client, record: Service) -> None:
    answer = get(client, f"/services/{record.id}/checklist")
    assert documents(answer) == ["RG", "Passaporte"]
    assert answer["documents"][1] == {
        "document": {"name": "Passaporte"},
        "step": 1,
        "because": "text",
        "case": "Se for estrangeiro",
    }
    assert [each["title"] for each in answer["questions"]] == [AGE.title, WORK.title, "Qual é o seu caso?"]
    assert [each["many"] for each in answer["questions"]] == [False, False, True]
    assert [each["title"] for each in answer["steps"]] == ["Pedir", "Pagar"]
    assert (answer["fits"], answer["answered"]) == (True, [])
    assert answer["fees"] == []
    assert answer["channels"] == [{"channel": {"type": "phone", "text": "156"}, "step": 2, "because": "all"}]


def test_an_answer_decides_its_cases_and_no_others(client: Client, record: Service) -> None:
    young = get(client, f"/services/{record.id}/checklist", answers=f"{AGE.id}:menor")
    assert documents(young) == ["RG", "Autorização dos pais", "Passaporte"]
    assert (young["fees"], [each["id"] for each in young["questions"]]) == ([], [WORK.id, "caso"])
    assert young["answered"] == [
        {"question": AGE.id, "title": AGE.title, "answers": [{"key": "menor", "text": "Menor"}]}
    ]
    grown = get(client, f"/services/{record.id}/checklist", answers=f"{AGE.id}:adulto,{WORK.id}:não")
    assert documents(grown) == ["RG", "Carteira de trabalho", "Passaporte"]
    assert grown["fees"] == [{"fee": {"name": "Taxa", "amount": "12.50"}, "step": 2, "because": "answer", "case": ""}]
    assert [each["id"] for each in grown["questions"]] == ["caso"]


def test_cases_in_words_count_once_they_are_asked_about(client: Client, record: Service) -> None:
    path = f"/services/{record.id}/checklist"
    asked = get(client, path)["questions"][-1]
    assert asked["answers"][-1] == {"key": "nenhum", "text": "Nenhum destes"}
    foreign = asked["answers"][0]
    assert foreign["text"] == "Se for estrangeiro"
    here = get(client, path, answers=f"caso:{foreign['key']}")
    assert (documents(here), here["documents"][1]["because"]) == (["RG", "Passaporte"], "answer")
    assert documents(get(client, path, answers="caso:nenhum")) == ["RG"]
    get(client, path, 422, answers=f"caso:nenhum,caso:{foreign['key']}")


def test_who_has_no_way_to_ask_is_told(client: Client) -> None:
    found = service(
        "Pedir obra",
        questions=[WORK],
        time={"type": "up_to", "max": 5, "unit": "working_days"},
        steps=[
            {"title": "Pedir", "channels": {"cases": [{"condition": when(WORK, "sim"), "items": [{"type": "app"}]}]}},
            {"title": "Pagar", "fees": {"cases": [{"condition": when(WORK, "sim"), "items": [{"name": "Taxa"}]}]}},
        ],
    )
    put_record(found)
    path = f"/services/{found.id}/checklist"
    no = get(client, path, answers=f"{WORK.id}:não")
    assert (no["fits"], [each["step"] for each in no["steps"]]) == (False, [1])
    yes = get(client, path, answers=f"{WORK.id}:sim")
    assert (yes["fits"], [each["step"] for each in yes["steps"]]) == (True, [1, 2])
    assert yes["time"] == {"type": "up_to", "max": 5, "unit": "working_days"}


@pytest.mark.parametrize(
    "answers",
    ["menor", f"{AGE.id}:velho", "aaaaaaaaaa:menor", f"{AGE.id}:menor,{AGE.id}:adulto", f"{AGE.id}:", "\x00"],
)
def test_what_answers_no_question_of_the_service_is_refused(client: Client, record: Service, answers: str) -> None:
    get(client, f"/services/{record.id}/checklist", 422, answers=answers)


def test_of_what_is_not_public_there_is_none(client: Client) -> None:
    record = service("Tapar buraco")
    row = put_record(record)
    assert get(client, f"/services/{record.id}/checklist")["documents"] == []
    remove_record(row)
    get(client, f"/services/{record.id}/checklist", 404)
    get(client, "/services/nada/checklist", 404)


def test_one_query(client: Client, record: Service, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        first = client.get(f"/api/v1/services/{record.id}/checklist")
    again = client.get(f"/api/v1/services/{record.id}/checklist", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
