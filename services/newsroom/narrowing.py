"""Wagtail's reports ask for a permission on a model, and list all of it: here they list what is in reach.

Pages they narrow by themselves. What is done to many at once names, of what somebody may not do it to, all that its
address asks for: here what is in reach.
"""

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.http import QueryDict
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.reports.workflows import WorkflowTasksView, WorkflowView
from wagtail.models import Page, TranslatableMixin
from wagtail.models.audit_log import ModelLogEntryManager
from wagtail.permissions import page_permission_policy

from services.body_permissions import OF_A_BODY, OfItsBody
from services.languages import in_one_language
from services.models import Bodies

_READS = frozenset({"add", "change", "delete", "view"})


def install() -> None:
    """Wrap them, once."""
    _wrap(WorkflowView, "get_queryset", lambda view, rows: out_of_reach(view.request.user, rows, ""))
    _wrap(
        WorkflowTasksView, "get_queryset", lambda view, rows: out_of_reach(view.request.user, rows, "workflow_state__")
    )
    _wrap(BulkAction, "get_actionable_objects", lambda view, found: (found[0], _named(view, **found[1])))
    _wrap(BulkAction, "get_all_objects_in_listing_query", lambda view, rows, _parent: _listed(view, rows))
    _wrap(ModelLogEntryManager, "viewable_by_user", lambda _manager, rows, user: out_of_reach(user, rows, ""))


def _wrap(owner: Any, method: str, narrow: Callable[..., Any]) -> None:
    found = getattr(owner, method)
    if hasattr(found, "_conecta"):
        return

    @functools.wraps(found)
    def wrapped(self: Any, *args: Any) -> Any:
        return narrow(self, found(self, *args), *args)

    wrapped._conecta = True  # type: ignore[attr-defined]
    setattr(owner, method, wrapped)


def _named(view: Any, *, items_with_no_access: list[Any], **others: Any) -> dict[str, Any]:
    user = view.request.user
    if issubclass(view.model, Page):
        seen = set(page_permission_policy.explorable_instances(user).values_list("pk", flat=True))
        items_with_no_access = [page for page in items_with_no_access if page.pk in seen]
    elif view.model in OF_A_BODY:
        policy = OfItsBody(view.model)
        items_with_no_access = [
            entry
            for entry in items_with_no_access
            if policy.user_has_any_permission_for_instance(user, list(_READS), entry)
        ]
    return others | {"items_with_no_access": items_with_no_access}


def _listed(view: Any, rows: Any) -> Any:
    """ "All in this list" is what the list holds: one language, as ``CharterViewSet`` has it."""
    if not hasattr(view.model, "snippet_viewset") or not issubclass(view.model, TranslatableMixin):
        return rows
    return in_one_language(rows, QueryDict(urlsplit(view.next_url or "").query))


def out_of_reach(user: Any, rows: Any, prefix: str) -> Any:
    """The rows without those about entries of bodies that are not this person's."""
    hidden, bodies = Q(), None
    for model in OF_A_BODY:
        policy = OfItsBody(model)
        reach = policy.reach(user, _READS)
        if reach is None:
            continue
        bodies = bodies or Bodies()
        own = policy.within(reach, model._default_manager.all(), bodies=bodies).values_list(
            Cast("pk", CharField()), flat=True
        )
        content_type = ContentType.objects.get_for_model(model)
        hidden |= Q(**{f"{prefix}content_type": content_type}) & ~Q(**{f"{prefix}object_id__in": own})
    return rows.exclude(hidden) if hidden else rows
