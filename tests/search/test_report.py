"""The report of what people look for and do not find."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, PageLogEntry

from search.counting import Asked, Counts
from search.query_counts import QueryCount
from search.trend import trend_of, whole_weeks
from services.models import ServicePage
from tests.services import charter

pytestmark = pytest.mark.django_db
# A Wednesday.
NOW = datetime(2026, 3, 18, 15, 0, tzinfo=UTC)
TODAY = date(2026, 3, 18)
REPORT = "/admin/conecta/buscas/"


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def asked(query: str, *, days_ago: int = 1, locale: str = "pt-br", **counts: int) -> None:
    day = TODAY - timedelta(days=days_ago)
    QueryCount.objects.add({Asked(day, locale, query): Counts(**({"searches": 1} | counts))})


def report(client: Client, **parameters: str) -> BeautifulSoup:
    response = client.get(REPORT, parameters)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def rows(html: BeautifulSoup) -> dict[str, list[str]]:
    """Query → its other cells."""
    found = {}
    for row in html.select(".conecta-asked tbody tr"):
        title, *cells = row.select("td")
        found[title.select_one(".title-wrapper").get_text(" ", strip=True)] = [
            " ".join(cell.get_text(" ", strip=True).split()) for cell in cells
        ]
    return found


def test_numbers_shares_and_trend(admin_client: Client) -> None:
    asked("rua sem luz", searches=10, without_result=2, observed=4, clicked=1, reformulated=3)
    asked("rua sem luz", days_ago=40, searches=5)
    asked("salud", locale="es", searches=2)
    found = rows(report(admin_client))
    assert found["rua sem luz"][:4] == ["15", "2 (13%)", "3 (75%)", "3 (20%)"]
    # The week that is not over is no part of the trend.
    assert found["rua sem luz"][4].startswith("▼ 100%")
    assert list(found) == ["rua sem luz", "salud Español"]


def test_the_trend_is_of_whole_weeks() -> None:
    weeks = whole_weeks(TODAY)
    assert (weeks[0], weeks[-1]) == (date(2026, 1, 19), date(2026, 3, 9))
    trend = trend_of({weeks[0]: 2, weeks[7]: 3, date(2026, 3, 16): 50}, TODAY)
    assert (trend.before, trend.lately, trend.change) == (2, 3, 50)
    assert [bar.height for bar in trend.bars] == [16, 0, 0, 0, 0, 0, 0, 24]
    assert trend_of({}, TODAY).change is None


def test_what_is_asked_for(admin_client: Client) -> None:
    asked("muito", searches=50)
    asked("nada achou", searches=3, without_result=3)
    asked("refeita", searches=4, reformulated=1)
    asked("ninguém abriu".replace("é", "e"), searches=2, observed=2)
    asked("antiga", days_ago=300)
    asked("salud", locale="es")
    assert list(rows(report(admin_client))) == ["muito", "refeita", "nada achou", "ninguem abriu", "salud Español"]
    assert list(rows(report(admin_client, problem="without_result"))) == ["nada achou"]
    assert list(rows(report(admin_client, problem="without_click"))) == ["ninguem abriu"]
    assert list(rows(report(admin_client, problem="reformulated"))) == ["refeita"]
    assert "antiga" in rows(report(admin_client, weeks="57"))
    assert list(rows(report(admin_client, locale="es"))) == ["salud Español"]
    assert list(rows(report(admin_client, q="Ninguém"))) == ["ninguem abriu"]
    assert next(iter(rows(report(admin_client, ordering="-query")))) == "salud Español"
    assert rows(report(admin_client, weeks="x", problem="y", locale="z", ordering="pk"))


def test_all_of_it_week_by_week(admin_client: Client) -> None:
    asked("rua sem luz", searches=10, observed=4, clicked=1)
    asked("iptu", days_ago=7, searches=5)
    cells = [
        [" ".join(cell.get_text(" ", strip=True).split()) for cell in row.select("th, td")]
        for row in report(admin_client).select(".conecta-weeks tbody tr")
    ]
    assert cells == [
        ["16/03/2026 a 22/03/2026", "10", "0", "3 de 4 conhecidas", "0"],
        ["09/03/2026 a 15/03/2026", "5", "0", "0 de 0 conhecidas", "0"],
    ]


def test_its_queries_do_not_grow_with_what_it_shows(
    admin_client: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    asked("iptu")
    report(admin_client)
    with django_assert_max_num_queries(14) as few:
        report(admin_client)
    for number in range(80):
        asked(f"busca {number}", searches=number)
    with django_assert_num_queries(len(few)):
        assert len(rows(report(admin_client))) == 50


def test_a_table_that_a_spreadsheet_does_not_run(admin_client: Client) -> None:
    asked("iptu", searches=3, observed=2)
    # Could not come from a search, whose words have no such signs.
    asked("=1+1")
    response = admin_client.get(REPORT, {"export": "csv"})
    text = b"".join(response.streaming_content).decode()
    assert list(csv.reader(io.StringIO(text))) == [
        ["Consulta", "Língua", "Buscas", "Sem resultado", "Com desfecho conhecido", "Sem clique", "Refeitas"],
        ["iptu", "pt-br", "3", "0", "2", "2", "0"],
        ["'=1+1", "pt-br", "1", "0", "0", "0", "0"],
    ]
    assert admin_client.get(REPORT, {"export": "xlsx"}).status_code == 200


def editor(*permissions: str, page: Any = None, name: str = "redatora") -> User:
    """Somebody of the team with these permissions, and the right to add pages below one."""
    user = get_user_model().objects.create_user(name, email=f"{name}@exemplo.com", password="x")
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in permissions:
        group.permissions.add(Permission.objects.get(codename=codename, content_type__app_label="conecta_search"))
    if page is not None:
        GroupPagePermission.objects.create(
            group=group, page=page, permission=Permission.objects.get(codename="add_page")
        )
    user.groups.add(group)
    return user


def test_who_may_read_it_and_do_what(client: Client) -> None:
    asked("iptu")
    body = charter.body()
    client.force_login(editor())
    assert client.get(REPORT).status_code == 302
    assert client.get(REPORT + "escrever/").status_code == 302
    assert REPORT not in client.get("/admin/").content.decode()
    client.force_login(editor("view_querycount", name="leitor"))
    assert not report(client).select(".conecta-asked .actions")
    assert REPORT in client.get("/admin/").content.decode()
    client.force_login(editor("view_querycount", "add_synonymgroup", page=body, name="chefe"))
    links = {
        link.get_text(" ", strip=True): link["href"] for link in report(client).select(".conecta-asked .actions a")
    }
    assert links == {
        "Criar sinônimo : iptu": reverse("conecta_synonyms:add") + "?said=iptu&language=pt",
        "Escrever este serviço : iptu": REPORT + "escrever/?q=iptu&locale=pt-br",
    }


def assign(client: Client, **chosen: Any) -> Any:
    form = BeautifulSoup(client.get(REPORT + "escrever/", {"q": "castracao de gato"}).content, "html.parser")
    given = {field["name"]: field["value"] for field in form.select("#w-editor-form input[value]")}
    return client.post(REPORT + "escrever/", given | chosen)


def test_a_query_becomes_somebodys_draft(client: Client) -> None:
    health, works = charter.body("Saude"), charter.body("Obras")
    asked("castracao de gato", searches=12)
    boss, writer = editor("view_querycount", page=health, name="chefe"), editor(page=health)
    client.force_login(boss)
    response = assign(client, body=health.pk, writer=writer.pk)
    assert (response.status_code, response.url) == (302, REPORT)
    page = ServicePage.objects.get()
    assert (page.title, page.popular_names, page.live) == ("Castracao de gato", "castracao de gato", False)
    assert (page.owner, page.responsible, page.get_parent().pk) == (writer, writer, health.pk)
    assert page.latest_revision.as_object().responsible == writer
    assert page.permissions_for_user(writer).can_edit()
    assert {entry.user for entry in PageLogEntry.objects.filter(page=page.pk)} == {boss}
    (message,) = mail.outbox
    assert message.to == ["redatora@exemplo.com"]
    assert "Castracao de gato" in message.subject
    assert f"/admin/pages/{page.pk}/edit/" in message.body
    assert "91 dias: 12" in message.body
    # Another body's page is not hers to add, nor may it be given to one who could not write it.
    assert assign(client, body=works.pk, writer=writer.pk).status_code == 200
    stranger = editor(page=works, name="outra")
    refused = assign(client, body=health.pk, writer=stranger.pk)
    assert "não pode escrever páginas deste órgão" in refused.content.decode()
    assert ServicePage.objects.count() == 1


def test_a_draft_stands_even_if_the_mail_does_not_go_out(admin_client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    body = charter.body()
    response = assign(admin_client, body=body.pk, writer=editor(page=body).pk)
    assert "o e-mail não saiu" in str(next(iter(response.wsgi_request._messages)))
    assert ServicePage.objects.get().title == "Castracao de gato"
