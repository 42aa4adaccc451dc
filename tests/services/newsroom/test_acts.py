"""Taking down, urgency, asking for changes with a comment on the field: in the admin, told in sentences."""

import json
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import Comment, PageLogEntry
from wagtail.test.utils.wagtail_tests import WagtailTestUtils

from services.models import ReviewState, RoleGroup, ServicePage, Unit
from services.models.authorship import text_of as text_digest
from services.newsroom.log_actions import TAKEN_DOWN, URGENT
from services.newsroom.places import act_address, read_address
from tests.services import charter
from tests.services.editing import add_address, edit_address, filled, snippet_address, text_of, whole
from tests.services.newsroom.conftest import Newsroom
from tests.services.newsroom.people import browser, decide, latest, person, submitted, written

pytestmark = pytest.mark.django_db
REASON = "O telefone publicado está errado."


def draft(newsroom: Newsroom, **fields: Any) -> ServicePage:
    service = charter.draft_page(newsroom.body, ServicePage, "Marcar consulta", **fields)
    written(service, newsroom.writer, title="Marcar uma consulta")
    return charter.fresh(service)


def test_urgency_publishes_at_once_and_is_reported(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    submitted(service, newsroom.writer)
    client = browser(newsroom.approver)
    assert "Publicar com urgência" in text_of(client.get(edit_address(service)))
    address = act_address("urgent", service)
    page = client.get(address)
    data = {"reason": REASON, "revision": page.context["form"].initial["revision"]}
    assert client.post(address, data).status_code == 302
    assert charter.public(service).title == "Marcar uma consulta"
    assert charter.fresh(service).current_workflow_state is None
    entry = PageLogEntry.objects.get(action=URGENT)
    assert (entry.user, entry.data["reason"]) == (newsroom.approver, REASON)
    report = text_of(browser(person("controla", "controle")).get(reverse("conecta_newsroom:urgent_report")))
    for said in ("Marcar", REASON, "SMS", "aprova"):
        assert said in report


def test_who_only_reads_finds_the_way_to_what_they_may_publish_with_urgency_and_back(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    reading = read_address(service)
    client = browser(person("administra", "administracao"))
    listed = client.get(reverse("wagtailadmin_explore", args=[newsroom.body.pk])).content.decode()
    assert reading in listed
    address = act_address("urgent", service)
    assert address in client.get(reading).content.decode()
    assert client.get(address).context["back"] == reading
    done = client.post(address, {"reason": REASON}, follow=True)
    assert done.redirect_chain == [(reading, 302)]
    assert "Publicado com urgência." in text_of(done)
    assert address not in done.content.decode(), "there is nothing new to publish"
    assert charter.public(service).title == "Marcar uma consulta"


def test_who_may_not_publish_with_urgency_is_shown_no_way_to_it(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    page = browser(person("controla", "controle")).get(read_address(service))
    assert "Ler o rascunho mais novo" in text_of(page)
    assert act_address("urgent", service) not in page.content.decode()


@pytest.mark.parametrize(
    ("reason", "said"),
    [("Erro.", "pelo menos 20"), (" " * 30, "obrigatório"), ("." * 25, "pelo menos 20")],
)
def test_a_reason_is_a_sentence(newsroom: Newsroom, reason: str, said: str) -> None:
    service = draft(newsroom)
    response = browser(newsroom.approver).post(act_address("urgent", service), {"reason": reason})
    assert response.status_code == 200
    assert said in text_of(response)
    assert charter.public(service) is None


def test_who_wrote_does_not_publish_with_urgency(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    newsroom.writer.groups.add(RoleGroup.objects.get(role="comunicacao").group)
    response = browser(newsroom.writer).post(act_address("urgent", service), {"reason": REASON})
    assert "Você escreveu parte deste texto." in text_of(response)
    assert charter.public(service) is None


def test_what_changed_since_it_was_read_is_not_published_with_urgency(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    seen = service.latest_revision_id
    written(service, newsroom.writer, summary="Outra coisa.")
    response = browser(newsroom.approver).post(act_address("urgent", service), {"reason": REASON, "revision": seen})
    assert "O texto mudou" in text_of(response)


def test_the_law_asks_for_no_less_in_a_hurry(newsroom: Newsroom) -> None:
    service = draft(newsroom, summary="")
    response = browser(newsroom.approver).post(act_address("urgent", service), {"reason": REASON})
    assert "Ainda não pode ser publicado: Escreva o resumo" in text_of(response)
    assert charter.public(service) is None
    assert not PageLogEntry.objects.filter(action=URGENT).exists()


def test_taking_down_keeps_the_draft_and_the_reason(newsroom: Newsroom) -> None:
    service = charter.service(newsroom.body)
    client = browser(newsroom.approver)
    assert "Tirar do ar" in text_of(client.get(edit_address(service)))
    assert client.post(act_address("take_down", service), {"reason": REASON}).status_code == 302
    assert charter.public(service) is None
    assert PageLogEntry.objects.get(action=TAKEN_DOWN).data == {"reason": REASON}
    assert latest(service).title == "Marcar consulta"
    again = client.post(act_address("take_down", service), {"reason": REASON})
    assert "Já não está no ar." in text_of(again)


def test_a_unit_is_taken_down_too(newsroom: Newsroom) -> None:
    unit = charter.unit(secretariat=newsroom.body)
    assert browser(newsroom.approver).post(act_address("take_down", unit), {"reason": REASON}).status_code == 302
    assert charter.public(unit) is None
    assert not charter.fresh(unit).live


def test_an_act_on_something_else_is_not_found(newsroom: Newsroom) -> None:
    client = browser(newsroom.approver)
    for content_type, pk in ((ContentType.objects.get_for_model(type(newsroom.writer)).pk, 1), (999, 1)):
        assert client.get(reverse("conecta_newsroom:urgent", args=[content_type, pk])).status_code == 404


@pytest.mark.parametrize("login", ["raiz", "escreve", "aprova"])
def test_wagtails_publish_buttons_are_not_shown_and_what_they_send_is_kept_as_a_draft(
    newsroom: Newsroom, login: str
) -> None:
    root = person("raiz", is_superuser=True)
    user = {"raiz": root, "escreve": newsroom.writer, "aprova": newsroom.approver}[login]
    service = charter.service(newsroom.body)
    unit = charter.unit(secretariat=newsroom.body)
    client = browser(user)
    for entry, address in ((service, edit_address(service)), (unit, snippet_address(Unit, "edit", unit.pk))):
        html = client.get(address).content.decode()
        assert 'name="action-publish"' not in html
        assert "action-unpublish" not in html
        assert client.post(address, filled(client, address, title="Outro", action__publish="1")).status_code == 302
        assert charter.public(entry).title != "Outro"
        assert latest(entry).title == "Outro", "what was typed is kept"


def test_a_superuser_who_makes_a_page_and_publishes_it_is_told_the_way(newsroom: Newsroom) -> None:
    client = browser(person("raiz", is_superuser=True))
    address = add_address(ServicePage, newsroom.body)
    new = whole(ServicePage) | {"title": "Marcar exame", "slug": "marcar-exame"}
    response = client.post(address, filled(client, address, **new, action__publish="1"), follow=True)
    assert "Salvo como rascunho. Para ir ao ar, envie para aprovação" in text_of(response)
    assert not ServicePage.objects.get(slug="marcar-exame").live


def test_who_may_not_decide_reads_why(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    newsroom.writer.groups.add(RoleGroup.objects.get(role="revisao", body=newsroom.body.record_id).group)
    submitted(service, newsroom.writer)
    client = browser(newsroom.reviewer)
    state = charter.fresh(service).current_workflow_task_state
    written(service, newsroom.writer, summary="Mudou.")
    address = reverse("wagtailadmin_pages:workflow_action", args=[service.pk, "approve", state.pk])
    response = client.post(address, follow=True)
    assert "Este pedido de aprovação já não está aberto" in text_of(response)


def test_what_became_incomplete_is_told_at_the_approval_and_stays_in_review(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    submitted(service, newsroom.writer)
    decide(service, newsroom.reviewer)
    # By code, past the editor: the gate looks at what is published, not at who looked before.
    revision = charter.fresh(service).latest_revision
    revision.content["summary"] = ""
    revision.save()
    ReviewState.objects.update(text=text_digest(revision))
    state = charter.fresh(service).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[service.pk, "approve", state.pk])
    client = browser(newsroom.approver)
    response = client.post(address)
    assert response.status_code == 302
    text = text_of(client.get(edit_address(service)))
    assert "Ainda não pode ser publicado: Escreva o resumo" in text
    assert charter.public(service) is None
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS


def test_what_is_incomplete_is_refused_at_its_field_when_it_is_submitted(newsroom: Newsroom) -> None:
    service = draft(newsroom, summary="")
    client = browser(newsroom.writer)
    response = client.post(edit_address(service), filled(client, edit_address(service), action__submit="1"))
    assert response.status_code == 200
    assert "Escreva o resumo" in text_of(response)
    assert charter.fresh(service).current_workflow_state is None


def test_a_reviewer_comments_on_the_field_and_the_writer_sees_it(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    submitted(service, newsroom.writer)
    client = browser(newsroom.reviewer)
    address = edit_address(service)
    state = charter.fresh(service).current_workflow_task_state
    data = filled(client, address)
    data.update(
        {
            "comments-TOTAL_FORMS": "1",
            "comments-INITIAL_FORMS": "0",
            "comments-MIN_NUM_FORMS": "0",
            "comments-MAX_NUM_FORMS": "",
            "comments-0-DELETE": "",
            "comments-0-resolved": "",
            "comments-0-id": "",
            "comments-0-text": "Qual é o telefone?",
            "comments-0-contentpath": "summary",
            "comments-0-position": "",
            "comments-0-replies-TOTAL_FORMS": "0",
            "comments-0-replies-INITIAL_FORMS": "0",
            "comments-0-replies-MIN_NUM_FORMS": "0",
            "comments-0-replies-MAX_NUM_FORMS": "0",
            "action-workflow-action": "1",
            "workflow-action-name": "reject",
            "workflow-action-extra-data": '{"comment": "Veja o comentário no resumo."}',
        }
    )
    assert client.post(address, data).status_code == 302
    state.refresh_from_db()
    assert (state.status, state.finished_by) == (state.STATUS_REJECTED, newsroom.reviewer)
    comment = Comment.objects.get(page=service.pk)
    assert (comment.user, comment.contentpath) == (newsroom.reviewer, "summary")

    writer = browser(newsroom.writer)
    home = text_of(writer.get(reverse("wagtailadmin_home")))
    assert "Voltou para você" in home
    assert "Veja o comentário no resumo." in home
    # The editor's script shows them at their fields.
    comments = WagtailTestUtils.get_soup(writer.get(address).content).select_one("#comments-data")
    shown = [(each["contentpath"], each["text"]) for each in json.loads(comments.string)["comments"]]
    assert shown == [("summary", "Qual é o telefone?")]

    data = filled(writer, address, summary="Ligue para o posto.", action__submit="1")
    assert writer.post(address, data).status_code == 302
    # Who only commented has written nothing, and may approve.
    decide(service, newsroom.reviewer)
    decide(service, newsroom.approver)
    assert "Ligue para o posto." in charter.public(service).body


def test_another_bodys_drafts_are_offered_nowhere(newsroom: Newsroom) -> None:
    other = charter.body("Fazenda")
    hidden = charter.unit("Coletoria", secretariat=other)
    hidden.unpublish()
    charter.unit("Posto do Centro", secretariat=other)
    charter.draft_page(other, ServicePage, "Parcelar dívida")
    client = browser(newsroom.writer)
    submitted(charter.fresh(hidden), None)
    html = client.get(edit_address(draft(newsroom))).content.decode()
    assert "Posto do Centro" in html
    for place in (
        edit_address(draft(newsroom)),
        reverse("wagtailsnippetchoosers_conecta_services_unit:choose"),
        snippet_address(Unit, "list"),
        reverse("wagtailadmin_reports:workflow"),
        reverse("wagtailadmin_reports:workflow_tasks"),
        reverse("wagtailadmin_reports:site_history"),
    ):
        html = client.get(place).content.decode()
        assert "Coletoria" not in html, place
        assert "Parcelar" not in html, place
    for view in ("edit", "history", "usage", "delete", "workflow_history"):
        assert client.get(snippet_address(Unit, view, hidden.pk)).status_code == 302, view


def test_a_writer_cannot_give_a_unit_to_another_body(newsroom: Newsroom) -> None:
    other = charter.body("Fazenda")
    unit = charter.unit(secretariat=newsroom.body)
    client = browser(newsroom.writer)
    address = snippet_address(Unit, "edit", unit.pk)
    response = client.post(address, filled(client, address, secretariat=str(other.pk)))
    assert response.status_code == 200
    assert response.context["form"].errors["secretariat"]


def test_administration_does_not_become_a_superuser_by_anothers_password(newsroom: Newsroom) -> None:
    root = person("raiz", is_superuser=True)
    client = browser(person("prefeita", "administracao"))
    assert client.get(reverse("wagtailusers_users:edit", args=[root.pk])).status_code == 302
    assert client.get(reverse("wagtailusers_users:edit", args=[newsroom.writer.pk])).status_code == 200
