"""What waits for somebody, and what came back to them, and since when: in working days of the city."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState, WorkflowState

from services.heads import Heads
from services.languages import source_locale
from services.models import Bodies, BodyReview, CityApproval, waiting
from services.newsroom.places import edit_address
from services.newsroom.standing import standing
from services.record import City
from services.timing import working_days

#: On the dashboard; the page shows all.
FIRST = 8


@dataclass(frozen=True)
class Letter:
    """One text that somebody should do something about."""

    title: str
    kind: str
    body: str
    #: What is asked, by whom.
    asked: str
    since: str
    comment: str
    address: str
    compare: str = ""


@dataclass(frozen=True)
class Inbox:
    """Both trays of a person."""

    waiting: list[Letter]
    returned: list[Letter]


def inbox_of(user: Any, at: datetime) -> Inbox:
    """A fixed number of queries, however much waits."""
    if not standing(user).is_set_up:
        return Inbox([], [])
    today = timezone.localdate(at)
    waits = waiting(today, user=user, staff=standing(user))
    states = list(
        WorkflowState.objects.filter(
            Q(current_task_state__task__in=BodyReview.objects.values("pk"))
            | Q(current_task_state__task__in=CityApproval.objects.values("pk")),
            status=WorkflowState.STATUS_NEEDS_CHANGES,
            requested_by=user,
        )
        .select_related("current_task_state__finished_by")
        .prefetch_related("content_object", "content_object__latest_revision")
        .order_by("current_task_state__finished_at")
    )
    bodies = Bodies() if states else None
    city = Heads(source_locale()).city() if waits or states else None
    return Inbox(
        waiting=[
            Letter(
                body=wait.case.body.short if wait.case.body else "",
                asked=_("%s pediu aprovação") % named(wait.task_state.workflow_state.requested_by),
                since=how_long(city, wait.task_state.started_at, at),
                comment="",
                compare=compare_address(wait.entry),
                **_of(wait.entry),
            )
            for wait in waits
        ],
        returned=[
            Letter(
                body=body.short if bodies and (body := bodies.of(state.content_object)) else "",
                asked=_("%s pediu mudanças") % named(_decision(state).finished_by),
                since=how_long(city, _decision(state).finished_at or at, at),
                comment=_decision(state).comment,
                **_of(state.content_object),
            )
            for state in states
            if state.content_object is not None
        ],
    )


def _decision(state: WorkflowState) -> TaskState:
    decision: TaskState = state.current_task_state
    return decision


def _of(entry: Any) -> dict[str, str]:
    model = entry.specific_class if isinstance(entry, Page) else type(entry)
    return {
        "title": (entry.draft_title or entry.title)
        if isinstance(entry, Page)
        else str(entry.latest_revision.object_str),
        "kind": str(model._meta.verbose_name).capitalize(),
        "address": edit_address(entry),
    }


def compare_address(entry: Any) -> str:
    """Where the draft is set beside what is public; nothing if nothing is."""
    if not entry.live or not entry.latest_revision_id:
        return ""
    if isinstance(entry, Page):
        return reverse("wagtailadmin_pages:revisions_compare", args=[entry.pk, "live", entry.latest_revision_id])
    name = type(entry).snippet_viewset.get_url_name("revisions_compare")
    return reverse(name, args=[entry.pk, "live", entry.latest_revision_id])


def named(person: Any) -> str:
    """Somebody's name; the system where nobody did it."""
    return str(person.get_full_name() or person.get_username()) if person is not None else _("O sistema")


def how_long(city: City | None, since: datetime, at: datetime) -> str:
    """In working days, as people say it."""
    days = working_days(city, timezone.localdate(since), timezone.localdate(at))
    if days == 0:
        return _("hoje")
    return ngettext("há %d dia útil", "há %d dias úteis", days) % days


class InboxPanel(Component):
    """The first rows of both trays, on the dashboard."""

    name = "conecta_inbox"
    template_name = "conecta_services/admin/inbox_panel.html"
    order = 20

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """For this user, now."""
        request = (parent_context or {})["request"]
        inbox = inbox_of(request.user, timezone.localtime())
        return {
            "inbox": inbox,
            "waiting": inbox.waiting[:FIRST],
            "returned": inbox.returned[:FIRST],
            "more": len(inbox.waiting) > FIRST or len(inbox.returned) > FIRST,
        }
