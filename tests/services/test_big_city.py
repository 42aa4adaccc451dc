"""With 2,000 services and 40 bodies each list, report and first page of the admin takes at most 30 queries.

The city is built once for all tests here, in a transaction around theirs, and is gone after the last.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from django.utils import timezone, translation
from wagtail.admin.viewsets import viewsets
from wagtail.models import Locale, Page, PageLogEntry, Site

from services.links.uses import gather
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
#: Each role, and how its person is made.
PEOPLE: dict[str, Callable[[SecretariatPage], Any]] = {
    "redacao": lambda body: person("escreve", "redacao", body=body),
    "revisao": lambda body: person("revisa", "revisao", body=body),
    "comunicacao": lambda _body: person("aprova", "comunicacao"),
    "ouvidoria": lambda _body: person("ouve", "ouvidoria"),
    "controle": lambda _body: person("controla", "controle"),
    "administracao": lambda _body: person("cuida", "administracao"),
    "superuser": lambda _body: person("manda", is_superuser=True),
}
#: Of addresses that take no arguments: what is no screen, and parts of lists that are counted whole.
NO_LIST = re.compile(
    r"_results$|:results$|:choose_results$|sprite|javascript_catalog|error_test|wagtailadmin_api|"
    r"log(in|out)|password_reset|:add|:create|:select_task_type|dismissibles|editing_sessions|tag_autocomplete|"
    r"block_preview|chosen_multiple|_link$"
)
#: Lists about one thing.
ABOUT_ONE = ("history", "usage", "workflow_history")


def names(resolver: URLResolver, namespaces: tuple[str, ...] = ()) -> Iterator[str]:
    """Of every address that a resolver knows."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, (*namespaces, *([pattern.namespace] if pattern.namespace else [])))
        elif pattern.name:
            yield ":".join((*namespaces, pattern.name))


def addresses(body: SecretariatPage) -> Iterator[str]:
    """Every list, report and first page that the admin knows, found where it registers them."""
    admin = [found for found in get_resolver().url_patterns if str(found.pattern) == "admin/"]
    for name in dict.fromkeys(name for each in admin for name in names(each)):
        if not NO_LIST.search(name):
            with suppress(NoReverseMatch):
                yield reverse(name)
    home = Site.objects.get(is_default_site=True).root_page
    service = ServicePage.objects.child_of(body).first()
    assert service is not None
    for page in (home, body, service):
        yield reverse("wagtailadmin_explore", args=[page.pk])
        yield reverse("wagtailadmin_choose_page_child", args=[page.pk])
        yield from (reverse(f"wagtailadmin_pages:{view}", args=[page.pk]) for view in ABOUT_ONE)
    yield reverse("wagtailadmin_pages:search") + "?q=servico"
    yield reverse("wagtailadmin_pages:type_use", args=["conecta_services", "servicepage"])
    for viewset in viewsets.viewsets:
        model = getattr(viewset, "model", None)
        of_rows = isinstance(model, type) and not issubclass(model, Page)
        one = model._default_manager.first() if of_rows else None
        for view in ABOUT_ONE if one else ():
            with suppress(NoReverseMatch):
                yield reverse(viewset.get_url_name(view), args=[one.pk])


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
    """An answer, and how often the database was asked for it.

    Django's own log of queries ends after nine thousand, and then counts none.
    """
    asked = []

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        answer = client.get(address)
    return answer, len(asked)


def test_each_list_is_few_queries(busy: SecretariatPage) -> None:
    many_queries = {}
    opened = dict.fromkeys(PEOPLE, 0)
    for role, make in PEOPLE.items():
        client = browser(make(busy))
        for address in addresses(busy):
            answer, asked = queries_of(client, address)
            if asked > MOST:
                # What is kept in memory is kept after the first time.
                answer, asked = queries_of(client, address)
            opened[role] += answer.status_code == 200
            if answer.status_code == 200 and asked > MOST:
                many_queries[role, address] = asked
    assert many_queries == {}
    assert opened["comunicacao"] > 60, opened
    assert min(opened.values()) > 10, opened


def test_the_first_page_of_everybody(body: SecretariatPage, django_assert_max_num_queries: Any) -> None:
    assert EntryScore.objects.filter(required_gaps__gt=0).count() == 2_000
    service = ServicePage.objects.descendant_of(body).first()
    link = Link.objects.create(
        url="https://outro.example/", host="outro.example", next_at=AT, failing_since=AT, dead_since=AT
    )
    LinkUse.objects.create(link=link, kind="service", entry_id=service.record_id, place="digital")
    for make in PEOPLE.values():
        client = browser(make(body))
        client.get(reverse("wagtailadmin_home"))
        with django_assert_max_num_queries(MOST):
            assert client.get(reverse("wagtailadmin_home")).status_code == 200


def test_the_menu_opens_what_hangs_below_a_page(busy: SecretariatPage) -> None:
    home = Site.objects.get(is_default_site=True).root_page
    for make in PEOPLE.values():
        client = browser(make(busy))
        for page in (home, busy):
            address = f"{reverse('wagtailadmin_api:pages:listing')}?child_of={page.pk}&for_explorer=1"
            answer, asked = queries_of(client, address)
            assert (answer.status_code, asked <= MOST) in ((200, True), (400, True)), asked


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
    for parameters in ("", "?rule=time", "?p=7&ordering=-required_gaps"):
        answer, asked = queries_of(client, address + parameters)
        assert (answer.status_code, asked <= MOST) == (200, True), (parameters, asked)
