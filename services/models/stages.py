"""The two stages that every text passes before citizens read it, as Wagtail's tasks.

Who may decide is read from the entry's body, and asked again when the decision is made: on every route,
of superusers too.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Task, TaskState, WorkflowState

from services.models.authorship import authors_of, authors_of_many, key_of, text_of
from services.models.belonging import Bodies, Body, body_of
from services.models.newsroom import Staff
from services.models.published import LogHead

#: Who may have to decide, at one stage or the other.
DECIDING_ROLES = ("revisao", "comunicacao", "administracao")


class Refused(PermissionDenied):
    """Somebody may not do this now; the sentence says why and what to do."""


@dataclass(frozen=True)
class Reviewers:
    """Who may decide at a stage, and in whose place."""

    people: set[int]
    #: Whether Comunicação stands in because the body has nobody who is there and did not write.
    passed_on: bool = False


@dataclass(frozen=True)
class Case:
    """All that the rules ask about one entry under review."""

    body: Body | None
    authors: set[int]
    staff: Staff
    #: Who approved the first stage.
    approved_by: frozenset[int] = frozenset()

    @property
    def body_id(self) -> str:
        """Record id of the body; empty for what is the city's."""
        return self.body.record_id if self.body else ""


class ReviewState(TaskState):
    """A stage of one request, with the text that it is about: what was asked for is what is decided on."""

    text = models.CharField(max_length=64)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The text is the revision's as it was submitted; an autosave may write over it later."""
        self.text = self.text or text_of(self.revision)
        super().save(*args, **kwargs)


