"""What goes live at once is in the log with what was there before, and one click puts that back."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.urls import reverse
from wagtail.log_actions import LogContext
from wagtail.models import ModelLogEntry

from services.models import Alert, City, HoursException, LiveAtOnce, Refused, Suspension, Visit
from services.newsroom.at_once import revert
from services.newsroom.log_actions import LIVE_AT_ONCE
from tests.services import charter
from tests.services.editing import filled, snippet_address, text_of
from tests.services.newsroom.conftest import Newsroom
from tests.services.newsroom.people import browser, person

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 5, 4, 12, tzinfo=UTC)
REPORT = "conecta_newsroom:at_once"


def entries() -> list[ModelLogEntry]:
    return list(ModelLogEntry.objects.filter(action=LIVE_AT_ONCE).order_by("pk"))


def saved(row: LiveAtOnce, user: Any) -> LiveAtOnce:
    with LogContext(user=user):
        row.save()
    return row


def rows(newsroom: Newsroom) -> list[LiveAtOnce]:
    service = charter.service(newsroom.body)
    unit = charter.unit(secretariat=newsroom.body)
    alert = Alert(title="Falta de água", starts=DAY, message="<p>Guarde água.</p>")
    alert.services = [service]
    visit = Visit(unit=unit, starts=DAY, ends=DAY.replace(hour=15), place="Praça")
    visit.services = [service]
    return [
        Suspension(service=service, starts=DAY, message="Parado."),
        visit,
        HoursException(unit=unit, starts=date(2026, 12, 24), ends=date(2026, 12, 24), closed=False, opens=time(8)),
        alert,
        City(title="Conquista", timezone="America/Bahia"),
    ]


@pytest.mark.parametrize("number", range(5))
def test_what_was_created_is_undone(newsroom: Newsroom, number: int) -> None:
    row = saved(rows(newsroom)[number], newsroom.reviewer)
    (entry,) = entries()
    assert entry.data["act"] == "created"
    revert(entry.pk, newsroom.approver)
    assert not type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("number", range(5))
def test_what_was_deleted_comes_back_as_it_was(newsroom: Newsroom, number: int) -> None:
    row = rows(newsroom)[number]
    row.save()
    pk, before = row.pk, {field.name: getattr(charter.fresh(row), field.attname) for field in row._meta.concrete_fields}
    with LogContext(user=newsroom.reviewer):
        charter.fresh(row).delete()
    revert(entries()[-1].pk, newsroom.approver)
    again = type(row).objects.get(pk=pk)
    assert {field.name: getattr(again, field.attname) for field in row._meta.concrete_fields} == before
    if isinstance(again, Alert | Visit):
        assert again.services.count() == 1


def test_what_was_changed_in_the_admin_is_put_back_and_public(newsroom: Newsroom) -> None:
    service = charter.service(newsroom.body)
    suspension = Suspension(service=service, starts=DAY, message="Parado até sexta.")
    suspension.save()
    assert entries() == []
    client = browser(newsroom.reviewer)
    address = snippet_address(Suspension, "edit", suspension.pk)
    assert client.post(address, filled(client, address, message="Parado até segunda.")).status_code == 302
    (entry,) = entries()
    assert (entry.data["act"], entry.user) == ("changed", newsroom.reviewer)
    assert "Parado até segunda." in charter.public(service).body

    city = browser(newsroom.approver)
    text = text_of(city.get(reverse(REPORT)))
    for said in ("Mudado, sem aprovação prévia.", "SMS", "revisa", "Desfazer"):
        assert said in text
    assert city.post(reverse("conecta_newsroom:undo", args=[entry.pk])).status_code == 302
    assert "Parado até sexta." in charter.public(service).body
    assert "Desfeito" in text_of(city.get(reverse(REPORT)))
    assert len(entries()) == 1, "undoing is no publication of its own"


def test_what_has_changed_again_is_not_undone(newsroom: Newsroom) -> None:
    suspension = saved(Suspension(service=charter.service(newsroom.body), starts=DAY), newsroom.reviewer)
    suspension.message = "Parado."
    saved(suspension, newsroom.reviewer)
    first, second = entries()
    with pytest.raises(Refused, match="mudou de novo"):
        revert(first.pk, newsroom.approver)
    revert(second.pk, newsroom.approver)
    with pytest.raises(Refused, match="já foi desfeito"):
        revert(second.pk, newsroom.approver)
    revert(first.pk, newsroom.approver)
    assert not Suspension.objects.exists()


def test_only_communication_undoes(newsroom: Newsroom) -> None:
    saved(Suspension(service=charter.service(newsroom.body), starts=DAY), newsroom.reviewer)
    with pytest.raises(Refused):
        revert(entries()[0].pk, newsroom.reviewer)
    with pytest.raises(Refused):
        revert(entries()[0].pk, person("controla", "controle"))


def test_the_report_is_a_spreadsheet_too(newsroom: Newsroom) -> None:
    saved(Suspension(service=charter.service(newsroom.body), starts=DAY, message="=1+1"), newsroom.reviewer)
    response = browser(person("controla", "controle")).get(reverse(REPORT) + "?export=csv")
    assert response["Content-Type"].startswith("text/csv")
    assert "SMS" in response.content.decode()


def test_the_report_asks_the_database_as_often_for_forty_as_for_two(
    newsroom: Newsroom, django_assert_max_num_queries: Any
) -> None:
    service = charter.service(newsroom.body)
    for number in range(40):
        saved(Suspension(service=service, starts=DAY, message=f"{number}"), newsroom.reviewer)
    client = browser(newsroom.approver)
    with django_assert_max_num_queries(30):
        assert client.get(reverse(REPORT)).status_code == 200
