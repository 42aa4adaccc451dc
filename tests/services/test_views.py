"""The portal's pages through the site's own addresses."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory

from feedback.panel.having import have_figures
from home.identity import city_identity
from home.offline.shell import shell_of
from home.reading.glossary import glossary
from services import page_sources, views
from services.record import Alert, City, Form, Information, Procedure, Question
from services.record.form import FormVersion
from services.record.procedure import ProcedureStep
from services.record.service import (
    QuestionAnswer,
    Suspension,
)
from services.record.unit import Hours, Visit
from services.record.values import Address, Contact, Coordinates
from tests import records
from tests.services.portal import MONDAY, entry, page

pytestmark = pytest.mark.django_db


def test_a_service_is_served_at_its_records_address_in_two_queries(client, clock, django_assert_max_num_queries):
    unit = records.unit(hours=[Hours(days=["mon"], opens=time(8), closes=time(14))])
    for record in (
        unit,
        records.secretariat(),
        entry(City, "city", "Cidade"),
        entry(Alert, "alert", "Chuva", level="emergency", starts=MONDAY - timedelta(days=1)),
    ):
        records.put_record(record)
    service = records.service(units=[records.ref(unit)])
    records.put_record(service)
    # Drawn once in a process, which takes longer than an identity is kept where a machine is busy.
    shell_of(city_identity())
    city_identity()
    have_figures()
    glossary("pt-br")
    # Which consultations are open is asked once a minute, for all pages.
    page(client, records.secretariat().url)
    page_sources.everything()
    with django_assert_max_num_queries(2):
        html = page(client, service.url)
    assert f"<h1>{service.title}</h1>" in html
    assert "Aberto agora, até 14h" in html
    assert "Chuva" in html


def test_a_kept_page_costs_no_query_and_a_publication_that_it_shows_ends_it(client, clock, django_assert_num_queries):
    unit = records.unit()
    service = records.service(units=[records.ref(unit)])
    for record in (unit, service):
        records.put_record(record)
    first = page(client, service.url)
    with django_assert_num_queries(0):
        assert page(client, service.url) == first
    records.put_record(records.unit(contacts=[Contact(type="phone", value="7730000123")]))
    assert "(77) 3000-0123" in page(client, service.url)


def test_an_address_with_accents_is_found_quoted_or_not(client):
    records.put_record(records.service("Água", url="/servicos/água/"))
    records.put_record(records.service("Ônibus", url="/servicos/%C3%B4nibus/"))
    assert "Água" in page(client, "/servicos/%C3%A1gua/")
    assert "Ônibus" in page(client, "/servicos/%C3%B4nibus/")


def test_what_is_no_entrys_falls_through_to_wagtail(client):
    assert "Do que você precisa?" in page(client, "/")
    gone = records.put_record(records.service())
    records.remove_record(gone)
    response = client.get(records.service().url)
    assert response.status_code == 404
    assert "c-search-form" in response.content.decode()


def test_an_entry_is_read_only(client):
    service = records.service()
    records.put_record(service)
    response = client.post(service.url)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert client.post("/nada/").status_code == 404
    assert client.head(service.url).content == b""


def test_a_page_is_the_same_for_every_visitor(client, clock):
    service = records.service()
    records.put_record(service)
    anonymous = client.get(service.url)
    client.force_login(get_user_model().objects.create_superuser("editora", "e@prefeitura.example", "segredo"))
    editor = client.get(service.url)
    assert editor.content == anonymous.content
    assert "Cookie" not in editor.get("Vary", "")
    assert not anonymous.cookies


def test_a_reader_who_has_the_page_gets_304_until_time_changes_it(client, clock):
    ends = MONDAY + timedelta(seconds=20)
    service = records.service(suspensions=[Suspension(starts=MONDAY - timedelta(days=1), ends=ends, message="Reforma")])
    records.put_record(service)
    first = client.get(service.url)
    assert "Este serviço está suspenso" in first.content.decode()
    assert first["Cache-Control"] == "public, max-age=20, s-maxage=20"
    assert first["Last-Modified"] == "Mon, 02 Mar 2026 12:00:00 GMT"
    again = client.get(service.url, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    clock(ends)
    mine = {"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]}
    later = client.get(service.url, headers=mine)
    assert later.status_code == 200
    assert later["ETag"] != first["ETag"]
    assert "suspenso" not in later.content.decode()


def test_alerts_reach_the_pages_that_they_concern(client, clock):
    district = records.district("Iguá")
    service, other = records.service("Um"), records.service("Outro", area_served=[records.ref(district)])
    records.put_record(service)
    records.put_record(other)
    past = MONDAY - timedelta(days=1)
    for alert in (
        entry(Alert, "alert", "Só do Um", starts=past, services=[records.ref(service)]),
        entry(Alert, "alert", "Só do Iguá", starts=past, districts=[records.ref(district)]),
        entry(Alert, "alert", "De todos", starts=past, level="emergency"),
        entry(Alert, "alert", "Da página inicial", starts=past),
        entry(Alert, "alert", "Ainda não", starts=MONDAY + timedelta(days=1), level="emergency"),
    ):
        records.put_record(alert)
    titles = ("Só do Um", "Só do Iguá", "De todos", "Da página inicial", "Ainda não")
    shown = {url: [title in page(client, url) for title in titles] for url in (service.url, other.url, "/")}
    assert shown[service.url] == [True, False, True, False, False]
    assert shown[other.url] == [False, True, True, False, False]
    assert shown["/"] == [True, True, True, True, False]


def test_a_unit_tells_hours_visits_and_what_is_done_there(client, clock):
    district = records.district("Iguá")
    unit = records.unit(
        address=Address(street="Rua A", number="10"),
        contacts=[Contact(type="whatsapp", value="77900000123")],
        coordinates=Coordinates(latitude="-14.866100", longitude="-40.839400"),
        hours=[Hours(days=["mon", "tue"], opens=time(8), closes=time(9))],
        visits=[
            Visit(
                district=records.ref(district),
                place="Praça",
                starts=datetime(2026, 12, 2, 11, tzinfo=UTC),
                ends=datetime(2026, 12, 2, 15, tzinfo=UTC),
            )
        ],
    )
    service = records.service(units=[records.ref(unit)])
    for record in (unit, service):
        records.put_record(record)
    html = page(client, unit.url)
    for text in (
        "Fechado agora. Abre amanhã, às 8h",
        "Seg e ter, 8h às 9h",
        "Rua A, 10",
        "https://wa.me/5577900000123",
        "mlat=-14.866100&amp;mlon=-40.839400",
        "Quarta-feira, 02/12/2026, das 8h às 12h",
        "Praça",
        f'<a href="{service.url}">{service.title}</a>',
    ):
        assert text in html, text


def test_a_body_a_topic_and_a_district_list_what_links_to_them(client, clock):
    body, topic, district = records.secretariat(), records.topic(), records.district("Iguá")
    service = records.service(topics=[records.ref(topic)], area_served=[records.ref(district)])
    stranger = records.service("Outro", secretariat=None)
    for record in (body, topic, district, service, stranger):
        records.put_record(record)
    for url in (body.url, topic.url, district.url):
        html = page(client, url)
        assert service.title in html, url
        assert stranger.title not in html, url


def test_procedure_information_and_form_pages(client, clock):
    service = records.service()
    form = entry(
        Form,
        "form",
        "Requerimento",
        url="/formularios/requerimento/",
        versions=[
            FormVersion(label="v2", valid_from=date(2027, 1, 1), url="/documentos/2.pdf"),
            FormVersion(label="v1", valid_from=date(2026, 1, 1), url="/documentos/1.pdf"),
        ],
        instructions="Use caneta azul",
    )
    procedure = entry(
        Procedure,
        "procedure",
        "Abrir um negócio",
        url="/abrir-um-negocio/",
        steps=[ProcedureStep(title="Tire o alvará", optional=True, services=[records.ref(service)])],
    )
    question = entry(
        Information, "information", "Onde pago?", type="question", url="/onde-pago/", body="<p>No <em>banco</em>.</p>"
    )
    for record in (service, form, procedure, question):
        records.put_record(record)
    assert "/documentos/1.pdf" in page(client, form.url)
    assert "/documentos/2.pdf" not in page(client, form.url)
    steps = page(client, procedure.url)
    assert "Tire o alvará" in steps
    assert "se precisar" in steps
    assert service.url in steps
    assert "No <em>banco</em>." in page(client, question.url)


def test_unfinished_content_says_so(client, clock):
    unfinished = records.service("Outro", published_incomplete=True)
    records.put_record(unfinished)
    assert "veio de outra base e ainda não está completo" in page(client, unfinished.url)


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_short_link_leads_to_where_the_entry_is(client, slash):
    service = records.service()
    records.put_record(service)
    response = client.get(f"/s/{service.id}{slash}")
    assert (response.status_code, response["Location"]) == (301, service.url)
    assert re.match("public, max-age=(299|300), ", response["Cache-Control"])


def test_a_short_link_to_nothing_or_to_what_has_no_page_is_not_found(client):
    alert = entry(Alert, "alert", "Chuva", starts=MONDAY)
    records.put_record(alert)
    assert client.get(f"/s/{alert.id}/").status_code == 404
    assert client.get("/s/aaaaaaaaaa/").status_code == 404


def test_an_index_is_from_a_to_z_whatever_the_accents(client):
    for title in ("Zelar", "Água", "Avisar", "Ônibus"):
        records.put_record(records.service(title))
    html = page(client, "/servicos/")
    assert sorted(("Zelar", "Água", "Avisar", "Ônibus"), key=html.index) == ["Água", "Avisar", "Ônibus", "Zelar"]
    assert html.count('id="letra-A"') == 1


def test_a_long_index_shows_one_letter_at_a_time(client, django_assert_max_num_queries):
    for number in range(151):
        records.put_record(records.service(f"Avisar {number}"))
    records.put_record(records.service("Zelar"))
    city_identity()
    page_sources.everything()
    with django_assert_max_num_queries(1):
        first = page(client, "/servicos/")
    assert "Avisar 150" in first
    assert ">Zelar<" not in first
    assert ">Zelar<" in page(client, "/servicos/?letra=z")
    assert "Avisar 150" in page(client, "/servicos/?letra=%00")


def test_an_index_in_another_language_has_its_titles_or_else_the_sources(client):
    translated, plain = records.service("Podar"), records.service("Varrer")
    records.put_record(translated)
    records.put_record(plain)
    records.put_record(translated.model_copy(update={"locale": "es", "title": "Poda de árboles", "url": "/es/poda/"}))
    html = page(client, "/es/servicos/")
    assert "Poda de árboles" in html
    assert ">Podar<" not in html
    assert "Varrer" in html
    assert "Poda de árboles" not in page(client, "/servicos/")
    assert "Poda de árboles" in page(client, "/es/poda/")


@pytest.mark.parametrize(
    "record",
    [
        records.service(),
        entry(Alert, "alert", "Chuva", starts=MONDAY, message="<p>Fique em casa</p>"),
        entry(Question, "question", "Onde você mora?", answers=[QuestionAnswer(key="a", text="Na cidade")]),
        entry(City, "city", "Cidade"),
    ],
    ids=lambda record: record.kind,
)
def test_a_draft_is_shown_in_the_same_template_and_kept_by_nobody(record):
    request = RequestFactory().get("/rascunho/")
    response = views.preview(request, record, at=MONDAY)
    assert record.title in response.content.decode()
    assert "Prévia" in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
