"""The charter over HTTP."""

import csv
import io
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from services import changes
from services.models.published import LAST_SEEN
from services.record import dump
from tests.records import demand, district, form, put_record, ref, remove_record, secretariat, service, topic, unit
from tests.services.api.asking import get

pytestmark = pytest.mark.django_db


def titles(answer: dict[str, Any]) -> list[str]:
    return [record["title"] for record in answer["results"]]


def test_a_record_is_its_stored_text(client: Client) -> None:
    record = service(keywords=["médico"])
    row = put_record(record)
    response = client.get(f"/api/v1/services/{record.id}")
    assert response.content.decode() == row.body
    assert json.loads(response.content) == dump(record)
    assert response["ETag"] == f'"{row.etag}"'
    assert response["Content-Language"] == "pt-BR"


def test_a_list_holds_whole_records_in_the_order_of_their_titles(client: Client) -> None:
    for title in ("Tapar buraco", "Emitir alvará", "Marcar consulta"):
        put_record(service(title))
    put_record(secretariat())
    answer = get(client, "/services")
    assert (answer["total"], answer["next"]) == (3, None)
    assert titles(answer) == ["Emitir alvará", "Marcar consulta", "Tapar buraco"]
    assert answer["results"][1] == dump(service("Marcar consulta"))


@pytest.mark.parametrize("path", ["/services", "/units", "/topics", "/life-events", "/cities"])
def test_an_empty_list(client: Client, path: str) -> None:
    assert get(client, path) == {"total": 0, "next": None, "results": []}


def test_next_leads_through_every_record_once_while_others_are_published(client: Client) -> None:
    for number in range(7):
        put_record(service(f"Serviço {number}"))
    address, seen = "/api/v1/services?size=3", []
    while address:
        answer = client.get(address).json()
        seen += titles(answer)
        put_record(service(f"Antes {len(seen)}"))
        address = answer["next"]
        assert address is None or address.startswith("http://testserver/api/v1/services?")
    assert seen == [f"Serviço {number}" for number in range(7)]


def test_pages_are_counted_from_one(client: Client) -> None:
    for number in range(5):
        put_record(service(f"Serviço {number}"))
    assert titles(get(client, "/services", size=2, page=2)) == ["Serviço 2", "Serviço 3"]
    last = get(client, "/services", size=2, page=3)
    assert (titles(last), last["next"]) == (["Serviço 4"], None)
    assert titles(get(client, "/services", size=2, page=4)) == []


def test_filters_take_an_id_or_a_slug(client: Client) -> None:
    health, roads = topic("Saúde"), topic("transporte")
    works = secretariat("Secretaria de Obras")
    for record in (health, roads, works):
        put_record(record)
    put_record(service("Marcar consulta", topics=[ref(health)]))
    put_record(service("Tapar buraco", topics=[ref(roads)], secretariat=ref(works), source_id="77"))
    assert titles(get(client, "/services", topic=health.id)) == ["Marcar consulta"]
    # Ten letters, so it has the form of an id too.
    assert titles(get(client, "/services", topic="transporte")) == ["Tapar buraco"]
    assert titles(get(client, "/services", secretariat=works.slug)) == ["Tapar buraco"]
    assert titles(get(client, "/services", source_id="77")) == ["Tapar buraco"]
    assert titles(get(client, "/services", slug="marcar-consulta")) == ["Marcar consulta"]
    assert get(client, "/services", topic=health.id, secretariat=works.id)["total"] == 0
    assert get(client, "/services", topic="nada-disso")["total"] == 0


def test_a_district_has_what_names_it_and_what_is_given_at_its_units(client: Client) -> None:
    seat, village = district("Sede"), district("Inhobim")
    standing = unit("Posto de Inhobim", district=ref(village))
    visiting = unit(
        "Ônibus da Saúde",
        visits=[{"district": ref(village), "starts": "2026-03-02T08:00:00-03:00", "ends": "2026-03-02T12:00:00-03:00"}],
    )
    for record in (seat, village, standing, visiting, unit("Posto Central", district=ref(seat))):
        put_record(record)
    put_record(service("No posto", units=[ref(standing)]))
    put_record(service("No ônibus", units=[ref(visiting)]))
    put_record(service("Na área", area_served=[ref(village)]))
    put_record(service("Noutra área", area_served=[ref(seat)]))
    put_record(service("Em toda parte"))
    for name in (village.id, village.slug):
        assert titles(get(client, "/services", district=name)) == ["Na área", "No posto", "No ônibus"]
        assert titles(get(client, "/units", district=name)) == ["Posto de Inhobim", "Ônibus da Saúde"]


