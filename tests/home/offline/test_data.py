"""What the phone asks for: the charter, one entry, and after that only what changed."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from home.offline import pack
from search.models import SynonymGroup
from search.rules_in_force import rules_in_force
from services import changes
from services.record.city import ElectionPeriod
from tests import records

pytestmark = pytest.mark.django_db
HOURS = {"days": ["mon"], "opens": "08:00", "closes": "17:00"}


@pytest.fixture
def charter() -> dict[str, Any]:
    """A city with a body, a place, and two services."""
    city, body, unit = records.city(), records.secretariat(), records.unit(hours=[HOURS])
    for record in (city, body, unit):
        records.put_record(record)
    poda = records.service("Pedir poda", secretariat=records.ref(body), units=[records.ref(unit)], free=True)
    iptu = records.service("Emitir IPTU", secretariat=records.ref(body), popular_names=["boleto"])
    for record in (poda, iptu):
        records.put_record(record)
    return {"city": city, "body": body, "unit": unit, "poda": poda, "iptu": iptu}


def told(client: Client, address: str, **query: str) -> Any:
    answer = client.get(address, query, follow=True)
    assert answer.status_code == 200, (address, answer.status_code)
    return json.loads(answer.content)


def test_the_charter_is_kept_for_good_under_the_address_of_its_place_in_the_log(
    client: Client, charter: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    first = client.get("/offline/pt-br/carta.json")
    assert (first.status_code, first["Cache-Control"]) == (302, "no-cache")
    answer = client.get(first["Location"])
    assert "immutable" in answer["Cache-Control"]
    whole = json.loads(answer.content)
    assert {item["title"] for item in whole["items"]} >= {"Pedir poda", "Emitir IPTU", charter["unit"].title}
    with django_assert_max_num_queries(1):
        assert client.get(first["Location"]).content == answer.content
    records.put_record(records.service("Outro"))
    moved = client.get(first["Location"])
    assert moved.status_code == 302
    assert moved["Location"] != first["Location"]


def test_a_service_comes_with_its_words_its_dates_and_the_places_where_it_is_given(
    client: Client, charter: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(6):
        found = told(client, f"/offline/pt-br/service/{charter['poda'].id}.json")
    service, unit = found["items"]
    assert (service["title"], service["kind"], service["units"]) == ("Pedir poda", "service", [unit["id"]])
    assert service["heading"] == f"Serviço · {charter['body'].title}"
    assert "Grátis" in service["answer"]
    assert unit["hours"] == [HOURS]
    assert found["city"]["timezone"] == "America/Bahia"
    assert "meanings" not in found["rules"]
    for address in ("service/aaaaaaaaaa.json", f"unit/{charter['poda'].id}.json", "service/x.json"):
        assert client.get(f"/offline/pt-br/{address}").status_code == 404
    assert client.get(f"/offline/fr/service/{charter['poda'].id}.json").status_code == 404


def test_only_differences_come_after_a_cursor(client: Client, charter: dict[str, Any]) -> None:
    whole = told(client, "/offline/pt-br/carta.json")
    nothing = client.get("/offline/pt-br/mudancas.json", {"after": whole["cursor"]})
    assert json.loads(nothing.content) == {"cursor": whole["cursor"], "more": False}
    assert nothing["Cache-Control"] == "no-cache"
    records.put_record(charter["iptu"].model_copy(update={"title": "Emitir o IPTU", "popular_names": ["carnês"]}))
    row = records.put_record(records.service("Passageiro"))
    records.remove_record(row)
    found = told(client, "/offline/pt-br/mudancas.json", after=whole["cursor"])
    assert [item["title"] for item in found["items"]] == ["Emitir o IPTU"]
    assert found["gone"] == [row.entry_id]
    assert found["rules"]["stems"]["carnes"] == "carn"
    assert "city" not in found
    assert told(client, "/offline/pt-br/mudancas.json", after=found["cursor"]).keys() == {"cursor", "more"}
    of_one = told(client, "/offline/pt-br/mudancas.json", after=whole["cursor"], ids=charter["poda"].id)
    assert of_one == {"cursor": found["cursor"], "more": False}


def test_a_translation_that_comes_and_goes_is_a_difference_in_its_language(
    client: Client, charter: dict[str, Any]
) -> None:
    whole = told(client, "/offline/es/carta.json")
    assert "Pedir poda" in {item["title"] for item in whole["items"]}
    spanish = charter["poda"].model_copy(update={"locale": "es", "title": "Pedir una poda", "url": "/es/poda/"})
    row = records.put_record(spanish)
    found = told(client, "/offline/es/mudancas.json", after=whole["cursor"])
    assert [item["title"] for item in found["items"]] == ["Pedir una poda"]
    records.remove_record(row)
    back = told(client, "/offline/es/mudancas.json", after=found["cursor"])
    assert [item["title"] for item in back["items"]] == ["Pedir poda"]
    assert back["gone"] == []


def test_a_suspension_is_dates_and_no_state(client: Client, charter: dict[str, Any]) -> None:
    whole = told(client, "/offline/pt-br/carta.json")
    stopped = [{"starts": "2026-11-01T00:00:00Z", "ends": "2026-12-01T03:00:00Z", "message": "Em obras."}]
    body = json.loads(charter["poda"].model_dump_json()) | {"suspensions": stopped}
    records.put_record(type(charter["poda"]).model_validate(body))
    found = told(client, "/offline/pt-br/mudancas.json", after=whole["cursor"])
    assert found["items"][0]["suspensions"] == stopped
    assert "suspenso" not in json.dumps({**found["items"][0], "suspensions": []})


def test_a_cursor_of_another_life_or_of_other_words_starts_again(
    client: Client, charter: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    cursor = told(client, "/offline/pt-br/carta.json")["cursor"]
    for wrong in ("", "x", "0", "abc.1"):
        assert client.get("/offline/pt-br/mudancas.json", {"after": wrong}).status_code in (410, 422), wrong
    assert client.get("/offline/pt-br/mudancas.json", {"after": f"x-{pack.made_by()}"}).status_code == 422
    changes.renew_epoch()
    assert client.get("/offline/pt-br/mudancas.json", {"after": cursor}).status_code == 410
    now = told(client, "/offline/pt-br/carta.json")["cursor"]
    assert client.get("/offline/pt-br/mudancas.json", {"after": now}).status_code == 200
    monkeypatch.setattr(pack, "made_by", lambda: "ffffffffff")
    assert client.get("/offline/pt-br/mudancas.json", {"after": now}).status_code == 410


def test_what_people_mean_by_their_words_comes_with_the_charter_and_anew_when_editors_change_it(
    client: Client, charter: dict[str, Any]
) -> None:
    group = SynonymGroup.objects.create(language="pt", said="papel da casa", meant="iptu")
    rules_in_force.forget()
    whole = told(client, "/offline/pt-br/carta.json")
    assert whole["rules"]["meanings"]["papel casa"] == ["iptu"]
    known = {"after": whole["cursor"], "rules": whole["rules"]["version"]}
    assert "rules" not in told(client, "/offline/pt-br/mudancas.json", **known)
    group.said = "papel do imóvel"
    group.save()
    rules_in_force.forget()
    found = told(client, "/offline/pt-br/mudancas.json", **known)["rules"]
    assert found["version"] != known["rules"]
    assert found["meanings"]["papel imovel"] == ["iptu"]
    assert "papel casa" not in found["meanings"]


def test_nobody_leaves_a_trace(client: Client, charter: dict[str, Any]) -> None:
    for address in ("/offline/pt-br/carta.json", f"/offline/pt-br/service/{charter['poda'].id}.json"):
        answer = client.get(address, follow=True)
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert client.post(address).status_code == 405


def alert(title: str, **fields: Any) -> Any:
    starts = timezone.now() - timedelta(hours=1)
    return records.alert(title, **({"starts": starts} | fields))


def test_alerts_come_with_the_charter_with_an_entry_and_when_they_change(
    client: Client, charter: dict[str, Any]
) -> None:
    now = timezone.now()
    rain = alert("Chuva forte", level="emergency", message="<p>Ligue 199.</p>")
    over = alert("Já passou", ends=now - timedelta(minutes=1))
    fair = alert("Feira", level="promotion", services=[records.ref(charter["poda"])])
    for record in (rain, over, fair):
        records.put_record(record)
    year = {"starts": "2026-07-04", "ends": "2026-10-25"}
    records.put_record(charter["city"].model_copy(update={"election_period": ElectionPeriod(**year)}))
    whole = told(client, "/offline/pt-br/carta.json")
    by_title = {each["title"]: each for each in whole["alerts"]}
    assert by_title.keys() == {"Chuva forte", "Feira"}
    assert by_title["Chuva forte"]["html"].startswith("<p>Ligue")
    assert "silent" not in by_title["Chuva forte"]
    assert by_title["Feira"]["silent"] == year
    assert by_title["Feira"]["services"] == [charter["poda"].id]
    assert told(client, f"/offline/pt-br/service/{charter['poda'].id}.json")["alerts"] == whole["alerts"]
    # Told to a reader of another language in the city's.
    assert {each["lang"] for each in told(client, "/offline/es/carta.json")["alerts"]} == {"pt-BR"}
    assert "alerts" not in told(client, "/offline/pt-br/mudancas.json", after=whole["cursor"])
    records.put_record(alert("Vacina", level="info"))
    later = told(client, "/offline/pt-br/mudancas.json", after=whole["cursor"], ids=charter["iptu"].id)
    assert {each["title"] for each in later["alerts"]} == {"Chuva forte", "Feira", "Vacina"}
    assert "items" not in later
