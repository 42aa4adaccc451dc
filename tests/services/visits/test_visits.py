"""Visits are counted where they are answered, kept pages too; robots are not, and nobody is noted."""

import json
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from services.models import VisitCount
from services.models.visit_count import Visited
from services.people import is_program, is_robot
from services.record.service import DigitalLink
from services.reviews.risk import Watched, by_demand
from services.visits import counting
from services.visits.demand import LEAST, drop_old, wanted
from services.visits.report_views import few
from tests import records

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 10; CUBOT X18) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
LINK = "https://nota.example/pedir?a=1"


@pytest.fixture
def person() -> Client:
    """Somebody with a telephone."""
    return Client(headers={"User-Agent": PHONE})


@pytest.fixture
def service() -> Any:
    """With a digital link."""
    found = records.service("Podar", digital_link=DigitalLink(url=LINK))
    records.put_record(found)
    return found


def counted() -> dict[tuple[str, str, str], int]:
    """By record, language and way."""
    counting.tally.flush()
    return {(row.entry_id, row.locale, row.channel): row.visits for row in VisitCount.objects.all()}


def test_each_answer_counts_whether_it_was_kept_or_not(person: Client, service: Any) -> None:
    records.put_record(service.model_copy(update={"locale": "es", "title": "Podar", "url": "/es/podar/"}))
    for _each in range(3):
        first = person.get(service.url)
    person.get(service.url, headers={"If-None-Match": first["ETag"]})
    person.get("/es/podar/")
    person.get(f"/s/{service.id}/")
    for _each in range(2):
        person.get(f"/ir/{service.id}")
    person.get("/servicos/")
    person.get(f"/api/v1/services/{service.id}")
    person.get(f"/api/v1/services/{service.id}", headers={"Origin": "https://outro.example"})
    person.get("/api/v1/services")
    assert counted() == {
        (service.id, "pt-br", "page"): 4,
        (service.id, "es", "page"): 1,
        (service.id, "pt-br", "link"): 1,
        (service.id, "pt-br", "press"): 2,
        (service.id, "pt-br", "api"): 1,
        (service.id, "pt-br", "widget"): 1,
    }
    person.get(service.url)
    assert counted()[service.id, "pt-br", "page"] == 5


def test_robots_editors_and_what_nobody_looks_at_do_not_count(person: Client, service: Any) -> None:
    for agent in ("", "Googlebot/2.1", "curl/8.1", "python-requests/2.3", "WhatsApp/2.23 A", "facebookexternalhit/1.1"):
        Client(headers={"User-Agent": agent}).get(service.url)
    Client(headers={"User-Agent": "Googlebot/2.1"}).get(f"/api/v1/services/{service.id}")
    person.head(service.url)
    person.get(service.url, headers={"Sec-Purpose": "prefetch"})
    person.get("/servicos/nada/")
    person.get("/ir/aaaaaaaaaa")
    person.force_login(get_user_model().objects.create_superuser("editora", password="x"))
    person.get(service.url)
    assert counted() == {}
    # Programs that ask for people.
    Client(headers={"User-Agent": "okhttp/4.9"}).get(f"/api/v1/services/{service.id}")
    assert counted() == {(service.id, "pt-br", "api"): 1}


@pytest.mark.parametrize(
    ("agent", "robot", "program"),
    [
        (PHONE, False, False),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1", False, False),
        ("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", True, True),
        ("Mozilla/5.0 (compatible; GPTBot/1.1)", True, True),
        ("Go-http-client/1.1", False, True),
        ("", True, True),
    ],
)
def test_who_is_a_person(agent: str, robot: bool, program: bool) -> None:
    assert (is_robot(agent), is_program(agent)) == (robot, program)


def test_nothing_but_counts_is_kept() -> None:
    assert {field.name for field in VisitCount._meta.get_fields()} == {"id", *Visited._fields, "visits"}


def test_a_press_leads_to_the_records_own_link_and_nowhere_else(person: Client, service: Any) -> None:
    assert f'href="/ir/{service.id}"' in person.get(service.url).content.decode()
    for address in (f"/ir/{service.id}", f"/ir/{service.id}/", f"/ir/{service.id}?url=https://mau.example&next=//mau"):
        response = person.get(address)
        assert (response.status_code, response["Location"]) == (302, LINK)
        # Each press is to be seen here, and the other site is not told from where.
        assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        assert not response.cookies
    records.put_record(records.service("Podar", digital_link=DigitalLink(url="https://outra.example/")))
    assert person.get(f"/ir/{service.id}")["Location"] == "https://outra.example/"
    for name, link in (("Sem", None), ("Mau", DigitalLink(url="javascript:alert(1)"))):
        other = records.service(name, digital_link=link)
        records.put_record(other)
        assert person.get(f"/ir/{other.id}").status_code == 404
        assert "/ir/" not in person.get(other.url).content.decode()
    unit = records.unit()
    records.put_record(unit)
    assert person.get(f"/ir/{unit.id}").status_code == 404


def test_a_kept_press_asks_the_database_nothing(person: Client, service: Any, django_assert_num_queries: Any) -> None:
    person.get(f"/ir/{service.id}")
    with django_assert_num_queries(0):
        assert person.get(f"/ir/{service.id}").status_code == 302


