"""The panel of what people say: what it tells, of whom it does not, and what it costs."""

import csv
import json
import re
import uuid
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conecta_site import caching
from feedback.models import CommentCare, Improvement, Manifestation, Rating, RatingLinkBatch
from feedback.summaries import publish_summaries
from feedback.summing import sum_up
from services.record import Service
from tests.records import complete_service, district, put_record, ref, secretariat, service, unit

pytestmark = pytest.mark.django_db

HEALTH, ROADS = secretariat(), secretariat("Secretaria de Obras", acronym="SEMOB")
NORTH = district("Norte")
POST = unit("Posto do Norte", district=ref(NORTH))


@pytest.fixture(autouse=True)
def _empty() -> None:
    cache.clear()


@pytest.fixture
def doctor() -> Service:
    for record in (HEALTH, ROADS, NORTH, POST):
        put_record(record)
    found = complete_service("Marcar consulta")
    put_record(found)
    return found


def rate(record: Service, *stars: int, days: int = 2, **said: Any) -> None:
    body = record.secretariat.id if record.secretariat else ""
    at = timezone.now() - timedelta(days=days)
    more = {"service_id": record.id, "body_id": body, "locale": "pt-br", "received_at": at} | said
    Rating.objects.bulk_create([Rating(token=uuid.uuid4(), stars=each, **more) for each in stars])


def panel(client: Client, address: str = "/avaliacao/") -> str:
    sum_up(timezone.now())
    # A panel is kept for a minute.
    caching.forget()
    return " ".join(client.get(address).content.decode().split())


def manifest(number: int, kind: str, body: str = HEALTH.id) -> None:
    at = timezone.now() - timedelta(days=2)
    Manifestation.objects.bulk_create(
        Manifestation(
            protocol=uuid.uuid4().hex[:16],
            secret_digest="x",
            token=uuid.uuid4(),
            kind=kind,
            body_id=body,
            locale="pt-br",
            received_at=at,
            due_on=at.date(),
        )
        for _ in range(number)
    )


def test_art_23_i_ii_satisfaction_and_quality_are_told_with_how_sure_they_are(client: Client, doctor: Service) -> None:
    rate(doctor, *[5] * 6, reasons=["kind"], managed="yes")
    rate(doctor, *[5] * 6, reasons=["kind"], managed="yes", days=40)
    rate(doctor, *[2] * 4, reasons=["slow"], managed="no")
    rate(doctor, 1, 1, set_aside=True)
    told = panel(client, f"/avaliacao/servico/{doctor.id}/")
    assert "Nota média: 4,2 de 5" in told
    assert re.search(r"a média está entre 3,\d e 4,\d", told)
    assert "Conseguiram o que foram fazer: 75% (entre 51% e 90%)" in told
    assert "11% do que chegou foi separado" in told
    assert "Fui bem atendido" in told
    assert "Demorou" not in told, "only four said so"
    charts = told.partition("<main")[2]
    assert charts.count("<svg") == charts.count("<desc") == 4 - 1
    for address in ("/avaliacao/", f"/avaliacao/orgao/{HEALTH.id}/"):
        assert "Nota média: 4,2 de 5" in panel(client, address)


def test_art_23_iii_deadlines_are_told_beside_what_it_took(client: Client, doctor: Service) -> None:
    week = {"promised_minutes": 7 * 1440}
    rate(doctor, *[4] * 9, took_minutes=5 * 1440, **week)
    rate(doctor, 2, took_minutes=20 * 1440, **week)
    told = panel(client, f"/avaliacao/servico/{doctor.id}/")
    assert "até 5 dias úteis" in told
    assert "<dd>5 dias</dd></div> <div><dt>De cada dez, nove esperaram até</dt><dd>5 dias</dd>" in told
    assert "90% (entre 60% e 98%)" in told


def test_art_23_iv_manifestations_are_counted_and_denunciations_only_of_the_whole_city(
    client: Client, doctor: Service
) -> None:
    manifest(14, "complaint")
    manifest(12, "complaint", ROADS.id)
    manifest(11, "denunciation")
    manifest(3, "praise")
    manifest(8, "suggestion")
    city, body = panel(client), panel(client, f"/avaliacao/orgao/{HEALTH.id}/")
    assert "Denúncia</th><td>11<" in city
    assert "Denúncia</th>" not in body
    assert "Reclamação</th><td>14<" in body
    assert "Elogio</th><td>poucas" in city
    assert "<td>3<" not in city + body
    assert "Ao todo: 48." in city


