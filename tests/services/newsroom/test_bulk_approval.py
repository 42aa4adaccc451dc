"""Many services approved at once: each by its own rules, each told by its own sentence."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageLogEntry

from services.models import ServicePage
from tests.services import charter
from tests.services.editing import logged_in, text_of
from tests.services.newsroom.conftest import Newsroom
from tests.services.newsroom.people import browser, decide, person, submitted, written
from tests.services.pressing import admin
from tests.services.test_selections import LIST, address, done

pytestmark = pytest.mark.django_db


def waits(newsroom: Newsroom, title: str, by: Any = None) -> ServicePage:
    service = charter.draft_page(newsroom.body, ServicePage, title)
    written(service, by or newsroom.writer, summary=f"O que é {title}.")
    submitted(service, newsroom.writer)
    return charter.fresh(service)


def test_each_passes_its_stage_and_what_cannot_is_told_why(newsroom: Newsroom) -> None:
    one, two = waits(newsroom, "Marcar consulta"), waits(newsroom, "Pegar remédio")
    own = waits(newsroom, "Tomar vacina", by=newsroom.reviewer)
    idle = charter.draft_page(newsroom.body, ServicePage, "Doar sangue")
    chosen = (one, two, own, idle)
    asked = text_of(browser(newsroom.reviewer).get(address("conecta_approve", *chosen)))
    assert "4 serviços escolhidos" in asked
    said = done(browser(newsroom.reviewer), "conecta_approve", *chosen)
    assert "2 serviços aprovados, 2 não puderam ser" in said
    assert "“Doar sangue” não está esperando aprovação" in said
    assert "“Tomar vacina” não foi aprovado (Você escreveu parte deste texto" in said
    assert charter.public(one) is None, "the second stage is another person's"
    # The first approver does not approve twice, the writer not at all.
    said = done(browser(newsroom.reviewer), "conecta_approve", one)
    assert "0 serviços aprovados, 1 não pôde ser" in said
    assert charter.public(one) is None
    said = done(browser(newsroom.approver), "conecta_approve", one, two)
    assert "2 serviços aprovados." in said
    assert [charter.public(each).title for each in (one, two)] == ["Marcar consulta", "Pegar remédio"]
    acts = PageLogEntry.objects.filter(page=one.pk, action="wagtail.workflow.approve")
    assert {entry.user for entry in acts} == {newsroom.reviewer, newsroom.approver}


def test_a_gap_that_opened_meanwhile_keeps_one_from_going_public_and_not_the_others(newsroom: Newsroom) -> None:
    good, bad = waits(newsroom, "Marcar consulta"), waits(newsroom, "Pegar remédio")
    for each in (good, bad):
        decide(each, newsroom.reviewer)
    # What the body promised for all of its services is gone.
    state = charter.fresh(bad).current_workflow_task_state
    revision = state.revision
    revision.content["standard_waiting"] = ""
    revision.save(update_fields=["content"])
    said = done(browser(newsroom.approver), "conecta_approve", good, bad)
    assert "1 serviço aprovado, 1 não pôde ser" in said
    assert charter.public(good) is not None
    assert charter.public(bad) is None


def test_it_is_offered_to_those_who_approve_where_there_is_a_newsroom(newsroom: Newsroom) -> None:
    service = waits(newsroom, "Marcar consulta")
    offered = {
        "writer": (newsroom.writer, False),
        "reviewer": (newsroom.reviewer, True),
        "approver": (newsroom.approver, True),
        "reader": (person("controla", "controle"), False),
    }
    for name, (user, may) in offered.items():
        client = browser(user)
        assert ("conecta_approve" in client.get(LIST).content.decode()) is may, name
        before = charter.fresh(service).current_workflow_task_state
        answer = client.post(address("conecta_approve", service))
        assert answer.status_code == 302, name
        assert (answer.url == LIST) is may, name
        assert (charter.fresh(service).current_workflow_task_state != before) is may, name


def test_where_there_is_no_newsroom_nobody_is_offered_it() -> None:
    service = charter.service(charter.body())
    client = admin()
    assert "conecta_approve" not in client.get(LIST).content.decode()
    assert client.get(address("conecta_approve", service)).status_code == 302


def test_another_bodys_drafts_are_not_named(newsroom: Newsroom) -> None:
    hidden = charter.draft_page(charter.body("Fazenda", acronym="SEFIN"), ServicePage, "Plano secreto")
    for action in ("conecta_approve", "conecta_export", "conecta_review"):
        assert "Plano secreto" not in text_of(browser(newsroom.reviewer).get(address(action, hidden)))


def test_the_demonstrations_approvers_do_it() -> None:
    body = charter.body()
    client: Client = logged_in("revisao")
    service = charter.draft_page(body, ServicePage, "Marcar consulta")
    submitted(service, None)
    assert "1 serviço aprovado." in done(client, "conecta_approve", service)
    assert "1 serviço aprovado." in done(logged_in("comunicacao"), "conecta_approve", service)
    assert charter.public(service) is not None
