"""Two people of the newsroom at once on PostgreSQL: one wins, the other is told, nothing is lost or doubled."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, Revision, TaskState, WorkflowState

from services import forms
from services.models import ServicePage, stages
from services.models.published import _held
from tests.faults.conftest import Threads
from tests.faults.overlapping import Pause, after_both_began
from tests.services import charter
from tests.services.editing import edit_address, filled
from tests.services.newsroom.conftest import Newsroom
from tests.services.newsroom.people import browser, decide, latest, person, set_up, submitted, written

pytestmark = pytest.mark.usefixtures("postgresql")
REASON = "O telefone publicado está errado."


@pytest.fixture
def newsroom(postgresql: None) -> Newsroom:
    """Saúde with a writer and a reviewer, and one person of Comunicação."""
    set_up()
    body = charter.body("Secretaria da Saúde", acronym="SMS")
    return Newsroom(
        body,
        person("escreve", "redacao", body=body),
        person("revisa", "revisao", body=body),
        person("aprova", "comunicacao"),
    )


@pytest.fixture
def middle(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pause]:
    """A pause in the first save or decision, once it has the log in hand."""
    pause = Pause()

    def pausing(known: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            found = known(*args, **kwargs)
            if _held.get():
                pause()
            return found

        return wrapped

    monkeypatch.setattr(forms, "saved_meanwhile", pausing(forms.saved_meanwhile))
    monkeypatch.setattr(stages, "authors_of", pausing(stages.authors_of))
    from services.newsroom import acts, telling

    monkeypatch.setattr(acts, "authors_of", pausing(acts.authors_of))
    monkeypatch.setattr(telling, "require_down", pausing(telling.require_down))
    yield pause
    pause.let_go()


class Press:
    """A form or a button, filled in beforehand, and what came of pressing it."""

    def __init__(self, client: Client, address: str, data: Any = None) -> None:
        self.client, self.address, self.data = client, address, data or {}
        self.response: Any = None

    def __call__(self) -> None:
        self.response = self.client.post(self.address, self.data)

    @property
    def told(self) -> str:
        """The messages that the next page shows, or the page itself if the form came back."""
        if self.response.status_code == 200:
            return str(self.response.content.decode())
        # The sentence waits in the session or in the cookie for the next page.
        return str(self.client.get(reverse("wagtailadmin_home")).content.decode())


def draft(newsroom: Newsroom) -> ServicePage:
    service = charter.draft_page(newsroom.body, ServicePage, "Marcar consulta")
    written(service, newsroom.writer, title="Marcar uma consulta")
    return charter.fresh(service)


def editing(user: Any, page: Page, **changes: Any) -> Press:
    client = browser(user)
    return Press(client, edit_address(page), filled(client, edit_address(page), **changes))


def approving(user: Any, page: Any) -> Press:
    state = charter.fresh(page).current_workflow_task_state
    return Press(browser(user), reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]))


def publishing_urgently(user: Any, page: Any) -> Press:
    address = reverse("conecta_newsroom:urgent", args=[ContentType.objects.get_for_model(page).pk, page.pk])
    return Press(browser(user), address, {"reason": REASON, "revision": charter.fresh(page).latest_revision_id})


def deleting(user: Any, page: Page) -> Press:
    return Press(browser(user), reverse("wagtailadmin_pages:delete", args=[page.pk]))


def published(page: Any) -> int:
    return PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").count()


def at_stage_two(newsroom: Newsroom) -> ServicePage:
    service = draft(newsroom)
    submitted(service, newsroom.writer)
    decide(service, newsroom.reviewer)
    return charter.fresh(service)


def test_two_editors_save(newsroom: Newsroom, threads: Threads, middle: Pause) -> None:
    service = draft(newsroom)
    colleague = person("colega", "redacao", body=newsroom.body)
    first = editing(newsroom.writer, service, summary="O primeiro texto.")
    second = editing(colleague, service, summary="O segundo texto.")
    before = Revision.objects.for_instance(service).count()
    after_both_began(threads, middle, first, second)
    assert first.response.status_code == 302
    assert latest(service).summary == "O primeiro texto."
    assert Revision.objects.for_instance(service).count() == before + 1
    assert "escreve salvou este texto" in second.told
    assert "O segundo texto." in second.told, "what was typed is still on the screen"

    # Told, the second may still save on purpose; the first text stays in the history.
    again = editing(colleague, service, summary="O segundo texto.")
    again()
    assert again.response.status_code == 302
    assert latest(service).summary == "O segundo texto."


def test_two_reviewers_approve_the_first_stage(newsroom: Newsroom, threads: Threads, middle: Pause) -> None:
    service = draft(newsroom)
    colleague = person("colega", "revisao", body=newsroom.body)
    submitted(service, newsroom.writer)
    first, second = approving(newsroom.reviewer, service), approving(colleague, service)
    after_both_began(threads, middle, first, second)
    assert "revisa já decidiu" in second.told
    approved = TaskState.objects.filter(workflow_state__object_id=str(service.pk), status="approved")
    assert [state.finished_by for state in approved] == [newsroom.reviewer]
    assert charter.fresh(service).current_workflow_task_state.task.name == "Aprovação da Comunicação"


def test_two_approve_the_second_stage(newsroom: Newsroom, threads: Threads, middle: Pause) -> None:
    service = at_stage_two(newsroom)
    first, second = approving(newsroom.approver, service), approving(person("segunda", "comunicacao"), service)
    after_both_began(threads, middle, first, second)
    assert charter.public(service).title == "Marcar uma consulta"
    assert published(service) == 1
    assert "aprova já decidiu" in second.told


def test_an_approval_against_an_edit_that_came_first(newsroom: Newsroom, threads: Threads, middle: Pause) -> None:
    service = at_stage_two(newsroom)
    edit = editing(newsroom.writer, service, summary="Mudou no último minuto.")
    approval = approving(newsroom.approver, service)
    after_both_began(threads, middle, edit, approval)
    assert charter.public(service) is None
    assert latest(service).summary == "Mudou no último minuto."
    assert "o texto mudou" in approval.told
    assert charter.fresh(service).current_workflow_task_state.task.name == "Revisão do órgão"
    assert WorkflowState.objects.for_instance(service).filter(status="in_progress").count() == 1


def test_an_edit_against_an_approval_that_came_first(newsroom: Newsroom, threads: Threads, middle: Pause) -> None:
    service = at_stage_two(newsroom)
    approval = approving(newsroom.approver, service)
    edit = editing(newsroom.writer, service, summary="Mudou no último minuto.")
    after_both_began(threads, middle, approval, edit)
    # What was approved is public; what was written then waits as a draft.
    assert "Sobre Marcar consulta." in charter.public(service).body
    assert latest(service).summary == "Mudou no último minuto."
    assert charter.fresh(service).has_unpublished_changes
    assert published(service) == 1


def test_an_approval_against_an_urgent_publication(newsroom: Newsroom, threads: Threads, middle: Pause) -> None:
    service = at_stage_two(newsroom)
    urgent = publishing_urgently(person("segunda", "comunicacao"), service)
    approval = approving(newsroom.approver, service)
    after_both_began(threads, middle, urgent, approval)
    assert published(service) == 1
    assert "já não está aberto" in approval.told
    assert not WorkflowState.objects.for_instance(service).active().exists()


def test_an_urgent_publication_against_an_approval(newsroom: Newsroom, threads: Threads, middle: Pause) -> None:
    service = at_stage_two(newsroom)
    urgent = publishing_urgently(person("segunda", "comunicacao"), service)
    approval = approving(newsroom.approver, service)
    after_both_began(threads, middle, approval, urgent)
    assert published(service) == 1
    assert "Não há nada novo para publicar." in urgent.told
    assert not PageLogEntry.objects.filter(page=service.pk, action="conecta.urgent").exists()


def test_a_deletion_against_a_publication_that_came_first(newsroom: Newsroom, threads: Threads, middle: Pause) -> None:
    service = at_stage_two(newsroom)
    deletion, approval = deleting(newsroom.writer, service), approving(newsroom.approver, service)
    after_both_began(threads, middle, approval, deletion)
    assert charter.public(service)
    assert "peça à Comunicação que tire do ar" in deletion.told


def test_a_publication_against_a_deletion_that_came_first(newsroom: Newsroom, threads: Threads, middle: Pause) -> None:
    service = at_stage_two(newsroom)
    deletion, approval = deleting(newsroom.writer, service), approving(newsroom.approver, service)
    after_both_began(threads, middle, deletion, approval)
    assert not Page.objects.filter(pk=service.pk).exists()
    assert charter.public(service) is None
    assert "foi excluído" in approval.told