def test_art_23_par_2_complaints_are_ranked_by_body(client: Client, doctor: Service) -> None:
    manifest(14, "complaint")
    manifest(25, "complaint", ROADS.id)
    told = panel(client)
    places = re.findall(r'<td>(\d)º</td><th scope="row">([^<]+)</th><td>(\d+)</td>', told)
    assert places == [("1", ROADS.title, "25"), ("2", HEALTH.title, "14")]
    manifest(4, "complaint", "")
    told = panel(client)
    assert ">25<" in told
    assert ">14<" not in told, "the whole less both were four"


def test_nine_are_not_told_and_ten_are(client: Client, doctor: Service) -> None:
    rate(doctor, *[3] * 9)
    assert "são precisas dez" in panel(client, f"/avaliacao/servico/{doctor.id}/")
    assert "<svg" not in panel(client).partition("<main")[2]
    rate(doctor, 3)
    assert "Nota média: 3,0 de 5" in panel(client, f"/avaliacao/servico/{doctor.id}/")


def test_parts_are_told_by_channel_unit_and_its_district(client: Client, doctor: Service) -> None:
    rate(doctor, *[5] * 12, channel="phone", unit_id=POST.id)
    rate(doctor, *[2] * 11, channel="digital")
    told = panel(client)
    assert re.search(r"Por telefone</th><td>5,0</td><td>entre \d,\d e 5,0</td><td>12</td>", told)
    assert f'<a href="{POST.url}">Posto do Norte</a></th><td>5,0' in told
    assert "Norte</th><td>5,0" in told
    assert "Outros ou não informado</th><td>2,0" in told


def test_a_total_less_what_is_told_of_its_services_is_not_what_few_said(client: Client, doctor: Service) -> None:
    rare = service("Corrigir registro raro")
    put_record(rare)
    rate(doctor, *[5] * 20)
    rate(rare, *[1] * 3)
    assert "20 avaliações" in panel(client)
    assert "20 avaliações" in panel(client, f"/avaliacao/orgao/{HEALTH.id}/")
    rate(rare, *[1] * 7)
    assert "30 avaliações" in panel(client)


def test_lists_are_sorted_by_what_is_sure(client: Client, doctor: Service) -> None:
    few, many = service("Poucas e perfeitas"), service("Muitas e boas")
    for record in (few, many):
        put_record(record)
    rate(few, *[5] * 10)
    rate(many, *[5] * 190, *[4] * 10)
    rate(doctor, *[1] * 30)

    def order(name: str) -> list[str]:
        told = panel(client, f"/avaliacao/?ordem={name}").partition('id="servicos"')[2].partition("</table>")[0]
        return re.findall(r'servico/(\w+)/"', told)

    assert order("mais") == [many.id, doctor.id, few.id]
    assert order("melhor") == [many.id, few.id, doctor.id]
    assert order("pior")[0] == doctor.id
    assert order("nada") == order("mais")


def test_how_many_links_came_back(client: Client, doctor: Service) -> None:
    now = timezone.now()
    batch = RatingLinkBatch.objects.create(
        code="a", service_id=doctor.id, given=80, used=9, made_at=now, expires_at=now
    )
    rate(doctor, *[4] * 10)
    assert "links enviados" not in panel(client)
    RatingLinkBatch.objects.filter(pk=batch.pk).update(used=20)
    assert "De 80 links enviados depois do atendimento, 20 voltaram com uma avaliação (25%)." in panel(client)


def test_the_citys_links_less_those_of_its_services_are_nobodys_or_those_of_many(
    client: Client, doctor: Service
) -> None:
    now, other = timezone.now(), service("Tirar segunda via", secretariat=ref(HEALTH))
    put_record(other)
    for each in (doctor, other):
        rate(each, *[4] * 10)
    give = partial(RatingLinkBatch.objects.create, made_at=now, expires_at=now)
    give(code="a", service_id=doctor.id, given=80, used=20)
    few = give(code="b", service_id=other.id, given=40, used=5)
    assert "De 80 links enviados depois do atendimento, 20 voltaram" in panel(client)
    assert "links enviados" not in panel(client, f"/avaliacao/servico/{other.id}/")
    rows = client.get("/avaliacao/dados.json").json()["rows"]
    found = {row["codigo"]: row.get("links_usados") for row in rows if row["recorte"] == "total"}
    assert (found[""], found[doctor.id], found[other.id]) == (20, 20, None)
    few.used = 10
    few.save()
    assert "De 120 links enviados depois do atendimento, 30 voltaram" in panel(client)
    assert "De 40 links enviados depois do atendimento, 10 voltaram" in panel(client, f"/avaliacao/servico/{other.id}/")


def test_what_is_not_public_has_no_panel(client: Client, doctor: Service) -> None:
    for address in ("orgao/aaaaaaaaaa", "servico/aaaaaaaaaa", f"servico/{HEALTH.id}", f"orgao/{doctor.id}"):
        assert client.get(f"/avaliacao/{address}/").status_code == 404


