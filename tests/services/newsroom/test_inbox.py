"""What waits for whom: on the dashboard, by mail, and once more after some working days."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from services.models import Absence, City, Notice, ServicePage
from services.newsroom.inbox import inbox_of
from services.newsroom.reminders import remind
from services.record import City as CityRecord
from services.timing import working_days
from tests.services import charter
from tests.services.editing import text_of
from tests.services.newsroom.conftest import Newsroom
from tests.services.newsroom.people import browser, decide, person, submitted, written

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)


def draft(newsroom: Newsroom, title: str = "Marcar consulta") -> ServicePage:
    service = charter.draft_page(newsroom.body, ServicePage, title)
    written(service, newsroom.writer, summary="Uma frase.")
    return charter.fresh(service)


def test_each_sees_what_waits_for_them_and_for_how_long(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    submitted(service, newsroom.writer)
    TaskState.objects.update(started_at=MONDAY)
    thursday = MONDAY + timedelta(days=3)
    (letter,) = inbox_of(newsroom.reviewer, thursday).waiting
    assert (letter.title, letter.body, letter.asked) == ("Marcar consulta", "SMS", "escreve pediu aprovação")
    assert letter.since == "há 3 dias úteis"
    assert inbox_of(newsroom.approver, thursday).waiting == []
    assert inbox_of(newsroom.writer, thursday).waiting == []
    decide(service, newsroom.reviewer)
    assert inbox_of(newsroom.reviewer, thursday).waiting == []
    assert [each.title for each in inbox_of(newsroom.approver, thursday).waiting] == ["Marcar consulta"]
    decide(service, newsroom.approver, "reject", comment="Falta o telefone.")
    (back,) = inbox_of(newsroom.writer, timezone.now()).returned
    assert (back.comment, back.asked, back.since) == ("Falta o telefone.", "aprova pediu mudanças", "hoje")


def test_the_dashboard_and_the_page_show_it(newsroom: Newsroom) -> None:
    submitted(draft(newsroom), newsroom.writer)
    client = browser(newsroom.reviewer)
    for place in ("wagtailadmin_home", "conecta_newsroom:inbox"):
        text = text_of(client.get(reverse(place)))
        assert "Aguardando você" in text
        assert "Marcar consulta" in text
    assert "Nada espera por você" in text_of(browser(newsroom.writer).get(reverse("conecta_newsroom:inbox")))


def test_a_deputy_has_it_in_the_inbox(newsroom: Newsroom) -> None:
    today = timezone.localdate()
    deputy = person("substituta")
    Absence.objects.create(user=newsroom.reviewer, starts=today, ends=today, deputy=deputy)
    submitted(draft(newsroom), newsroom.writer)
    assert inbox_of(newsroom.reviewer, timezone.now()).waiting == []
    assert len(inbox_of(deputy, timezone.now()).waiting) == 1


def test_weekends_and_the_citys_holidays_are_no_working_days(newsroom: Newsroom) -> None:
    assert working_days(None, date(2026, 11, 13), date(2026, 11, 16)) == 1
    city = CityRecord.model_validate(
        {
            "kind": "city",
            "id": "aaaaaaaaaa",
            "key": "f57f27f9-701f-46af-bb4c-1c195bf2476d",
            "title": "Conquista",
            "calendar": [
                {"date": "2026-11-17", "name": "Aniversário"},
                {"date": "2026-11-18", "name": "Padroeiro", "districts": [{"kind": "district", "id": "bbbbbbbbbb"}]},
            ],
        }
    )
    assert working_days(city, date(2026, 11, 16), date(2026, 11, 18)) == 1
    assert working_days(city, date(2026, 11, 16), date(2026, 11, 16)) == 0


def test_mail_goes_to_whoever_is_asked_and_back_to_who_asked(
    newsroom: Newsroom, django_capture_on_commit_callbacks: Any
) -> None:
    service = draft(newsroom)
    with django_capture_on_commit_callbacks(execute=True):
        submitted(service, newsroom.writer)
        assert mail.outbox == [], "not before all is written"
    (asked,) = mail.outbox
    assert asked.to == ["revisa@exemplo.gov.br"]
    assert asked.subject == "Para aprovar: Marcar consulta"
    assert "escreve pede que você leia e aprove “Marcar consulta”." in asked.body
    assert f"/admin/pages/{service.pk}/edit/" in asked.body
    with django_capture_on_commit_callbacks(execute=True):
        decide(service, newsroom.reviewer, "reject", comment="Falta o telefone.")
    back = mail.outbox[-1]
    assert (back.to, back.subject) == (["escreve@exemplo.gov.br"], "Voltou para você: Marcar consulta")
    assert "Falta o telefone." in back.body
    with django_capture_on_commit_callbacks(execute=True):
        charter.fresh(service).current_workflow_state.resume(newsroom.writer)
        decide(service, newsroom.reviewer)
        decide(service, newsroom.approver)
    assert mail.outbox[-1].subject == "Aprovado: Marcar consulta"
    assert mail.outbox[-1].to == ["escreve@exemplo.gov.br"]
    assert all("moder" not in each.body.lower() for each in mail.outbox), "Wagtail's own words"


def test_mail_that_cannot_be_sent_undoes_nothing(
    newsroom: Newsroom, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    service = draft(newsroom)
    with django_capture_on_commit_callbacks(execute=True):
        submitted(service, newsroom.writer)
    assert charter.fresh(service).workflow_in_progress


def test_reminders_and_escalation_are_sent_once(newsroom: Newsroom, django_capture_on_commit_callbacks: Any) -> None:
    submitted(draft(newsroom), newsroom.writer)
    TaskState.objects.update(started_at=MONDAY)

    def on(day: int) -> list[tuple[str, list[str]]]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            remind(MONDAY + timedelta(days=day))
            remind(MONDAY + timedelta(days=day, hours=1))
        return [(each.subject, each.to) for each in mail.outbox]

    assert on(1) == []
    assert on(2) == [("Ainda espera por você: Marcar consulta", ["revisa@exemplo.gov.br"])]
    assert on(3) == []
    # Friday to Monday is one working day.
    assert on(6) == []
    assert on(7) == [("Parado: Marcar consulta", ["aprova@exemplo.gov.br"])]
    assert on(30) == []
    assert Notice.objects.count() == 2


def test_what_waits_for_communication_is_escalated_to_administration(
    newsroom: Newsroom, django_capture_on_commit_callbacks: Any
) -> None:
    person("prefeita", "administracao")
    service = draft(newsroom)
    submitted(service, newsroom.writer)
    decide(service, newsroom.reviewer)
    TaskState.objects.update(started_at=MONDAY)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        remind(MONDAY + timedelta(days=7))
    assert ("Parado: Marcar consulta", ["prefeita@exemplo.gov.br"]) in [(each.subject, each.to) for each in mail.outbox]


def test_without_a_newsroom_nobody_is_reminded() -> None:
    assert remind(MONDAY) == 0
    assert not City.objects.exists()


def test_dashboard_and_inbox_ask_as_often_for_forty_as_for_two(
    newsroom: Newsroom, django_assert_max_num_queries: Any
) -> None:
    colleague = person("colega", "comunicacao")
    for number in range(40):
        service = draft(newsroom, f"Serviço {number}")
        if number % 2:
            written(service, colleague, summary="Da Comunicação.")
        submitted(service, newsroom.writer)
        if number % 4 == 0:
            decide(service, newsroom.reviewer)
    for user in (newsroom.reviewer, newsroom.approver, newsroom.writer):
        client = browser(user)
        client.get(reverse("wagtailadmin_home"))
        for place in ("wagtailadmin_home", "conecta_newsroom:inbox"):
            with django_assert_max_num_queries(33):
                assert client.get(reverse(place)).status_code == 200