def test_what_is_no_longer_public_is_nowhere(client: Client) -> None:
    record = service()
    remove_record(put_record(record))
    get(client, f"/services/{record.id}", 404)
    assert get(client, "/services")["total"] == 0


def test_another_language_or_else_the_source(client: Client) -> None:
    translated, untranslated = service("Marcar consulta"), service("Tapar buraco")
    put_record(untranslated)
    put_record(translated)
    put_record(translated.model_copy(update={"locale": "es", "title": "Pedir cita"}))
    assert titles(get(client, "/services")) == ["Marcar consulta", "Tapar buraco"]
    assert titles(get(client, "/services", lang="es")) == ["Pedir cita", "Tapar buraco"]
    assert get(client, f"/services/{translated.id}", lang="ES")["title"] == "Pedir cita"
    assert get(client, f"/services/{untranslated.id}", lang="es")["title"] == "Tapar buraco"
    assert "pt-BR, es, en" in get(client, "/services", 422, lang="fr")["detail"]


@pytest.mark.parametrize("path", ["/services", "/services/{id}"])
def test_an_answer_that_has_not_changed_is_not_sent_again(client: Client, path: str) -> None:
    record = service()
    put_record(record)
    address = "/api/v1" + path.format(id=record.id)
    etag = client.get(address)["ETag"]
    again = client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    put_record(service(summary="Outra frase."))
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_a_list_that_has_not_changed_costs_one_query(client: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(3):
        put_record(service(f"Serviço {number}"))
    for path in ("/api/v1/services?size=2", f"/api/v1/services/{service('Serviço 1').id}"):
        first = client.get(path)
        changes.recent_head()
        with django_assert_max_num_queries(1):
            assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
        with django_assert_max_num_queries(1):
            assert client.get(path, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    put_record(service("Serviço 9"))
    assert client.get("/api/v1/services?size=2", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_removal_changes_a_list(client: Client) -> None:
    put_record(service("Serviço 1"))
    gone = put_record(service("Serviço 2"))
    first = client.get("/api/v1/services?size=1&sort=title")
    assert first["Last-Modified"]
    remove_record(gone)
    again = client.get("/api/v1/services?size=1&sort=title", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert again.json()["total"] == 1


def test_a_shared_cache_keeps_an_answer_until_it_says_something_else(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = service(suspensions=[{"starts": "2026-03-02T08:00:00-03:00"}])
    put_record(record)
    plain = topic()
    put_record(plain)
    for seconds, kept, stale in ((7200, 60, 7200), (12, 12, 12), (-5, 60, 86400)):
        moment = datetime.fromisoformat("2026-03-02T08:00:00-03:00") - timedelta(seconds=seconds)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        for path in ("/api/v1/services", f"/api/v1/services/{record.id}"):
            response = client.get(path)
            assert response["Cache-Control"] == f"public, max-age=0, s-maxage={kept}, stale-if-error={stale}"
            assert "Last-Modified" not in response, "time changes it, and says not when it did"
    assert "Last-Modified" in client.get(f"/api/v1/topics/{plain.id}")


def test_some_fields_of_a_record(client: Client) -> None:
    record = service(summary="Em poucas palavras.", keywords=["médico"])
    put_record(record)
    sparse = {"id": record.id, "key": str(record.key), "kind": "service", "summary": "Em poucas palavras."}
    assert get(client, f"/services/{record.id}", fields="summary") == sparse
    assert get(client, "/services", fields="summary")["results"] == [sparse]
    whole, part = client.get(f"/api/v1/services/{record.id}"), client.get(f"/api/v1/services/{record.id}?fields=title")
    assert whole["ETag"] != part["ETag"]
    assert "Seria summary?" in get(client, "/services", 422, fields="title,sumary")["detail"]


def test_status_is_a_field_like_others(client: Client) -> None:
    record = service(suspensions=[{"starts": "2020-03-02T08:00:00-03:00"}])
    put_record(record)
    assert get(client, f"/services/{record.id}", fields="status")["status"]["name"] == "suspended"
    assert "status" not in get(client, f"/services/{record.id}", fields="title")


def test_what_records_point_to_comes_with_them_once(client: Client) -> None:
    health, works, there = topic("Saúde"), secretariat("Secretaria de Obras"), unit("Posto")
    for record in (health, works, there):
        put_record(record)
    first = service("Marcar consulta", topics=[ref(health)], secretariat=ref(works), units=[ref(there)])
    put_record(first)
    put_record(service("Tapar buraco", topics=[ref(health)]))
    answer = get(client, "/services", include="topic,unit")
    assert [(each["kind"], each["title"]) for each in answer["included"]] == [("topic", "Saúde"), ("unit", "Posto")]
    one = get(client, f"/services/{first.id}", include="secretariat")
    assert [each["title"] for each in one["included"]] == ["Secretaria de Obras"]
    assert "included" not in get(client, "/services")
    assert "Seria unit?" in get(client, "/services", 422, include="units")["detail"]
    assert "include" in get(client, "/topics", 422, include="unit")["detail"]


def test_what_is_no_longer_public_is_not_included(client: Client) -> None:
    there = unit("Posto")
    row = put_record(there)
    put_record(service(units=[ref(there)]))
    assert len(get(client, "/services", include="unit")["included"]) == 1
    remove_record(row)
    assert get(client, "/services", include="unit")["included"] == []


@pytest.mark.parametrize(
    ("sort", "order"),
    [("title", "ABCD"), ("-title", "DCBA"), ("updated", "DCAB"), ("-updated", "BACD")],
)
def test_an_order_leads_through_every_record_once(client: Client, sort: str, order: str) -> None:
    for letter in "DBCAB":
        put_record(service(f"Serviço {letter}", summary=f"Mudado {letter}." if letter == "B" else ""))
    put_record(service("Serviço B", summary="Mudado de novo."))
    address, seen = f"/api/v1/services?size=1&sort={sort}", ""
    while address:
        answer = client.get(address).json()
        assert answer["total"] == 4
        seen += "".join(title[-1] for title in titles(answer))
        address = answer["next"]
    assert seen == order


def test_a_cursor_of_another_order_is_refused(client: Client) -> None:
    for letter in "AB":
        put_record(service(f"Serviço {letter}"))
    address = get(client, "/services", size=1)["next"]
    assert client.get(address + "&sort=updated").status_code == 422
    address = get(client, "/services", size=1, sort="updated")["next"]
    assert client.get(address.replace("sort=updated", "sort=title")).status_code == 422


def test_links_narrow_from_both_ends(client: Client) -> None:
    there, elsewhere, paper = unit("Posto"), unit("Outro"), form("Requerimento")
    for record in (there, elsewhere, paper):
        put_record(record)
    record = service("Marcar consulta", units=[ref(there)], forms=[ref(paper)])
    put_record(record)
    put_record(service("Remarcar consulta", related=[ref(record)]))
    assert titles(get(client, "/services", unit=there.slug)) == ["Marcar consulta"]
    assert titles(get(client, "/services", form=paper.id)) == ["Marcar consulta"]
    assert titles(get(client, "/services", related=record.slug)) == ["Remarcar consulta"]
    assert titles(get(client, "/units", service=record.slug)) == ["Posto"]
    assert titles(get(client, "/forms", service=record.id)) == ["Requerimento"]
    assert titles(get(client, "/units", service="nada-disso")) == []


def test_queries_are_counted(client: Client, django_assert_num_queries: Any) -> None:
    village = district("Inhobim")
    there = unit(district=ref(village))
    put_record(village)
    put_record(there)
    for number in range(30):
        record = service(f"Serviço {number:02}", units=[ref(there)])
        put_record(record)
    with django_assert_num_queries(2):
        assert len(get(client, "/services", district="inhobim", lang="es")["results"]) == 20
    LAST_SEEN.forget()
    with django_assert_num_queries(3):
        get(client, "/services", include="unit,secretariat", fields="title,units")
    with django_assert_num_queries(1):
        get(client, f"/services/{record.id}", lang="es")
    with django_assert_num_queries(2):
        get(client, f"/services/{record.id}", include="unit")


def test_the_log_from_its_start_to_its_head(client: Client) -> None:
    first, gone = service("Marcar consulta", source_id="1"), service("Tapar buraco", source_id="2")
    put_record(first)
    remove_record(put_record(gone))
    answer = get(client, "/changes", after="0", limit=1)
    assert answer["changes"] == [
        {
            "sequence": 1,
            "kind": "service",
            "id": first.id,
            "source_id": "1",
            "locale": "pt-BR",
            "deleted": False,
            "record": dump(first),
        }
    ]
    answer = get(client, "/changes", after=answer["cursor"])
    assert [(change["id"], change["deleted"], change["record"]) for change in answer["changes"]] == [
        (gone.id, True, None)
    ]
    assert get(client, "/changes", after=answer["cursor"]) == {"cursor": answer["cursor"], "changes": []}


def test_a_cursor_of_another_life_of_the_log_is_gone(client: Client) -> None:
    put_record(service())
    assert get(client, "/changes", 410, after="cafe.1")["status"] == 410
    cursor = get(client, "/changes")["cursor"]
    beyond = cursor.partition(".")[0] + ".99"
    get(client, "/changes", 410, after=beyond)


@pytest.mark.parametrize("after", ["ontem", "cafe", "cafe.x", "cafe.-1", "cafe.99999999999999999999", "0\x00", ""])
def test_what_is_no_cursor_is_refused(client: Client, after: str) -> None:
    get(client, "/changes", 422, after=after)


@pytest.mark.parametrize(
    "cursor", ["x", "é", "bnVsbA", "WzEsMl0", "WyJcdTAwMDAiLCJhIl0", "WyJcdWQ4MDAiLCJhIl0", "Ww" * 700]
)
def test_a_forged_list_cursor_is_refused(client: Client, cursor: str) -> None:
    assert get(client, "/services", 422, cursor=cursor)["status"] == 422


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("/services", {"size": 0}),
        ("/services", {"size": 101}),
        ("/services", {"size": "false"}),
        ("/services", {"page": 0}),
        ("/services", {"page": 10**30}),
        ("/services", {"topic": "a\x00"}),
        ("/services", {"slug": ""}),
        ("/services", {"lang": "pt BR"}),
        ("/services", {"page": 2, "cursor": "WyJhIiwiYSJd"}),
        ("/changes", {"limit": 0}),
    ],
)
def test_a_value_that_is_not_accepted_is_named(client: Client, path: str, parameters: dict[str, Any]) -> None:
    problem = get(client, path, 422, **parameters)
    assert any(name in json.dumps(problem) for name in parameters)


def test_an_unknown_parameter_names_the_near_one(client: Client) -> None:
    assert "Seria topic?" in get(client, "/services", 422, topicc="a")["detail"]
    assert "Seria audience?" in get(client, "/procedures", 422, audiences="a")["detail"]
    # Known elsewhere is not known here.
    assert "district" in get(client, "/topics", 422, district="a")["detail"]
    assert "lang" in get(client, f"/services/{service().id}", 422, size=3)["detail"]
    get(client, "/changes", 422, zzz="")


def test_what_people_look_for_is_a_table_too(client: Client) -> None:
    put_record(demand("iptu", searches=40, without_click=3, observed=9))
    put_record(demand("=1+1"))
    put_record(demand("salud", locale="es"))
    assert titles(get(client, "/demand")) == ["=1+1", "iptu"]
    assert titles(get(client, "/demand", lang="es")) == ["salud"]
    response = client.get("/api/v1/demand", {"format": "csv"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows == [
        ["id", "title", "searches", "without_result", "reformulated", "observed", "without_click"],
        [demand("=1+1").id, "'=1+1", "10", "0", "0", "0", "0"],
        [demand("iptu").id, "iptu", "40", "0", "0", "9", "3"],
    ]
    again = client.get("/api/v1/demand", {"format": "csv"}, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    get(client, "/demand", 422, format="csv", page=2)
    get(client, "/demand", 422, format="xml")
    get(client, "/services", 422, format="csv")