def test_a_panel_takes_eight_queries_at_most(client: Client, doctor: Service) -> None:
    rate(doctor, *[5] * 12, channel="phone", unit_id=POST.id, managed="yes", took_minutes=60)
    manifest(12, "complaint")
    sum_up(timezone.now())
    for address in ("", f"orgao/{HEALTH.id}/", f"servico/{doctor.id}/"):
        client.get(f"/avaliacao/{address}")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/avaliacao/{address}").status_code == 200
        assert len(captured) <= 8, [query["sql"][:90] for query in captured]


def test_another_site_may_frame_it_and_only_so(client: Client, doctor: Service) -> None:
    rate(doctor, *[5] * 12)
    sum_up(timezone.now())
    page, framed = client.get("/avaliacao/"), client.get("/avaliacao/?embed=1")
    assert "frame-ancestors *" not in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "script-src 'self'" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert "c-header" not in framed.content.decode()
    assert client.get("/avaliacao/", headers={"if-none-match": page["ETag"]}).status_code == 304


def test_no_style_and_no_script_stands_in_the_page(client: Client, doctor: Service) -> None:
    rate(doctor, *[5] * 12, *[2] * 12, managed="yes")
    told = panel(client, f"/avaliacao/servico/{doctor.id}/")
    main = told.partition("<main")[2].partition("</main>")[0]
    assert "style=" not in main
    # What tells search engines the way runs nothing.
    assert "<script" not in main.replace('<script type="application/ld+json">', "")


def test_lei_14129_art_21_the_services_page_leads_to_its_panel_once_there_are_figures(
    client: Client, doctor: Service
) -> None:
    address = f"/avaliacao/servico/{doctor.id}/"
    assert address not in client.get(doctor.url).content.decode()
    rate(doctor, *[5] * 12)
    publish_summaries(timezone.now())
    cache.clear()
    assert address in client.get(doctor.url).content.decode()


def test_lai_art_8_par_3_open_data_are_what_the_dictionary_says_and_of_no_few(client: Client, doctor: Service) -> None:
    said = {"comment": "Meu CPF é 123", "managed": "yes", "took_minutes": 2880, "promised_minutes": 1440}
    rate(doctor, *[5] * 12, channel="phone", unit_id=POST.id, reasons=["kind"], **said)
    rate(doctor, *[2] * 4, reasons=["slow"])
    sum_up(timezone.now())
    package = client.get("/avaliacao/dicionario.json").json()
    fields = package["resources"][0]["schema"]["fields"]
    answer = client.get("/avaliacao/dados.csv")
    rows = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))
    assert list(rows[0]) == [field["name"] for field in fields]
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert {row["de_que"] for row in rows} == {"cidade", "orgao", "servico"}
    assert min(int(row["avaliacoes"]) for row in rows) >= 10
    assert {(row["recorte"], row["parte"]) for row in rows if row["de_que"] == "servico"} >= {
        ("total", ""),
        ("motivo", "Fui bem atendido"),
    }
    # Of sixteen twelve came by phone: the four others are told of by nothing, so the twelve are not either.
    assert not [row for row in rows if row["recorte"] == "atendimento"]
    assert "CPF" not in answer.content.decode()
    total = rows[0]
    assert (total["tempo_mediano"], total["no_prazo"]) == ("2880", "0.0")
    for field in fields:
        limits = field.get("constraints", {})
        for value in (row[field["name"]] for row in rows if row[field["name"]]):
            assert value in limits.get("enum", [value])
            if field["type"] in ("number", "integer"):
                assert limits.get("minimum", 0) <= float(value) <= limits.get("maximum", 1e9)
    told = client.get("/avaliacao/dados.json")
    assert len(json.loads(told.content)["rows"]) == len(rows)
    assert client.get("/avaliacao/dados.csv", headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_what_people_say_in_their_words_and_what_came_of_it(client: Client, doctor: Service) -> None:
    """A comment is for all only where the ombudsman says so; of those set aside none is."""
    rate(doctor, 2, comment="Esperei <b>na rua</b>.")
    rate(doctor, 1, comment="Só para a Prefeitura.")
    rate(doctor, 5, comment="De um programa.", set_aside=True)
    for rating in Rating.objects.exclude(comment="Só para a Prefeitura."):
        CommentCare.objects.create(rating=rating, public=True)
    Improvement.objects.create(
        kind="service", entry_id=doctor.id, sequence=1, sentence="O posto abre às sete.", at=timezone.now()
    )
    html = panel(client, f"/avaliacao/servico/{doctor.id}/")
    assert "Esperei &lt;b&gt;na rua&lt;/b&gt;." in html
    assert "2 estrelas" in html
    assert "O posto abre às sete." in html
    assert "Só para a Prefeitura." not in html
    assert "De um programa." not in html
    assert "Esperei" not in panel(client)