class Stage(Task):
    """What both stages share."""

    task_state_class = ReviewState

    class Meta:
        abstract = True

    @classmethod
    def reviewers(cls, case: Case) -> Reviewers:
        """Who may decide at this stage."""
        raise NotImplementedError

    @classmethod
    def approvers_before(cls, task_state: TaskState | None) -> frozenset[int]:
        """Who has approved the stage before: not the same person as at this one."""
        return frozenset()

    def case(self, entry: Any, task_state: TaskState | None) -> Case:
        """The facts of one entry."""
        return Case(
            body=body_of(entry),
            authors=authors_of(entry),
            staff=Staff.on(timezone.localdate()),
            approved_by=self.approvers_before(task_state),
        )

    def _may_decide(self, entry: Any, user: Any) -> bool:
        if not user.is_active:
            return False
        return user.pk in self.reviewers(self.case(entry, entry.current_workflow_task_state)).people

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """A deputy, and Comunicação where it stands in, read and comment where they write otherwise not."""
        return self._may_decide(obj, user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        """Nothing is locked by being reviewed: what is edited meanwhile begins again."""
        return False

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """The buttons of whoever may decide."""
        if not self._may_decide(obj, user):
            return []
        return [
            ("reject", _("Pedir mudanças"), True),
            ("approve", _("Aprovar"), False),
            ("approve", _("Aprovar com comentário"), True),
        ]

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Decide. Raises ``Refused``, with a sentence, whoever asks by whatever route.

        Under the log's lock all is read again: of two who decide at once, one does.
        """
        with LogHead.held():
            states = ReviewState.objects.select_related("workflow_state", "finished_by", "revision")
            now = states.filter(pk=task_state.pk).first()
            if now is None:
                raise Refused(_("Este texto foi excluído."))
            self._require_open(now)
            entry = now.workflow_state.content_object
            entry = entry.specific if isinstance(entry, Page) else entry
            case = self.case(entry, now)
            if user is None or user.pk not in self.reviewers(case).people:
                raise Refused(self.why_not(case, user))
            if entry.latest_revision_id != now.revision_id or text_of(now.revision) != now.text:
                raise Refused(_("O texto mudou depois que você o abriu. Leia a versão nova antes de decidir."))
            result = super().on_action(now, user, action_name, **kwargs)
        task_state.refresh_from_db()
        return result

    @staticmethod
    def _require_open(task_state: TaskState) -> None:
        if task_state.status == TaskState.STATUS_IN_PROGRESS:
            return
        person = task_state.finished_by
        if person is None or task_state.status == TaskState.STATUS_CANCELLED:
            raise Refused(_("Este pedido de aprovação já não está aberto: o texto mudou ou o pedido foi cancelado."))
        raise Refused(
            _("%(person)s já decidiu às %(time)s. Nada mais precisa ser feito.")
            % {
                "person": person.get_full_name() or person.get_username(),
                "time": f"{timezone.localtime(task_state.finished_at):%H:%M}",
            }
        )

    @classmethod
    def why_not(cls, case: Case, user: Any) -> str:
        """The sentence for somebody who may not decide."""
        if user is not None and user.pk in case.authors:
            return _("Você escreveu parte deste texto desde a última aprovação. Outra pessoa precisa aprovar.")
        if user is not None and user.pk in case.approved_by:
            return _("Você já aprovou a primeira etapa. A segunda é de outra pessoa.")
        return _("Esta aprovação não é sua. Peça a quem revisa este texto.")

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """Those that wait for somebody: a plain queryset, for Wagtail joins those of several tasks with ``or``."""
        mine = [
            wait.task_state.pk
            for wait in waiting(timezone.localdate(), user=user)
            if wait.task_state.task_id == self.pk
        ]
        return TaskState.objects.filter(pk__in=mine)


class BodyReview(Stage):
    """Stage 1: the body's Revisão; without an available one who did not write, a second person of Comunicação."""

    class Meta:
        verbose_name = gettext_lazy("revisão do órgão")
        verbose_name_plural = gettext_lazy("revisões dos órgãos")

    @classmethod
    def reviewers(cls, case: Case) -> Reviewers:
        """Revisão, or else Comunicação."""
        own = case.staff.people("revisao", case.body_id) - case.authors if case.body_id else set()
        if own:
            return Reviewers(own)
        return Reviewers(case.staff.people("comunicacao") - case.authors, passed_on=True)

    @classmethod
    def get_description(cls) -> str:
        """For Wagtail's own list of tasks."""
        return _("Quem revisa no órgão aprova primeiro")


class CityApproval(Stage):
    """Stage 2: Comunicação; for Comunicação's own pages Administração."""

    class Meta:
        verbose_name = gettext_lazy("aprovação da cidade")
        verbose_name_plural = gettext_lazy("aprovações da cidade")

    @classmethod
    def reviewers(cls, case: Case) -> Reviewers:
        """Whoever did not write and did not approve the first stage."""
        role = "administracao" if case.staff.is_communications_own(case.body_id) else "comunicacao"
        return Reviewers(case.staff.people(role) - case.authors - case.approved_by)

    @classmethod
    def approvers_before(cls, task_state: TaskState | None) -> frozenset[int]:
        """Who approved the first stage of the same request."""
        if task_state is None:
            return frozenset()
        first = cls._first_stage(task_state.workflow_state)
        return frozenset() if first is None or first.finished_by_id is None else frozenset({first.finished_by_id})

    @staticmethod
    def _first_stage(workflow_state: WorkflowState) -> ReviewState | None:
        """The last approval of stage 1."""
        approved = ReviewState.objects.filter(workflow_state=workflow_state, status=TaskState.STATUS_APPROVED)
        found: ReviewState | None = (
            approved.filter(task__in=BodyReview.objects.all()).order_by("finished_at", "pk").last()
        )
        return found

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Begin; at stage 1 again, if what was approved there is another text than this."""
        first = self._first_stage(workflow_state)
        latest = workflow_state.content_object.get_latest_revision()
        if first is not None and latest is not None and first.text != text_of(latest):
            return first.task.specific.start(workflow_state, user=user)
        return super().start(workflow_state, user=user)

    @classmethod
    def get_description(cls) -> str:
        """For Wagtail's own list of tasks."""
        return _("A Comunicação aprova por último")


@dataclass(frozen=True)
class Wait:
    """Something that waits at a stage, and who may decide."""

    task_state: TaskState
    stage: Stage
    entry: Any
    case: Case
    reviewers: Reviewers


def waiting(day: date, *, user: Any = None, staff: Staff | None = None) -> list[Wait]:
    """All that waits, or what waits for somebody, the longest first: a fixed number of queries."""
    if user is not None and not user.is_active:
        return []
    staff = staff or Staff.on(day)
    if user is not None and not any(user.pk in staff.held_anywhere(role) for role in DECIDING_ROLES):
        return []
    states = TaskState.objects.filter(
        Q(task__in=BodyReview.objects.values("pk")) | Q(task__in=CityApproval.objects.values("pk")),
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    ).order_by("started_at", "pk")
    found = list(
        states.select_related("workflow_state__requested_by", "revision", "task").prefetch_related(
            "workflow_state__content_object", "workflow_state__content_object__latest_revision"
        )
    )
    if not found:
        return []
    bodies = Bodies()
    stages = {state.pk: state.task.specific_deferred for state in found}
    entries = {state.pk: state.workflow_state.content_object for state in found}
    authors = authors_of_many(
        [entry for entry in entries.values() if entry is not None],
        among=staff.everybody(),
    )
    before = _approved_before([state for state in found if isinstance(stages[state.pk], CityApproval)])
    waits = []
    for state in found:
        entry = entries[state.pk]
        if entry is None:
            continue
        stage = stages[state.pk]
        case = Case(
            body=bodies.of(entry),
            authors=authors[key_of(entry)],
            staff=staff,
            approved_by=frozenset(before.get(state.workflow_state_id, ()))
            if isinstance(stage, CityApproval)
            else frozenset(),
        )
        reviewers = stage.reviewers(case)
        if user is None or user.pk in reviewers.people:
            waits.append(Wait(state, stage, entry, case, reviewers))
    return waits


def _approved_before(states: list[TaskState]) -> dict[int, frozenset[int]]:
    """Workflow state → who approved its first stage last."""
    approved = TaskState.objects.filter(
        workflow_state__in=[state.workflow_state_id for state in states],
        status=TaskState.STATUS_APPROVED,
        task__in=BodyReview.objects.all(),
        finished_by__isnull=False,
    ).order_by("finished_at", "pk")
    return {state: frozenset({person}) for state, person in approved.values_list("workflow_state_id", "finished_by_id")}


class Notice(models.Model):
    """A reminder about something that waits, which was sent: so that it is sent once."""

    task_state = models.ForeignKey(TaskState, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task_state", "kind"], name="conecta_one_notice_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.task_state_id} {self.kind}"
