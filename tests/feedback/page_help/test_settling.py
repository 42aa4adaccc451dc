"""Errors go to those whose pages they are, become a draft in one click, and keep the version that answers them."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Comment

from feedback.models import PageError
from feedback.page_help.mails import tell_of_page_errors
from feedback.page_help.owning import dismiss, open_draft, reopen, resolve
from feedback.page_help.places import tab_of
from feedback.page_help.sections import sections_of
from services.dashboard.work import Work
from services.models import ENTRY_MODELS, Refused
from services.models.authorship import authors_of
from tests.services import charter
from tests.services.newsroom.conftest import Newsroom
from tests.services.newsroom.people import browser, person

pytestmark = pytest.mark.django_db
LIST = "/admin/conecta/erros-apontados/"
MORNING = datetime(2026, 5, 4, 13, tzinfo=UTC)


def error(entry: Any, body: Any = None, **more: Any) -> PageError:
    """What a reader found, an hour ago."""
    given = {
        "token": uuid.uuid4(),
        "kind": entry.kind,
        "entry_id": entry.record_id,
        "body_id": body.record_id if body else "",
        "locale": "pt-br",
        "section": "documents",
        "text": "O RG não é mais pedido.",
        "received_at": timezone.now() - timedelta(hours=1),
    }
    return PageError.objects.create(**(given | more))


def post(client: Client, found: PageError, act: str, **more: Any) -> Any:
    """Press one of its buttons."""
    return client.post(reverse("conecta_page_errors:one", args=[found.pk]), {"act": act} | more)


@pytest.fixture
def found(newsroom: Newsroom) -> PageError:
    """An error on a service of the body."""
    return error(charter.service(newsroom.body, "Marcar consulta"), newsroom.body)


def test_it_is_seen_by_those_of_the_body_and_by_comunicacao_alone(newsroom: Newsroom, found: PageError) -> None:
    other = charter.body("Fazenda", acronym="SEFIN")
    may = [newsroom.writer, newsroom.reviewer, newsroom.approver]
    may_not = [
        person("deoutro", "redacao", body=other),
        person("revisaoutro", "revisao", body=other),
        person("ouve", "ouvidoria"),
        person("controla", "controle"),
        person("administra", "administracao"),
    ]
    one = reverse("conecta_page_errors:one", args=[found.pk])
    for user in may:
        client = browser(user)
        assert "Marcar consulta" in client.get(LIST).content.decode(), user
        assert client.get(one).status_code == 200, user
        assert "Erros apontados" in client.get("/admin/").content.decode()
    for user in may_not:
        client = browser(user)
        assert "Marcar consulta" not in client.get(LIST, follow=True).content.decode(), user
        assert client.get(one).status_code in (302, 404), user
        for act, more in (("draft", {}), ("dismiss", {"reason": "Está tudo certo nesta página."})):
            assert post(client, found, act, **more).status_code in (302, 404)
        found.refresh_from_db()
        assert (found.state, found.opened_at) == ("open", None), user


def test_one_click_opens_the_draft_with_a_note_and_makes_nobody_its_author(
    newsroom: Newsroom,
    found: PageError,
) -> None:
    page = ENTRY_MODELS["service"]._default_manager.get(record_id=found.entry_id)
    led = post(browser(newsroom.reviewer), found, "draft")
    note = Comment.objects.get()
    assert led["Location"] == f"/admin/pages/{page.pk}/edit/?comment={note.pk}#tab-como_fazer"
    first_step = page.steps[0].id
    assert (note.page_id, note.contentpath, note.user) == (page.pk, f"steps.{first_step}.title", newsroom.reviewer)
    assert "O RG não é mais pedido." in note.text
    assert "mais pedido." in browser(newsroom.reviewer).get(led["Location"]).content.decode()
    found.refresh_from_db()
    assert (found.opened_by, found.comment, found.state) == (newsroom.reviewer, note, "open")
    assert newsroom.reviewer.pk not in authors_of(charter.fresh(page))
    post(browser(newsroom.writer), found, "draft")
    assert Comment.objects.count() == 1


def test_personal_data_stays_out_of_the_note(newsroom: Newsroom) -> None:
    found = error(charter.service(newsroom.body), newsroom.body, text="Meu CPF é 123.456.789-09", personal=True)
    open_draft(found, by=newsroom.writer, at=timezone.now())
    assert "123" not in Comment.objects.get().text
    page = browser(newsroom.writer).get(reverse("conecta_page_errors:one", args=[found.pk])).content.decode()
    assert "parece ter dados pessoais" in page


def test_resolved_keeps_the_version_that_came_of_it(newsroom: Newsroom, found: PageError) -> None:
    page = ENTRY_MODELS["service"]._default_manager.get(record_id=found.entry_id)
    old = page.latest_revision
    type(old)._default_manager.filter(pk=old.pk).update(created_at=found.received_at - timedelta(days=1))
    client = browser(newsroom.writer)
    one = reverse("conecta_page_errors:one", args=[found.pk])
    assert "Ainda não há versão nova" in client.get(one).content.decode()
    post(client, found, "resolve", revision=str(old.pk))
    found.refresh_from_db()
    assert found.state == "open", "that version is older than the error"
    new = charter.edited(page, title="Marcar consulta no posto")
    post(client, found, "resolve", revision=str(new.pk))
    found.refresh_from_db()
    assert (found.state, found.revision, found.closed_by) == ("done", new, newsroom.writer)
    shown = client.get(one).content.decode()
    assert f"/admin/pages/{page.pk}/revisions/{new.pk}/view/" in shown
    new.delete()
    found.refresh_from_db()
    assert found.revised_at is not None, "the day stays"
    with pytest.raises(Refused):
        dismiss(found, "Já foi resolvido por outra pessoa.", by=newsroom.writer, at=timezone.now())


def test_not_so_takes_a_reason(newsroom: Newsroom, found: PageError) -> None:
    client = browser(newsroom.reviewer)
    post(client, found, "dismiss", reason="não")
    found.refresh_from_db()
    assert found.state == "open"
    post(client, found, "dismiss", reason="O RG continua sendo pedido pela lei.")
    found.refresh_from_db()
    assert (found.state, found.reason) == ("dismissed", "O RG continua sendo pedido pela lei.")
    assert "Marcar consulta" not in client.get(LIST).content.decode()
    assert "Marcar consulta" in client.get(LIST, {"state": "dismissed"}).content.decode()


def test_what_was_settled_is_opened_again_and_told_again(newsroom: Newsroom, found: PageError) -> None:
    client = browser(newsroom.reviewer)
    tell_of_page_errors(MORNING)
    post(client, found, "dismiss", reason="O RG continua sendo pedido pela lei.")
    one = reverse("conecta_page_errors:one", args=[found.pk])
    assert "Abrir de novo" in client.get(one).content.decode()
    post(client, found, "reopen")
    found.refresh_from_db()
    assert (found.state, found.closed_at, found.closed_by, found.reason) == ("open", None, None, "")
    shown = client.get(one).content.decode()
    assert "Aberto de novo em" in shown
    assert "O RG continua sendo pedido pela lei." in shown, "what had been said before is kept"
    assert "Marcar consulta" in client.get(LIST).content.decode()
    assert tell_of_page_errors(MORNING + timedelta(days=1)) == 1, "who settles hears of it anew"
    with pytest.raises(Refused):
        reopen(found, by=newsroom.reviewer)
    outsider = browser(person("deoutro", "redacao", body=charter.body("Fazenda", acronym="SEFIN")))
    dismiss(found, "Está tudo certo nesta página.", by=newsroom.reviewer, at=timezone.now())
    post(outsider, found, "reopen")
    found.refresh_from_db()
    assert found.state == "dismissed"


def test_of_a_unit_the_form_of_the_unit_opens(newsroom: Newsroom) -> None:
    place = charter.unit(secretariat=newsroom.body)
    found = error(place, newsroom.body, section="hours")
    led = open_draft(found, by=newsroom.writer, at=timezone.now())
    assert led.endswith("#tab-quando")
    assert browser(newsroom.writer).get(led).status_code == 200
    new = charter.edited(place, title="Posto do Centro")
    resolve(found, new.pk, by=newsroom.writer, at=timezone.now())
    assert browser(newsroom.writer).get(reverse("conecta_page_errors:one", args=[found.pk])).status_code == 200


def test_of_a_page_that_is_gone_nothing_is_opened(newsroom: Newsroom, found: PageError) -> None:
    PageError.objects.filter(pk=found.pk).update(entry_id="aaaaaaaaaa")
    found.refresh_from_db()
    with pytest.raises(Refused):
        open_draft(found, by=newsroom.writer, at=timezone.now())
    assert browser(newsroom.writer).get(reverse("conecta_page_errors:one", args=[found.pk])).status_code == 200


def test_the_list_asks_no_more_for_many(
    newsroom: Newsroom,
    found: PageError,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    entry = ENTRY_MODELS["service"]._default_manager.get(record_id=found.entry_id)
    for _ in range(45):
        error(entry, newsroom.body)
    client = browser(newsroom.reviewer)
    client.get(LIST)
    with django_assert_max_num_queries(30):
        assert client.get(LIST).content.decode().count("Marcar consulta") >= 46
    with django_assert_max_num_queries(30):
        chosen = client.get(LIST, {"body": newsroom.body.pk, "state": "done"})
    assert "Nenhum erro apontado aqui" in chosen.content.decode()


def test_what_was_set_aside_is_found_apart(newsroom: Newsroom) -> None:
    error(charter.service(newsroom.body, "Marcar consulta"), newsroom.body, set_aside=True)
    client = browser(newsroom.writer)
    assert "Marcar consulta" not in client.get(LIST).content.decode()
    assert "Marcar consulta" in client.get(LIST, {"state": "aside"}).content.decode()


def test_the_list_is_not_exported(newsroom: Newsroom, found: PageError) -> None:
    answer = browser(newsroom.approver).get(LIST, {"export": "csv"})
    assert answer["Content-Type"].startswith("text/html")


def test_the_dashboard_counts_them_in_one_query(
    newsroom: Newsroom,
    found: PageError,
    rf: Any,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    from feedback.page_help.hooks import errors_on_own_pages

    request = rf.get("/admin/")
    request.user = newsroom.writer
    with django_assert_max_num_queries(4):
        work = errors_on_own_pages(request, timezone.now())
    assert isinstance(work, Work)
    assert (work.total, work.lines[0].title, work.lines[0].remark) == (1, "Marcar consulta", "O que levar (documentos)")


def test_reviewers_hear_of_it_once_a_day(newsroom: Newsroom, found: PageError) -> None:
    assert tell_of_page_errors(MORNING.replace(hour=8)) == 0, "at five in the morning nobody is written to"
    assert tell_of_page_errors(MORNING) == 1
    assert [each.to for each in mail.outbox] == [[newsroom.reviewer.email]]
    assert "Marcar consulta: O que levar (documentos)" in mail.outbox[0].body
    assert "RG" not in mail.outbox[0].body, "what a reader wrote is not mailed"
    late = error(charter.service(newsroom.body, "Tomar vacina"), newsroom.body)
    error(charter.service(newsroom.body, "Castrar gato"), newsroom.body, set_aside=True)
    assert tell_of_page_errors(MORNING + timedelta(hours=3)) == 0
    assert tell_of_page_errors(MORNING + timedelta(days=1)) == 1
    assert "Tomar vacina" in mail.outbox[1].body
    assert "Marcar consulta" not in mail.outbox[1].body
    assert "Castrar gato" not in mail.outbox[1].body
    late.refresh_from_db()
    assert late.told_at == MORNING + timedelta(days=1)
    assert tell_of_page_errors(MORNING + timedelta(days=2)) == 0


def test_of_the_citys_own_pages_comunicacao_hears(newsroom: Newsroom) -> None:
    error(charter.topic(), section="title")
    assert tell_of_page_errors(MORNING) == 1
    assert [each.to for each in mail.outbox] == [[newsroom.approver.email]]


@pytest.mark.parametrize("kind", ["service", "unit", "secretariat", "procedure", "information", "form"])
def test_each_section_names_a_field_of_a_tab_of_the_form(kind: str) -> None:
    for section in sections_of(kind):
        assert tab_of(ENTRY_MODELS[kind], section.field).startswith("#tab-"), section
