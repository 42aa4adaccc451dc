"""With 2,000 services and 40 bodies each list, report and first page of the admin takes at most 30 queries."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from wagtail.models import Locale, PageLogEntry, Site
from wagtail.snippets.models import get_snippet_models

from services.models import SecretariatPage, ServicePage, Unit
from tests.services import charter
from tests.services.many import many
from tests.services.newsroom.people import browser, person, set_up

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 18, 12, tzinfo=UTC)
MOST = 30
#: Wagtail's own tree asks more than that for itself, and translators' buttons two; though no more for more rows.
MOST_OF_THE_TREE = 42
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


@pytest.fixture
def body(clock: Any) -> SecretariatPage:
    """One of the forty, in a city in which much waits and much has been done."""
    clock(AT)
    many(services=2_000, bodies=40, review_due=date(2026, 3, 1))
    Locale.objects.get_or_create(language_code="es")
    set_up()
    found = SecretariatPage.objects.order_by("pk").first()
    assert found is not None
    for number in range(30):
        charter.unit(f"Posto {number}", secretariat=found)
        Group.objects.create(name=f"Grupo {number}")
    assert (ServicePage.objects.count(), SecretariatPage.objects.count()) == (2_000, 40)
    assert Unit.objects.count() == 30
    assert PageLogEntry.objects.count() > 2_000
    return found


def test_each_list_is_few_queries(body: SecretariatPage) -> None:
    many_queries, tree = {}, tree_of(body)
    opened = dict.fromkeys(PEOPLE, 0)
    for role, make in PEOPLE.items():
        client = browser(make(body))
        for address in addresses(body):
            # What is kept in memory is kept after the first time.
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(address)
            opened[role] += answer.status_code == 200
            most = MOST_OF_THE_TREE if address in tree else MOST
            if answer.status_code == 200 and len(captured) > most:
                many_queries[role, address] = len(captured)
    assert many_queries == {}
    assert opened["comunicacao"] > 25, opened
    assert min(opened.values()) > 5, opened
