"""One workflow for all bodies: Revisão, then Comunicação. What is edited meanwhile begins again."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import (
    Page,
    Revision,
    TaskState,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail.signals import task_submitted

from services.completeness import Incomplete
from services.gate import require_complete
from services.models import ENTRY_MODELS, BodyReview, CityApproval, PublishedEntry, ReviewState, Stage
from services.models.authorship import text_of
from services.newsroom.log_actions import BEGUN_AGAIN, PASSED_ON
from services.publishing import publishing

NAME = "Aprovação da Carta de Serviços"
STAGES = ((BodyReview, "Revisão do órgão"), (CityApproval, "Aprovação da Comunicação"))


@transaction.atomic
def setup_workflow() -> Workflow:
    """Make the workflow, and let every page and every drafted snippet use it; a second call changes nothing."""
    tasks = [model.objects.first() or model.objects.create(name=name) for model, name in STAGES]
    own = Workflow.objects.filter(workflow_tasks__task=tasks[0]).first()
    workflow = own or Workflow.objects.create(name=NAME)
    for order, task in enumerate(tasks):
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": order})
    # Another workflow further down would shorten the way.
    WorkflowPage.objects.exclude(workflow=workflow).delete()
    WorkflowPage.objects.get_or_create(page=Page.get_first_root_node(), defaults={"workflow": workflow})
    for model in ENTRY_MODELS.values():
        if issubclass(model, PublishedEntry):
            WorkflowContentType.objects.update_or_create(
                content_type=ContentType.objects.get_for_model(model), defaults={"workflow": workflow}
            )
    return workflow


def stage_of(entry: Any) -> tuple[Stage, TaskState] | None:
    """The stage at which an entry waits."""
    state = entry.current_workflow_task_state
    if state is None or not isinstance(state.task.specific, Stage):
        return None
    return state.task.specific, state


@receiver(task_submitted)
def begin_stage(sender: Any, *, instance: TaskState, user: Any = None, **_kwargs: Any) -> None:
    """A text comes to a stage complete, and the log says where somebody else stands in. Raises ``Incomplete``."""
    stage = instance.task.specific
    if not isinstance(stage, BodyReview):
        return
    entry = _specific(instance.workflow_state.content_object)
    require_complete(instance.revision.as_object())
    case = stage.case(entry, instance)
    if case.body is not None and stage.reviewers(case).passed_on:
        data = {"body": case.body.short}
        log(instance=entry, action=PASSED_ON, user=user, revision=instance.revision, data=data)


@receiver(post_save)
def begin_again_after_edit(sender: Any, *, instance: Any, update_fields: Any = None, **_kwargs: Any) -> None:
    """What is edited in review starts again at stage 1; comments alone go on with what they are about."""
    if not isinstance(instance, Page | PublishedEntry) or "latest_revision" not in (update_fields or ()):
        return
    waiting = WorkflowState.objects.for_instance(instance).filter(status=WorkflowState.STATUS_IN_PROGRESS)
    state = waiting.first()
    latest = instance.latest_revision
    if state is None or latest is None:
        return
    task_state = ReviewState.objects.filter(pk=state.current_task_state_id).first()
    if task_state is None:
        return
    if text_of(latest) != task_state.text:
        _begin_again(instance, state, latest)
    elif latest.pk != task_state.revision_id:
        # The same text with other comments.
        TaskState.objects.filter(pk=task_state.pk).update(revision=latest)


def _begin_again(entry: Any, state: WorkflowState, latest: Revision) -> None:
    user = latest.user
    with publishing():
        state.cancel(user=user)
        entry = _specific(state.content_object)
        try:
            require_complete(latest.as_object())
        except Incomplete as error:
            # A draft saves freely; it waits for nobody until it is whole and asked for again.
            data = {"reason": _("Editado durante a revisão, e incompleto: %s") % error}
        else:
            state.workflow.start(entry, state.requested_by or user)
            data = {"reason": _("Editado durante a revisão: as aprovações começam de novo.")}
        log(instance=entry, action=BEGUN_AGAIN, user=user, revision=latest, data=data)


def _specific(entry: Any) -> Any:
    if entry is None:
        raise ObjectDoesNotExist
    return entry.specific if isinstance(entry, Page) else entry
