"""The city's own systems send ratings: each counts once, and what is wrong is named and keeps nothing right out."""

import uuid
from typing import Any

import pytest
from django.test import Client

from feedback.models import Rating
from feedback.submission import MOST_OF_ONE
from services.record import Service
from tests.feedback.ways.conftest import new_key
from tests.records import put_record, unit

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/ratings"


def send(client: Client, body: Any, headers: dict[str, str] | None = None, **more: str) -> Any:
    return client.post(ADDRESS, body, content_type="application/json", headers=headers or {}, **more)


def rating(record: Service, token: str = "", **more: Any) -> dict[str, Any]:
    return {"token": token or str(uuid.uuid4()), "service_id": record.id, "stars": 4} | more


def test_a_system_says_all_that_a_person_can(client: Client, record: Service, keyed: dict[str, str]) -> None:
    counter = unit()
    put_record(counter)
    said = {
        "reasons": ["fast", "kind"],
        "comment": "Bom.",
        "managed": "yes",
        "channel": "in_person",
        "took": {"quantity": 2, "unit": "hours"},
        "unit_id": counter.id,
        "version": "abc",
    }
    answer = send(client, rating(record, "atendimento-17", **said), keyed)
    assert answer.status_code == 201, answer.content
    assert (answer.json()["token"], answer.json()["result"]) == ("atendimento-17", "stored")
    kept = Rating.objects.get()
    assert (kept.reasons, kept.comment, kept.managed) == (["fast", "kind"], "Bom.", "yes")
    assert (kept.took_minutes, kept.channel, kept.unit_id, kept.version) == (120, "in_person", counter.id, "abc")
    assert kept.source == "api"


def test_the_same_again_is_answered_with_the_same_and_counts_once(client: Client, record: Service) -> None:
    key = {"Idempotency-Key": str(uuid.uuid4())}
    body = {"service_id": record.id, "stars": 5}
    first, again = send(client, body, key), send(client, body, key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = send(client, body | {"stars": 1}, key)
    assert other.status_code == 422
    assert other["Content-Type"] == "application/problem+json"
    assert other.json()["errors"][0]["type"] == "other_content"
    assert Rating.objects.get().stars == 5


def test_two_systems_may_name_theirs_alike(client: Client, record: Service, keyed: dict[str, str]) -> None:
    other = {"Authorization": f"Bearer {new_key('Protocolo')}"}
    assert send(client, rating(record, "1"), keyed).status_code == 201
    assert send(client, rating(record, "1", stars=2), other).status_code == 201
    assert Rating.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "where", "said"),
    [
        ({"starz": 5}, ["body", "starz"], "Campo desconhecido: starz. Seria stars?"),
        ({"took": {"quantity": 1, "unti": "hours"}}, ["body", "took", "unti"], "Seria unit?"),
        ({"stars": 6}, ["body", "stars"], ""),
        ({"stars": "5"}, ["body", "stars"], ""),
        ({"reasons": ["slow"]}, ["body", "reasons"], "não são oferecidos para esta nota"),
        ({"reasons": ["easy", "fast", "clear", "kind"]}, ["body", "reasons"], ""),
        ({"service_id": "aaaaaaaaaa"}, ["body", "service_id"], "Não há serviço público"),
        ({"unit_id": "aaaaaaaaaa"}, ["body", "unit_id"], "Não há unidade"),
        ({"comment": "a\x00b"}, ["body", "comment"], ""),
        ({"comment": "\ud800"}, ["body"], ""),
        ({"version": "\x00"}, ["body", "version"], ""),
        ({"channel": "fax"}, ["body", "channel"], ""),
        ({"token": "1"}, ["body", "token"], "UUID"),
        ({"token": ""}, ["body", "token"], "Idempotency-Key"),
        ({"token": "  "}, ["body", "token"], "Idempotency-Key"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(
    client: Client, record: Service, change: dict[str, Any], where: list[str], said: str
) -> None:
    answer = send(client, rating(record) | change)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert [each["loc"] for each in answer.json()["errors"]] == [where]
    assert said in answer.json()["errors"][0]["msg"]
    assert not Rating.objects.exists()


@pytest.mark.parametrize("body", ["", "{", "[]", "7", "null", '"a"', "[" * 100_000, "[" + "{}," * 500 + "{}]"])
def test_what_is_no_rating_at_all_is_a_problem(
    client: Client, record: Service, keyed: dict[str, str], body: str
) -> None:
    answer = send(client, body, keyed)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


def test_too_much_at_once_is_said(client: Client, keyed: dict[str, str]) -> None:
    assert send(client, "[" + " " * 3_000_000 + "]", keyed).status_code == 413


def test_of_a_list_each_row_is_told_and_the_right_ones_are_kept(
    client: Client, record: Service, keyed: dict[str, str]
) -> None:
    rows = [rating(record, "a"), rating(record, "b", stars=9), rating(record, "c"), rating(record, "a"), 7]
    answer = send(client, rows, keyed)
    assert answer.status_code == 200
    told = answer.json()
    results = [each["result"] for each in told["results"]]
    assert results == ["stored", "refused", "stored", "already_there", "refused"]
    assert [each["row"] for each in told["results"]] == [0, 1, 2, 3, 4]
    assert told["results"][1]["errors"][0]["loc"] == ["body", "stars"]
    assert (told["stored"], told["already_there"], told["refused"], told["set_aside"]) == (2, 1, 2, 0)
    assert Rating.objects.count() == 2
    again = send(client, rows, keyed).json()
    assert (again["stored"], again["already_there"]) == (0, 3)
    assert Rating.objects.count() == 2


def test_a_list_asks_for_a_key_and_for_the_name_of_each(client: Client, record: Service, keyed: dict[str, str]) -> None:
    answer = send(client, [rating(record)])
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert send(client, [rating(record)], {"Authorization": "Bearer conecta_nada"}).status_code == 401
    assert send(client, [rating(record)], keyed | {"Idempotency-Key": "x"}).status_code == 422
    assert not Rating.objects.exists()


def test_a_burst_from_one_place_is_set_aside_and_a_system_with_a_key_is_no_place(
    client: Client, record: Service, keyed: dict[str, str]
) -> None:
    told = [send(client, rating(record)).json()["result"] for _ in range(MOST_OF_ONE + 1)]
    assert told == ["stored"] * MOST_OF_ONE + ["set_aside"]
    rows = [rating(record) for _ in range(60)]
    assert send(client, rows, keyed).json()["stored"] == 60


def test_other_sites_scripts_may_not_write(client: Client) -> None:
    answer = client.options(ADDRESS)
    assert "POST" not in answer["Access-Control-Allow-Methods"]
    assert "POST" in answer["Allow"]


def test_it_is_described(client: Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    operation = paths["/api/v1/ratings"]["post"]
    one, many = operation["requestBody"]["content"]["application/json"]["schema"]["anyOf"]
    assert one["additionalProperties"] is False
    assert {"service_id", "stars"} == set(one["required"])
    assert many["maxItems"] == 500
    assert [each["name"] for each in operation["parameters"]] == ["Idempotency-Key"]
    assert "application/problem+json" in operation["responses"]["422"]["content"]
    assert "post" in paths["/api/v1/rating-links"]