def test_many_are_written_in_one_statement_and_added_to_what_was_there(django_assert_num_queries: Any) -> None:
    day = timezone.localdate()
    waiting = {Visited(day, "service", f"aaaaaaaa{number:02}", "pt-br", "page"): number + 1 for number in range(60)}
    for _each in range(2):
        with django_assert_num_queries(1):
            VisitCount.objects.add(waiting)
    assert VisitCount.objects.get(entry_id="aaaaaaaa59").visits == 120


def test_visits_and_presses_weigh_in_what_is_wanted(service: Any) -> None:
    at, day = timezone.now(), timezone.localdate()
    VisitCount.objects.add(
        {
            Visited(day, "service", service.id, "pt-br", "page"): 300,
            Visited(day, "service", service.id, "es", "widget"): 20,
            Visited(day, "service", service.id, "pt-br", "link"): 50,
            Visited(day, "service", service.id, "pt-br", "press"): 7,
            Visited(day - timedelta(days=100), "service", service.id, "pt-br", "page"): 900,
            Visited(day, "service", "aaaaaaaaaa", "pt-br", "page"): LEAST - 1,
        }
    )
    found = wanted(at)
    assert (found[service.id].reads, found[service.id].presses, found[service.id].as_searches) == (320, 7, 39)
    assert found["aaaaaaaaaa"].as_searches == 0
    watched = [
        Watched(pk=number, record_id=record_id, names=name, due=None, reviewed_on=None)
        for number, (record_id, name) in enumerate([(service.id, "Podar"), ("aaaaaaaaaa", "Outro")])
    ]
    reasons = by_demand(watched, at)
    assert set(reasons) == {service.id}
    assert "320 visitas" in reasons[service.id].text
    assert not reasons[service.id].alone


def test_old_counts_are_dropped() -> None:
    day = timezone.localdate()
    for ago in (0, 380, 460):
        VisitCount.objects.add({Visited(day - timedelta(days=ago), "service", "aaaaaaaaaa", "pt-br", "page"): 1})
    assert drop_old(timezone.now()) == 1


def test_the_report_tells_many_and_hides_few(client: Client, service: Any, django_assert_max_num_queries: Any) -> None:
    other = records.service("Varrer")
    records.put_record(other)
    day = timezone.localdate()
    VisitCount.objects.add(
        {
            Visited(day, "service", service.id, "pt-br", "page"): 1_234,
            Visited(day, "service", service.id, "pt-br", "press"): 3,
            Visited(day, "service", other.id, "pt-br", "page"): 9,
        }
    )
    client.force_login(get_user_model().objects.create_superuser("editora", password="x"))
    address = reverse("conecta_visits:report")
    client.get(address)
    with django_assert_max_num_queries(30):
        html = client.get(address).content.decode()
    rows = [
        [cell.get_text(strip=True) for cell in row.find_all("td")]
        for row in BeautifulSoup(html, "html.parser").select("table.listing tbody tr")
    ]
    month = date_format(day, "M")
    assert [(row[0], row[1], row[2], row[5]) for row in rows] == [
        ("Podar", "1.234", f"{month}: 1.234", "menos de 10"),
        ("Varrer", "menos de 10", f"{month}: menos de 10", "0"),
    ]
    exported = b"".join(client.get(f"{address}?export=csv").streaming_content).decode()
    assert "Podar,1.234,0,0,menos de 10" in exported
    assert "9" not in exported.splitlines()[2]
    assert few(LEAST) == "10"


def told_by_a_phone(client: Client, reads: dict[str, int]) -> int:
    return client.post("/offline/lidos", json.dumps(reads), content_type="application/json").status_code


def test_a_phone_tells_how_often_it_read_a_copy_without_a_network(person: Client, service: Any) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert told_by_a_phone(person, {f"pt-br/service/{service.id}": 3, "pt-br/service/aaaaaaaaaa": 9}) == 204
    assert len(asked) <= 1
    assert told_by_a_phone(person, {f"es/service/{service.id}": 4_000, f"es/unit/{service.id}": 1}) == 204
    assert told_by_a_phone(Client(headers={"User-Agent": "Googlebot"}), {f"pt-br/service/{service.id}": 3}) == 204
    assert counted() == {(service.id, "pt-br", "offline"): 3, (service.id, "es", "offline"): 20}


@pytest.mark.parametrize(
    "told",
    [
        "",
        "nada",
        "[]",
        "7",
        "\udcff",
        '{"pt-br/service/x": 1}',
        '{"pt-br/service": 1}',
        '{"pt-br/service/aaaaaaaaaa/b": 1}',
        '{"xx/service/aaaaaaaaaa": 1}',
        '{"pt-br/service/aaaaaaaaaa": 0}',
        '{"pt-br/service/aaaaaaaaaa": true}',
        '{"pt-br/service/aaaaaaaaaa": "3"}',
        '{"' + "a" * 9_000 + '": 1}',
    ],
)
def test_what_no_phone_of_ours_sends_counts_nothing(person: Client, told: str) -> None:
    body = told.encode("utf-8", "surrogateescape")
    answer = person.post("/offline/lidos", body, content_type="application/json")
    assert answer.status_code == 422
    assert person.get("/offline/lidos").status_code == 405
    assert counted() == {}
