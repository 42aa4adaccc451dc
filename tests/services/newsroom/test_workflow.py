"""Two stages, two persons, neither of whom wrote: on every route a person can take."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, ModelLogEntry, PageLogEntry, TaskState, WorkflowState

from services.completeness import Incomplete
from services.models import Absence, InformationPage, ProcedurePage, Refused, RoleGroup, ServicePage
from services.models.authorship import authors_of
from services.models.published import LogHead
from tests.services import charter
from tests.services.newsroom.conftest import Newsroom
from tests.services.newsroom.people import browser, decide, latest, person, submitted, written

pytestmark = pytest.mark.django_db


def draft(newsroom: Newsroom, **fields: Any) -> ServicePage:
    """A service that the writer wrote."""
    service = charter.draft_page(newsroom.body, ServicePage, "Marcar consulta", **fields)
    written(service, newsroom.writer, title="Marcar uma consulta")
    return charter.fresh(service)


def actions(entry: Any) -> list[str]:
    return list(PageLogEntry.objects.filter(page=entry).order_by("timestamp", "pk").values_list("action", flat=True))


def comment(page: Any, by: Any) -> None:
    page.wagtail_admin_comments.add(Comment(page=page, user=by, text="Qual telefone?", contentpath="summary"))


def test_two_people_publish_what_a_third_wrote(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    submitted(service, newsroom.writer)
    decide(service, newsroom.reviewer)
    assert charter.public(service) is None
    decide(service, newsroom.approver)
    assert charter.public(service).title == "Marcar uma consulta"
    assert actions(service).count("wagtail.workflow.approve") == 2
    published = PageLogEntry.objects.get(page=service, action="wagtail.publish")
    assert published.user == newsroom.approver
    assert published.revision == charter.fresh(service).live_revision


def test_exactly_two_people_publish_what_an_import_brought(newsroom: Newsroom) -> None:
    newsroom.writer.delete()
    service = charter.draft_page(newsroom.body, ServicePage, "Marcar consulta")
    submitted(service, None)
    decide(service, newsroom.reviewer)
    decide(service, newsroom.approver)
    assert charter.public(service).title == "Marcar consulta"


def test_one_person_with_both_roles_is_refused(newsroom: Newsroom) -> None:
    newsroom.approver.delete()
    newsroom.writer.delete()
    newsroom.reviewer.groups.add(RoleGroup.objects.get(role="comunicacao").group)
    service = charter.draft_page(newsroom.body, ServicePage, "Marcar consulta")
    submitted(service, newsroom.reviewer)
    decide(service, newsroom.reviewer)
    with pytest.raises(PermissionDenied, match="segunda é de outra pessoa"):
        decide(service, newsroom.reviewer)
    assert charter.public(service) is None


@pytest.mark.parametrize("superuser", [False, True])
def test_who_wrote_any_part_cannot_approve(newsroom: Newsroom, superuser: bool) -> None:
    service = draft(newsroom)
    author = newsroom.reviewer
    author.is_superuser = superuser
    author.save()
    colleague = person("colega", "revisao", body=newsroom.body)
    written(service, author, summary="Uma frase do revisor.")
    written(service, newsroom.writer, keywords="consulta")
    submitted(service, newsroom.writer)
    assert authors_of(charter.fresh(service)) == {author.pk, newsroom.writer.pk}
    with pytest.raises(Refused, match="Você escreveu parte"):
        decide(service, author)
    decide(service, colleague)


@pytest.mark.parametrize("said", [{"free": False}, {"online": False}, {"validity_quantity": 0}])
def test_who_says_no_where_nothing_was_said_wrote_something(newsroom: Newsroom, said: dict[str, Any]) -> None:
    service = draft(newsroom)
    submitted(service, newsroom.writer)
    written(service, newsroom.reviewer, **said)
    assert newsroom.reviewer.pk in authors_of(charter.fresh(service))
    with pytest.raises(Refused, match="Você escreveu parte"):
        decide(service, newsroom.reviewer)


def test_a_superuser_counts_as_administration_and_no_more(newsroom: Newsroom) -> None:
    root = person("raiz", is_superuser=True)
    service = draft(newsroom)
    submitted(service, newsroom.writer)
    with pytest.raises(Refused, match="não é sua"):
        decide(service, root)
    decide(service, newsroom.reviewer)
    with pytest.raises(Refused):
        decide(service, root)


def test_what_was_written_before_the_last_approval_is_forgotten(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    submitted(service, newsroom.writer)
    decide(service, newsroom.reviewer)
    decide(service, newsroom.approver)
    colleague = person("outra", "redacao", body=newsroom.body)
    newsroom.writer.groups.add(RoleGroup.objects.get(role="revisao", body=newsroom.body.record_id).group)
    written(service, colleague, summary="Mudou.")
    submitted(service, colleague)
    decide(service, newsroom.writer)
    decide(service, newsroom.approver)
    assert '"Mudou."' in charter.public(service).body


def test_after_being_taken_down_what_was_approved_stays_approved(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    submitted(service, newsroom.writer)
    decide(service, newsroom.reviewer)
    decide(service, newsroom.approver)
    charter.fresh(service).unpublish()
    assert authors_of(charter.fresh(service)) == set()


def test_a_comment_makes_nobody_an_author(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    again = latest(service)
    comment(again, newsroom.reviewer)
    again.save_revision(user=newsroom.reviewer)
    assert authors_of(charter.fresh(service)) == {newsroom.writer.pk}


def test_comments_in_review_leave_the_approval_where_it_is(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    submitted(service, newsroom.writer)
    decide(service, newsroom.reviewer)
    again = latest(service)
    comment(again, newsroom.approver)
    revision = again.save_revision(user=newsroom.approver)
    decide(service, newsroom.approver)
    assert charter.fresh(service).live_revision == revision


@pytest.mark.parametrize("model", [ServicePage, ProcedurePage, InformationPage])
def test_what_is_edited_in_review_starts_again(newsroom: Newsroom, model: Any) -> None:
    page = charter.draft_page(newsroom.body, model, "Um")
    submitted(page, newsroom.writer)
    decide(page, newsroom.reviewer)
    state = charter.fresh(page).current_workflow_task_state
    written(page, newsroom.writer, title="Dois")
    now = charter.fresh(page).current_workflow_task_state
    assert now.task.name == "Revisão do órgão"
    with pytest.raises(Refused, match="o texto mudou"):
        state.task.specific.on_action(state, newsroom.approver, "approve")
    decide(page, newsroom.reviewer)
    decide(page, newsroom.approver)
    assert charter.public(page).title == "Dois"
    assert "conecta.begun_again" in actions(page)


def test_an_autosave_over_what_was_submitted_starts_again_too(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    submitted(service, newsroom.writer)
    decide(service, newsroom.reviewer)
    again = latest(service)
    again.summary = "Outra coisa."
    again.save_revision(user=newsroom.writer, overwrite_revision=again.latest_revision, clean=False)
    assert charter.fresh(service).current_workflow_task_state.task.name == "Revisão do órgão"


def test_an_edit_that_leaves_a_gap_ends_the_review_and_is_saved(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    submitted(service, newsroom.writer)
    written(service, newsroom.writer, summary="")
    again = charter.fresh(service)
    assert again.latest_revision.content["summary"] == ""
    assert again.current_workflow_state is None
    entry = PageLogEntry.objects.get(page=service, action="conecta.begun_again")
    assert "incompleto" in entry.data["reason"]


def test_what_is_incomplete_is_not_submitted(newsroom: Newsroom) -> None:
    service = draft(newsroom, summary="")
    with pytest.raises(Incomplete):
        submitted(service, newsroom.writer)
    assert not WorkflowState.objects.for_instance(service).exists()


def test_the_very_revision_that_was_approved_is_published(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    revision = charter.fresh(service).latest_revision
    submitted(service, newsroom.writer)
    decide(service, newsroom.reviewer)
    decide(service, newsroom.approver)
    assert charter.fresh(service).live_revision == revision


def test_a_body_without_a_reviewer_passes_to_a_second_person_of_communication(newsroom: Newsroom) -> None:
    newsroom.reviewer.groups.clear()
    second = person("segunda", "comunicacao")
    service = draft(newsroom)
    submitted(service, newsroom.writer)
    entry = PageLogEntry.objects.get(page=service, action="conecta.passed_on")
    assert entry.data == {"body": "SMS"}
    decide(service, second)
    with pytest.raises(Refused):
        decide(service, second)
    decide(service, newsroom.approver)
    assert charter.public(service)


def test_a_body_whose_only_reviewer_wrote_passes_on_too(newsroom: Newsroom) -> None:
    second = person("segunda", "comunicacao")
    service = draft(newsroom)
    written(service, newsroom.reviewer, summary="Do revisor.")
    submitted(service, newsroom.reviewer)
    decide(service, second)
    decide(service, newsroom.approver)
    assert charter.public(service)


def test_communications_own_pages_are_approved_by_administration(newsroom: Newsroom) -> None:
    page = charter.draft_page(charter.home(), InformationPage, "Sobre a Carta")
    written(page, newsroom.approver, summary="Da Comunicação.")
    second, mayor = person("segunda", "comunicacao"), person("prefeita", "administracao")
    submitted(page, newsroom.approver)
    decide(page, second)
    with pytest.raises(Refused):
        decide(page, newsroom.approver)
    decide(page, mayor)
    assert charter.public(page)


def test_services_of_the_body_that_communication_is_are_its_own(newsroom: Newsroom) -> None:
    body = charter.body("Secretaria de Comunicação", acronym="SECOM")
    from services.roles import setup_roles

    setup_roles()
    reviewer, mayor = person("revisa_secom", "revisao", body=body), person("prefeita", "administracao")
    service = charter.draft_page(body, ServicePage, "Pedir a marca")
    submitted(service, None)
    decide(service, reviewer)
    with pytest.raises(Refused):
        decide(service, newsroom.approver)
    decide(service, mayor)
    assert charter.public(service)


def test_an_absent_reviewer_is_replaced_by_the_deputy(newsroom: Newsroom) -> None:
    today = timezone.localdate()
    deputy = person("substituta")
    Absence.objects.create(user=newsroom.reviewer, starts=today, ends=today + timedelta(days=9), deputy=deputy)
    service = draft(newsroom)
    submitted(service, newsroom.writer)
    with pytest.raises(Refused):
        decide(service, newsroom.reviewer)
    decide(service, deputy)
    decide(service, newsroom.approver)
    assert charter.public(service)


def test_a_deputy_is_held_to_four_eyes_and_serves_only_in_those_days(newsroom: Newsroom) -> None:
    today = timezone.localdate()
    absence = Absence.objects.create(user=newsroom.reviewer, starts=today, ends=today, deputy=newsroom.writer)
    service = draft(newsroom)
    submitted(service, newsroom.writer)
    with pytest.raises(Refused, match="Você escreveu parte"):
        decide(service, newsroom.writer)
    deputy = person("substituta")
    Absence.objects.filter(pk=absence.pk).update(
        starts=today - timedelta(days=5), ends=today - timedelta(days=1), deputy=deputy
    )
    with pytest.raises(Refused):
        decide(service, deputy)
    decide(service, newsroom.reviewer)


def test_an_absence_ends_after_it_starts_and_nobody_replaces_themselves(newsroom: Newsroom) -> None:
    from django.core.exceptions import ValidationError

    absence = Absence(user=newsroom.reviewer, starts=date(2027, 1, 9), ends=date(2027, 1, 4))
    with pytest.raises(ValidationError, match="antes do começo"):
        absence.full_clean()
    absence.ends, absence.deputy = date(2027, 1, 20), newsroom.reviewer
    with pytest.raises(ValidationError, match="ninguém substitui"):
        absence.full_clean()


def test_a_deputy_enters_with_an_account_of_their_own(newsroom: Newsroom) -> None:
    client, address = browser(person("cuida", "administracao")), reverse("conecta_absences:add")
    stranger, colleague = person("estranha"), person("colega", "redacao", body=newsroom.body)
    today = timezone.localdate().isoformat()
    asked = {"user": newsroom.reviewer.pk, "starts": today, "ends": today}
    answer = client.post(address, asked | {"deputy": stranger.pk})
    assert "não entra aqui" in answer.content.decode()
    assert not Absence.objects.exists()
    assert client.post(address, asked | {"deputy": colleague.pk}).status_code == 302
    waiting = draft(newsroom)
    submitted(waiting, newsroom.writer)
    assert latest(waiting).title in browser(colleague).get(reverse("conecta_newsroom:inbox")).content.decode()


@pytest.mark.parametrize("kind", ["unit", "form"])
def test_units_and_forms_take_the_two_stages_of_their_body(newsroom: Newsroom, kind: str) -> None:
    entry = charter.unit(secretariat=newsroom.body) if kind == "unit" else charter.form(secretariat=newsroom.body)
    written(entry, newsroom.writer, title="Novo nome")
    submitted(entry, newsroom.writer)
    with pytest.raises(Refused):
        decide(entry, newsroom.approver)
    decide(entry, newsroom.reviewer)
    decide(entry, newsroom.approver)
    assert charter.public(entry).title == "Novo nome"
    assert ModelLogEntry.objects.filter(action="wagtail.publish", user=newsroom.approver).exists()


def test_changes_asked_for_are_made_and_submitted_again(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    submitted(service, newsroom.writer)
    decide(service, newsroom.reviewer, "reject", comment="Falta o telefone.")
    state = charter.fresh(service).current_workflow_state
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    written(service, newsroom.writer, summary="Com telefone.")
    state.refresh_from_db()
    state.resume(newsroom.writer)
    decide(service, newsroom.reviewer)
    decide(service, newsroom.approver)
    assert "Com telefone." in charter.public(service).body


def test_what_stage_two_sends_back_begins_again_at_stage_one(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    submitted(service, newsroom.writer)
    decide(service, newsroom.reviewer)
    decide(service, newsroom.approver, "reject", comment="Falta o telefone.")
    written(service, newsroom.writer, summary="Com telefone.")
    state = charter.fresh(service).current_workflow_state
    state.resume(newsroom.writer)
    waiting = charter.fresh(service).current_workflow_task_state
    assert waiting.task.name == "Revisão do órgão"
    with pytest.raises(Refused):
        decide(service, newsroom.approver)


def test_who_asked_may_cancel(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    state = submitted(service, newsroom.writer)
    assert state.user_can_cancel(newsroom.writer)
    assert state.user_can_cancel(newsroom.reviewer)
    assert not state.user_can_cancel(person("outra", "redacao", body=newsroom.body))
    state.cancel(user=newsroom.writer)
    assert charter.fresh(service).current_workflow_state is None


def test_nobody_publishes_past_the_newsroom_in_code_that_names_a_person(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    root = person("raiz", is_superuser=True)
    with pytest.raises(Refused, match="urgência"):
        service.latest_revision.publish(user=root)
    assert charter.public(service) is None
    service.latest_revision.publish()
    assert charter.public(service)
    with pytest.raises(Refused):
        charter.fresh(service).unpublish(user=root)


def test_code_names_itself_in_the_log(newsroom: Newsroom) -> None:
    service = draft(newsroom)
    service.latest_revision.publish()
    entry = PageLogEntry.objects.get(page=service, action="wagtail.publish")
    assert entry.user is None


def test_a_second_setup_leaves_one_workflow(newsroom: Newsroom) -> None:
    from wagtail.models import Workflow

    from services.workflow import setup_workflow

    before = Workflow.objects.count()
    assert setup_workflow() == charter.fresh(newsroom.body).get_workflow()
    assert Workflow.objects.count() == before
    assert charter.fresh(charter.topic()).get_workflow() == setup_workflow()
    assert LogHead.objects.count() == 1
    assert not TaskState.objects.exists()
