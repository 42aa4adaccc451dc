"""What a booklet says: each item of Lei 13.460 art. 7, whose body it is, and what people call things."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils.translation import override

from services.booklet.composing import Asked, NothingPublic, composed
from services.booklet.face import Face
from services.record.city import ElectionPeriod
from services.record.service import Document as Paper
from services.record.service import DocumentCase, Documents, Fee, FeeCase, Fees, NotApplicable, Step, Suspension
from tests.records import STEP, complete_service, ref, secretariat
from tests.services.booklet.town import AT, charter, everything, health, post, pruning, town, visit, works


def words(value: Any) -> str:
    """All strings in data, in their order."""
    if isinstance(value, str):
        return value
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else []
    return " ".join(" ".join(map(words, inside)).split())


def book(*records: Any, body: str = "", at: datetime = AT, face: Face | None = None) -> dict[str, Any]:
    return composed(charter(*records), Asked(at, "pt-br", body), face or Face(name="Prefeitura"))


def told(data: dict[str, Any], title: str) -> dict[str, Any]:
    services = [service for body in data["bodies"] for service in body["services"]]
    found: dict[str, Any] = next(service for service in services if service["title"] == title)
    return found


def test_each_item_of_the_law_is_said_of_a_service() -> None:
    found = told(book(), "Marcar consulta")
    parts = dict(found["parts"])
    assert words(found["lead"]) == "Marca uma consulta no posto perto de você."  # § 2 I
    assert "Morar na cidade." in words(parts["Quem pode pedir"])  # § 2 II
    assert "RG" in words(parts["O que você precisa ter em mãos"])  # § 2 II
    assert "Fazer o pedido" in words(parts["Como fazer"])  # § 2 III
    assert ["Quanto demora", "Até 5 dias úteis"] in found["facts"]  # § 2 IV
    assert "Por telefone : 156" in words(parts["Como fazer"])  # § 2 V
    assert words(parts["Como reclamar"]) == "Ligue 156."  # § 2 VI
    assert words(parts["Quem é atendido primeiro"]) == "Pessoas idosas."  # § 3 I
    assert words(parts["Tempo de espera"]) == "Até 30 minutos."  # § 3 II
    assert words(parts["Como a Prefeitura fala com você"]) == "Por telefone."  # § 3 III
    assert "30 dias" in words(parts["Como sua reclamação é tratada"])  # § 3 IV
    assert "protocolo" in words(parts["Como acompanhar o pedido"])  # § 3 V
    assert "Rua do Cruzeiro, 10" in words(parts["Onde"])
    assert "Seg a sex, 8h às 14h" in words(parts["Onde"])
    assert (found["href"], found["address"]) == (
        f"https://servicos.cidade.example/s/{visit().id}",
        f"servicos.cidade.example/s/{visit().id}",
    )


def test_what_holds_for_all_is_said_once_and_pointed_to() -> None:
    data = book()
    rights = dict(data["rights"]["parts"])
    assert words(rights["Tempo de espera"]) == "Quinze minutos na fila."
    assert "Ligue 162" in words(rights["Como reclamar, sugerir ou elogiar"])
    own = next(body for body in data["bodies"] if body["title"] == "Secretaria da Saúde")
    assert words(own["standards"]) == "Quem é atendido primeiro Gestantes primeiro."
    found = dict(told(data, "Pedir a poda de uma árvore")["parts"])
    assert "Tempo de espera" not in found
    assert f"#b-{works().id}" in words(found["Compromissos"])
    assert "#city" in words(found["Compromissos"])
    assert "#city" in words(found["Como reclamar"])


def test_cases_fees_and_what_does_not_apply_are_said() -> None:
    documents = Documents(default=[], cases=[DocumentCase(text="Em área particular", items=[Paper(name="Escritura")])])
    fees = Fees(default=[], cases=[FeeCase(text="No exterior", items=[Fee(name="Taxa", amount="1042")])])
    data = book(
        health(),
        complete_service("Um", steps=[Step(title="Pedir", documents=documents, fees=fees)]),
        complete_service(
            "Dois",
            steps=[Step(title="Ir")],
            not_applicable=[NotApplicable(rule="documents", reason="Basta a palavra da pessoa.")],
        ),
    )
    assert "Em área particular Escritura" in words(told(data, "Um")["parts"])
    assert "R$ 1.042,00" in words(told(data, "Um")["parts"])
    assert "Nenhum documento. Basta a palavra da pessoa." in words(told(data, "Dois")["parts"])


def test_a_suspension_is_told_as_it_is_on_the_day() -> None:
    starts, ends = datetime(2026, 11, 1, 3, tzinfo=UTC), datetime(2026, 12, 1, 3, tzinfo=UTC)
    service = visit(suspensions=[Suspension(starts=starts, ends=ends, message="A sala está em obras.")])
    now = told(book(health(), service), service.title)
    assert now["note"] == ["Este serviço está suspenso até 30/11/2026.", "A sala está em obras."]
    assert told(book(health(), service, at=ends), service.title)["note"] == []


def test_a_link_leads_inside_the_booklet_or_to_the_portal() -> None:
    assert f"#{pruning().id}" in words(told(book(), "Marcar consulta")["parts"])
    alone = words(told(book(town(), health(), visit()), "Marcar consulta")["parts"])
    assert f"https://servicos.cidade.example/s/{pruning().id}" in alone
    assert f"#{post().id}" in words(told(book(), "Marcar consulta")["parts"])


def test_of_a_body_there_is_what_is_its_own_and_what_stands_below_it() -> None:
    below = secretariat("Laboratório", superior=ref(health()), acronym="LAB")
    more = [*everything(), below, complete_service("Examinar o sangue", secretariat=ref(below))]
    data = book(*more, body=health().id)
    assert [body["title"] for body in data["bodies"]] == ["Laboratório", "Secretaria da Saúde"]
    titles = [service["title"] for body in data["bodies"] for service in body["services"]]
    assert titles == ["Examinar o sangue", "Marcar consulta", "Vacinar"]
    assert data["subtitle"] == "Secretaria da Saúde"
    assert data["count"] == "3 serviços"


def test_what_is_not_public_makes_no_booklet() -> None:
    with pytest.raises(NothingPublic):
        book(town())
    with pytest.raises(NothingPublic):
        book(*everything(), body="zzzzzzzzzz")


def test_a_body_that_is_gone_is_left_out_and_its_services_are_not() -> None:
    gone = secretariat("Antiga", valid_until=date(2025, 1, 1), acronym="")
    assert "Antiga" not in words([body["title"] for body in book(*everything(), gone)["bodies"]])
    kept = book(*everything(), gone, complete_service("Ficar", secretariat=ref(gone)))
    assert kept["bodies"][0]["title"] == "Antiga"
    homeless = book(*everything(), complete_service("Andar", secretariat=None))
    assert homeless["bodies"][-1]["title"] == "Outros serviços"


def test_names_that_people_use_are_in_the_order_of_the_alphabet() -> None:
    data = book()
    letters = [letter for letter, _those in data["names"]]
    assert letters == ["C", "M", "P", "V"]
    of_m = {name: (ids, title) for name, ids, title in data["names"][1][1]}
    assert sorted(of_m["médico"][0]) == sorted([visit().id, pruning().id])
    assert of_m["Marcar consulta"] == ([visit().id], True)


def test_in_an_election_period_no_slogan_and_what_the_city_says_of_it() -> None:
    period = ElectionPeriod(starts=date(2026, 11, 1), ends=date(2026, 11, 30), message="Período eleitoral.")
    face = Face(name="Prefeitura", slogan="Gestão que faz")
    records = [town(election_period=period), health(), visit()]
    assert (book(*records, face=face)["slogan"], book(*records, face=face)["notice"]) == ("", ["Período eleitoral."])
    after = datetime(2026, 12, 2, tzinfo=UTC)
    assert (book(*records, at=after, face=face)["slogan"], book(*records, at=after)["notice"]) == ("Gestão que faz", [])


def test_it_says_of_which_day_it_is_in_each_language() -> None:
    assert book()["day"] == "Situação em 27 de novembro de 2026"
    with override("en"):
        data = composed(charter(), Asked(AT, "en"), Face())
    assert data["language"] == "en"
    assert STEP.title in words(data["bodies"])
