"""Scores: kept with each revision, renewed when what is promised above changes, reported, and shown by body."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupPagePermission

from services.completeness import rules_for
from services.models import EntryScore, PublishedRecord, SecretariatPage, ServicePage
from services.scores import renew_scores
from tests import records
from tests.services import charter
from tests.services.entries import bare, stored, take_over
from tests.services.pressing import admin

pytestmark = pytest.mark.django_db
REPORT = "/admin/conecta/completude/"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def score(entry: Any) -> EntryScore:
    """What is kept of an entry."""
    return EntryScore.objects.get(kind=entry.kind, entry_id=entry.record_id)


def report(client: Client, **parameters: str) -> dict[str, list[str]]:
    """Service → the other cells of its row."""
    response = client.get(REPORT, parameters)
    assert response.status_code == 200
    found = {}
    for row in BeautifulSoup(response.content, "html.parser").select("table.listing tbody tr:has(td.title)"):
        title, *cells = row.select("td")
        found[title.select_one(".title-wrapper").get_text(" ", strip=True)] = [
            " ".join(cell.get_text(" ", strip=True).split()) for cell in cells
        ]
    return found


def test_each_revision_leaves_its_score() -> None:
    page = charter.draft_page(charter.body(), ServicePage, "Novo", summary="", standard_waiting="")
    found = score(page)
    assert (found.required_gaps, found.rules[:2]) == (2, ["summary", "waiting"])
    charter.edited(page, summary="Poda a árvore.", standard_waiting="<p>Meia hora.</p>")
    assert score(page).required_gaps == 0
    assert score(page).percent > found.percent
    page.delete()
    assert not EntryScore.objects.filter(entry_id=page.record_id).exists()


def test_an_import_leaves_them_too() -> None:
    body = records.secretariat(url="")
    whole = records.complete_service(url="", secretariat=bare(body))
    short = records.service("Outro", url="", secretariat=bare(body))
    take_over([body, whole, short])
    assert (score(stored(whole)).required_gaps, score(stored(short)).required_gaps) == (0, 11)
    assert score(stored(body)).percent < 100


def test_translations_and_aliases_have_none_of_their_own() -> None:
    service = charter.service(charter.body())
    service.create_alias(update_slug="outro")
    assert EntryScore.objects.filter(kind="service").count() == 1


def test_what_a_body_or_the_city_promises_renews_the_scores_below() -> None:
    body = charter.body()
    service = charter.draft_page(body, ServicePage, "Novo", standard_waiting="")
    other = charter.draft_page(charter.body("Outra"), ServicePage, "Outro", standard_waiting="")
    assert (score(service).required_gaps, renew_scores(NOW)) == (1, 0)
    charter.edited(body, standard_waiting="<p>Meia hora.</p>").publish()
    assert score(service).required_gaps == 1, "an editor does not wait for the hundreds below"
    assert renew_scores(NOW) == 1
    assert (score(service).required_gaps, score(other).required_gaps) == (0, 1)
    charter.city().save()
    assert renew_scores(NOW) == 4
    assert score(other).required_gaps == 0
    assert renew_scores(NOW) == 0


def test_what_was_there_before_scores_is_judged_once() -> None:
    service = charter.service(charter.body())
    EntryScore.objects.all().delete()
    PublishedRecord.objects.update(percent=None)
    renew_scores(NOW)
    assert score(service).required_gaps == 0
    assert not PublishedRecord.objects.public().filter(percent=None).exists()


def test_the_report_names_the_worst_first_and_what_each_lacks() -> None:
    body = charter.body("Saúde")
    charter.service(body, "Completo")
    charter.draft_page(body, ServicePage, "Curto", summary="", time_type="average")
    found = report(admin())
    assert list(found) == ["Curto", "Completo"]
    percent, gaps, whose, state = found["Curto"]
    assert (whose, state) == ("Saúde", "Rascunho")
    assert int(percent) < int(found["Completo"][0]) <= 100
    assert gaps.startswith("2 itens exigidos por lei")
    assert "Escreva o resumo" in gaps
    assert "Lei 13.460/2017, art. 7º, § 2º, IV" in gaps


def test_the_report_is_filtered_by_body_and_by_rule() -> None:
    one, two = charter.body("Saúde"), charter.body("Fazenda")
    charter.service(one, "Vacina")
    charter.draft_page(one, ServicePage, "Consulta", summary="")
    charter.draft_page(two, ServicePage, "Boleto", time_type="")
    client = admin()
    assert set(report(client, body=str(one.pk))) == {"Vacina", "Consulta"}
    assert set(report(client, rule="time")) == {"Boleto"}
    assert set(report(client, required="true")) == {"Consulta", "Boleto"}
    assert set(report(client, live="true")) == {"Vacina"}


def test_the_report_is_taken_along_as_a_table() -> None:
    charter.draft_page(charter.body("=Saúde"), ServicePage, "Curto", summary="")
    response = admin().get(REPORT, {"export": "csv"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["Serviço"], row["Órgão"], row["Itens da lei que faltam"]) == ("Curto", "'=Saúde", "1")
    assert "Escreva o resumo" in row["O que falta"]
    assert admin().get(REPORT, {"export": "xlsx"}).status_code == 200


def test_a_secretariat_reads_of_its_own_services_alone() -> None:
    one, two = charter.body("Um"), charter.body("Dois")
    charter.service(one, "Nosso")
    charter.service(two, "Deles")
    group = Group.objects.create(name="Redação de Um")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page"):
        permission = Permission.objects.get(codename=codename)
        GroupPagePermission.objects.create(group=group, page=one.page_ptr, permission=permission)
    client = Client()
    user = get_user_model().objects.create_user("ana")
    user.groups.add(group)
    client.force_login(user)
    assert set(report(client)) == {"Nosso"}
    html = client.get(REPORT).content.decode()
    assert "Deles" not in html
    nobody = get_user_model().objects.create_user("ninguem")
    client.force_login(nobody)
    assert client.get(REPORT).status_code == 302


def test_the_body_says_how_complete_its_charter_is(client: Client) -> None:
    body = records.secretariat(url="")
    whole = records.complete_service("Pedir uma consulta médica", url="", secretariat=bare(body))
    take_over([body, whole, records.service("Outro", url="", secretariat=bare(body))])
    percents = [row.percent for row in PublishedRecord.objects.public().filter(kind="service")]
    assert len(set(percents)) == 2
    page = stored(body)
    # What a process asks once: the site, the city's face.
    client.get(stored(whole).url)
    with CaptureQueriesContext(connection) as captured:
        html = client.get(page.url).content.decode()
    assert len(captured) <= 2
    assert f"A carta deste órgão está {sum(percents) // 2}% completa." in html
    counted = [rule.severity for rule in rules_for("service")]
    assert f"{counted.count('required')} itens que a Lei 13.460/2017 exige" in html
    # What is written but not public does not count.
    charter.draft_page(SecretariatPage.objects.get(), ServicePage, "Rascunho", summary="")
    assert f"está {sum(percents) // 2}% completa" in client.get(page.url).content.decode()


def test_a_body_without_services_says_nothing_of_it(client: Client) -> None:
    assert "A carta deste órgão" not in client.get(charter.body().url).content.decode()
