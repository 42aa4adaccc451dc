"""With 2,000 services and 40 bodies each list, report and first page of the admin takes at most 30 queries.

The city is built once for all tests here, in a transaction around theirs, and is gone after the last.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from wagtail.models import Locale, PageLogEntry, Site
from wagtail.snippets.models import get_snippet_models

from services.link_uses import gather
from services.models import EntryScore, Link, LinkUse, SecretariatPage, ServicePage, Unit
from services.record.service import DigitalLink
from tests.services import charter
from tests.services.editing import logged_in
from tests.services.many import many
from tests.services.newsroom.people import browser, person, set_up

# On one process: each other would build a city of its own.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("big city")]
AT = datetime(2026, 3, 18, 12, tzinfo=UTC)
MOST = 30
#: Wagtail's own tree asks more than that for itself, and translators' buttons two; though no more for more rows.
MOST_OF_THE_TREE = 43
#: Each role that has lists of its own, and how its person is made.
PEOPLE: dict[str, Callable[[SecretariatPage], Any]] = {
    "redacao": lambda body: person("escreve", "redacao", body=body),
    "revisao": lambda body: person("revisa", "revisao", body=body),
    "comunicacao": lambda _body: person("aprova", "comunicacao"),
    "controle": lambda _body: person("controla", "controle"),
    "administracao": lambda _body: person("cuida", "administracao"),
}


def tree_of(body: SecretariatPage) -> list[str]:
    """Of Wagtail's tree: the bodies, and the services of one."""
    home = Site.objects.get(is_default_site=True).root_page
    return [reverse("wagtailadmin_explore", args=[page.pk]) for page in (home, body)]


def addresses(body: SecretariatPage) -> Iterator[str]:
    """Of every list and report, by the names under which the admin knows them."""
    yield reverse("wagtailadmin_home")
    yield from tree_of(body)
    yield reverse("wagtailadmin_pages:search") + "?q=servico"
    for name in (
        "conecta_newsroom:inbox",
        "conecta_newsroom:urgent_report",
        "conecta_newsroom:at_once",
        "conecta_review:queue",
        "conecta_completeness:report",
        "conecta_links:report",
        "conecta_acts:index",
        "conecta_search_admin:asked",
        "wagtailadmin_reports:locked_pages",
        "wagtailadmin_reports:workflow",
        "wagtailadmin_reports:workflow_tasks",
        "wagtailadmin_reports:aging_pages",
        "wagtailusers_users:index",
        "wagtailredirects:index",
        "wagtailimages:index",
        "wagtaildocs:index",
    ):
        yield reverse(name)
    yield "/admin/servicos/"
    for model in get_snippet_models():
        try:
            yield reverse(model.snippet_viewset.get_url_name("list"))
        except NoReverseMatch:
            continue


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Services of which each is due for review and has a link, and the newsroom's groups."""
    with django_db_blocker.unblock(), transaction.atomic():
        translation.deactivate()
        with pytest.MonkeyPatch.context() as clock:
            clock.setattr(timezone, "now", lambda: AT)
            link = DigitalLink(url="https://morto.example/")
            many(services=2_000, bodies=40, review_due=date(2026, 3, 1), digital_link=link)
            set_up()
        assert (ServicePage.objects.count(), SecretariatPage.objects.count()) == (2_000, 40)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def body(city: None, clock: Any) -> SecretariatPage:
    """One of the forty, on the day on which they were brought."""
    clock(AT)
    found = SecretariatPage.objects.order_by("pk").first()
    assert found is not None
    return found


@pytest.fixture
def busy(body: SecretariatPage) -> SecretariatPage:
    """It, in a city in which much waits and much has been done."""
    Locale.objects.get_or_create(language_code="es")
    for number in range(30):
        charter.unit(f"Posto {number}", secretariat=body)
        Group.objects.create(name=f"Grupo {number}")
    assert Unit.objects.count() == 30
    assert PageLogEntry.objects.count() > 2_000
    return body


def queries_of(client: Client, address: str) -> tuple[Any, int]:
    """An answer, and how often the database was asked for it."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    return answer, len(captured)


def test_each_list_is_few_queries(busy: SecretariatPage) -> None:
    many_queries, tree = {}, tree_of(busy)
    opened = dict.fromkeys(PEOPLE, 0)
    for role, make in PEOPLE.items():
        client = browser(make(busy))
        for address in addresses(busy):
            most = MOST_OF_THE_TREE if address in tree else MOST
            answer, asked = queries_of(client, address)
            if asked > most:
                # What is kept in memory is kept after the first time.
                answer, asked = queries_of(client, address)
            opened[role] += answer.status_code == 200
            if answer.status_code == 200 and asked > most:
                many_queries[role, address] = asked
    assert many_queries == {}
    assert opened["comunicacao"] > 25, opened
    assert min(opened.values()) > 5, opened


def test_the_first_page_of_everybody(body: SecretariatPage, django_assert_max_num_queries: Any) -> None:
    assert EntryScore.objects.filter(required_gaps__gt=0).count() == 2_000
    service = ServicePage.objects.descendant_of(body).first()
    link = Link.objects.create(
        url="https://outro.example/", host="outro.example", next_at=AT, failing_since=AT, dead_since=AT
    )
    LinkUse.objects.create(link=link, kind="service", entry_id=service.record_id, place="digital")
    for user in (*(make(body) for make in PEOPLE.values()), person("manda", is_superuser=True)):
        client = browser(user)
        client.get(reverse("wagtailadmin_home"))
        with django_assert_max_num_queries(MOST):
            assert client.get(reverse("wagtailadmin_home")).status_code == 200


@pytest.mark.usefixtures("body")
def test_all_are_due_for_review(django_assert_max_num_queries: Any) -> None:
    client, address = logged_in("comunicacao"), reverse("conecta_review:queue")
    client.get(address)
    with django_assert_max_num_queries(MOST):
        response = client.get(address)
    assert response.context["items_count"] == 2_000


@pytest.mark.usefixtures("body")
def test_all_have_dead_links_and_nothing_else(django_assert_max_num_queries: Any) -> None:
    ServicePage.objects.update(review_due=date(2027, 1, 1))
    gather(AT)
    Link.objects.update(failing_since=AT, dead_since=AT + timedelta(days=1), problem="gone", status=404)
    client = logged_in("comunicacao")
    for name in ("conecta_links:report", "conecta_review:queue"):
        client.get(reverse(name))
        with django_assert_max_num_queries(MOST):
            response = client.get(reverse(name))
        assert response.context["items_count"] == 2_000


@pytest.mark.usefixtures("body")
def test_completeness_filtered_and_ordered(client: Client) -> None:
    client.force_login(person("manda", is_superuser=True))
    address = reverse("conecta_completeness:report")
    client.get(address)
    for parameters in ({}, {"rule": "time"}, {"p": "7", "ordering": "-required_gaps"}):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address, parameters).status_code == 200
        assert len(captured) <= MOST, parameters
