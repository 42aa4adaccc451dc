"""What people look for is counted, and no more than that."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from search import insight
from search.counting import COUNTED, Asked, Counts, normal_form
from search.demand import drop_old, last_whole_day, publish_demand
from search.insight import Tally
from search.query_counts import QueryCount
from services.models.published import LAST_SEEN, PublishedRecord
from services.record import from_json
from tests.records import put_record, service, unit

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 10; CUBOT X18) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
MONDAY = date(2026, 3, 2)


@pytest.fixture
def person() -> Client:
    """Somebody with a telephone."""
    return Client(headers={"User-Agent": PHONE})


def search(client: Client, query: str, **parameters: str) -> BeautifulSoup:
    response = client.get("/busca/", {"q": query, **parameters})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def tell(client: Client, query: str, *said: str, **how: Any) -> None:
    response = client.post(reverse("conecta_search:outcome"), {"q": query} | dict.fromkeys(said, "1"), **how)
    assert (response.status_code, response["Cache-Control"]) == (204, "no-store")


def counted() -> dict[str, dict[str, int]]:
    """What was counted of each query, without zeros."""
    insight.tally.flush()
    return {
        row.query: {name: getattr(row, name) for name in COUNTED if getattr(row, name)}
        for row in QueryCount.objects.all()
    }


def test_a_search_is_counted_in_its_normal_form_whatever_came_of_it(person: Client) -> None:
    put_record(service("Emitir segunda via"))
    search(person, "2ª via")
    search(person, "  Segunda VIA!")
    search(person, "zzz")
    assert counted() == {"2 via": {"searches": 2}, "zzz": {"searches": 1, "without_result": 1}}


def test_the_query_before_was_reformulated(person: Client) -> None:
    put_record(service("Podar árvore"))
    html = search(person, "cortar galho")
    field = html.select_one("form[role=search] input[name=anterior]")
    assert field["value"] == "cortar galho"
    html = search(person, "poda", anterior=field["value"])
    assert counted() == {
        "cortar galho": {"searches": 1, "without_result": 1, "reformulated": 1},
        "poda": {"searches": 1},
    }
    assert not [link for link in html.select("a[href]") if "anterior" in link["href"]]


def test_more_of_the_same_search_is_not_another_one(person: Client) -> None:
    for number in range(21):
        put_record(service(f"Podar {number}"))
    put_record(unit("Onde podar"))
    html = search(person, "podar")
    for link in html.select(".c-filters a, .c-pager a"):
        person.get(link["href"], headers={"Referer": "http://testserver/busca/?q=+Podar&kind=unit"})
    search(person, "podar", kind="unit", anterior="podar")
    assert counted() == {"podar": {"searches": 1}}
    # Other words in the form of narrowed results are another search, and what they do not find there may be elsewhere.
    search(person, "zzz", kind="unit", anterior="podar")
    assert counted() == {"podar": {"searches": 1, "reformulated": 1}, "zzz": {"searches": 1}}


def test_what_became_of_a_search_is_known_only_if_its_page_says_so(person: Client) -> None:
    put_record(service("Podar árvore"))
    for _ in range(3):
        search(person, "poda")
    tell(person, "Poda", "first")
    tell(person, "poda", "first", "clicked")
    assert counted() == {"poda": {"searches": 3, "observed": 2, "clicked": 1}}
    # Came back to the page and opened one after all.
    tell(person, "poda", "clicked")
    assert counted() == {"poda": {"searches": 3, "observed": 2, "clicked": 2}}


def test_the_page_can_say_so_only_of_results(person: Client) -> None:
    put_record(service("Podar árvore"))
    place = search(person, "Poda").select_one("[data-insight]")
    assert (place["data-query"], place["data-insight"]) == ("Poda", reverse("conecta_search:outcome"))
    assert not search(person, "zzz").select("[data-insight]")
    assert not search(person, "").select("[data-insight]")


@pytest.mark.parametrize(
    "agent", ["", "Mozilla/5.0 (compatible; Googlebot/2.1)", "curl/8", "python-requests/2", "HeadlessChrome/120"]
)
def test_programs_are_not_people(agent: str) -> None:
    put_record(service("Podar árvore"))
    program = Client(headers={"User-Agent": agent} if agent else {})
    html = search(program, "poda", anterior="galho")
    tell(program, "poda", "first")
    assert counted() == {}
    assert not html.select("[data-insight], input[name=anterior]")


def test_neither_are_prefetching_browsers_editors_and_other_sites(person: Client, admin_client: Client) -> None:
    put_record(service("Podar árvore"))
    person.get(reverse("conecta_search:results"), {"q": "poda"}, headers={"Sec-Purpose": "prefetch"})
    person.head(reverse("conecta_search:results"), {"q": "poda"})
    tell(person, "poda", "first", headers={"Sec-Fetch-Site": "cross-site"})
    admin_client.get(reverse("conecta_search:results"), {"q": "poda"}, headers={"User-Agent": PHONE})
    assert counted() == {}
    assert person.get(reverse("conecta_search:outcome")).status_code == 405


def test_a_visitor_is_asked_for_no_session(person: Client, django_assert_num_queries: Any) -> None:
    put_record(service("Podar árvore"))
    search(person, "poda")
    LAST_SEEN.forget()
    with django_assert_num_queries(1):
        response = person.get(reverse("conecta_search:results"), {"q": "poda"})
    assert "Cookie" not in response.get("Vary", "")
    with django_assert_num_queries(0):
        tell(person, "poda", "first")


@pytest.mark.parametrize(
    "query", ["consulta 123.456.789-09", "multa abc-1234", "fulana@exemplo.com", "a" * 101, "?!", ""]
)
def test_what_is_not_kept_is_nowhere(person: Client, query: str) -> None:
    put_record(service("Podar árvore"))
    html = search(person, query, anterior=query)
    tell(person, query, "first")
    assert counted() == {}
    assert not html.select("input[name=anterior], [data-insight]")
    search(person, "poda", anterior=query)
    assert counted() == {"poda": {"searches": 1}}


def test_languages_are_counted_apart(person: Client) -> None:
    person.get("/es/busca/", {"q": "salud"})
    search(person, "salud")
    insight.tally.flush()
    assert set(QueryCount.objects.values_list("locale", "query", "searches")) == {
        ("es", "salud", 1),
        ("pt-br", "salud", 1),
    }


def test_the_normal_form_fits_its_column() -> None:
    assert len(normal_form("ﷺ" * 12, "pt-br")) <= 100
    assert normal_form("½" * 100, "pt-br") == ""


def test_counts_are_added_to_what_others_counted() -> None:
    asked = [Asked(MONDAY, "pt-br", f"busca {number}") for number in range(1200)]
    for _ in range(2):
        QueryCount.objects.add({one: Counts(searches=1, clicked=2) for one in asked})
    assert QueryCount.objects.count() == 1200
    assert set(QueryCount.objects.values_list("searches", "clicked", "observed")) == {(2, 4, 0)}


def test_what_the_database_does_not_take_waits() -> None:
    taken: list[Mapping[Asked, Counts]] = []
    fails = [True]

    def write(waiting: Mapping[Asked, Counts]) -> None:
        if fails.pop():
            raise DatabaseError("no disk")
        taken.append(waiting)

    tally, asked = Tally(write, seconds=None), Asked(MONDAY, "pt-br", "iptu")
    tally.add(asked, Counts(searches=1))
    tally.flush()
    tally.add(asked, Counts(searches=2))
    fails.append(False)
    tally.flush()
    tally.flush()
    assert taken == [{asked: Counts(searches=3)}]


def searched(query: str, *, on: date, times: int = 1, locale: str = "pt-br", **counts: int) -> None:
    QueryCount.objects.add({Asked(on, locale, query): Counts(searches=times, **counts)})


AT = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
DAYS = [MONDAY + timedelta(days=number) for number in range(3)]


def public() -> dict[str, int]:
    rows = PublishedRecord.objects.public().filter(kind="demand")
    return {record.title: record.searches for record in map(from_json, rows.values_list("body", flat=True))}


def test_demand_is_published_from_ten_searches_on_three_days_on() -> None:
    for day, times in zip(DAYS, (5, 4, 1), strict=True):
        searched("iptu", on=day, times=times, without_result=1, observed=2, clicked=1)
        searched("nove", on=day, times=3)
    for day in DAYS[:2]:
        searched("dois dias", on=day, times=50)
    # Other words were tried on the third day, and it was not asked again.
    searched("dois dias", on=DAYS[2], times=0, reformulated=1)
    publish_demand(AT)
    assert public() == {"iptu": 10}
    record = from_json(PublishedRecord.objects.get(kind="demand").body)
    assert (record.without_result, record.observed, record.without_click) == (3, 6, 3)
    assert record.locale == "pt-BR"


def test_demand_changes_once_a_day_and_ends() -> None:
    for day in DAYS:
        searched("iptu", on=day, times=4)
    publish_demand(AT)
    searched("iptu", on=date(2026, 3, 5), times=7)
    assert publish_demand(AT + timedelta(hours=8)).written == 0
    # At half past midnight some process may still hold what it counted of the day before.
    assert last_whole_day(datetime(2026, 3, 6, 3, 30, tzinfo=UTC)) == date(2026, 3, 4)
    publish_demand(AT + timedelta(days=1))
    assert public() == {"iptu": 19}
    identity = PublishedRecord.objects.get(kind="demand").entry_id
    publish_demand(AT + timedelta(days=92))
    assert public() == {}
    tombstone = PublishedRecord.objects.get(kind="demand")
    assert (tombstone.deleted, tombstone.entry_id) == (True, identity)


def test_counts_are_dropped_after_thirteen_months() -> None:
    for day in (date(2025, 2, 4), date(2025, 2, 5), MONDAY):
        searched("iptu", on=day)
    assert drop_old(AT) == 1
    assert set(QueryCount.objects.values_list("day", flat=True)) == {date(2025, 2, 5), MONDAY}


def test_the_worker_does_both(data_dir: Any) -> None:
    today = datetime.now(UTC).date()
    for days in range(2, 5):
        searched("iptu", on=today - timedelta(days=days), times=4)
    searched("velha", on=today - timedelta(days=430))
    call_command("worker", "--once")
    assert public() == {"iptu": 12}
    assert "velha" not in counted()
