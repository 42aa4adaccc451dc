"""Who wrote any part of a draft since it was last approved: they may not approve it."""

import json
from typing import Any

from django.db.models import Max
from wagtail.models import Revision, WorkflowState

from services.models.entry import BOOKKEEPING

#: What a revision keeps of its circumstances. Comments are no part of what citizens will read.
_NOT_TEXT = BOOKKEEPING | {"depth", "expired", "live", "owner", "path", "url_path", "wagtail_admin_comments"}


def authors_of(entry: Any) -> set[int]:
    """Ids of those who changed anything in the revisions after the last approved one.

    Code and imports are nobody. Who saved without changing anything but comments wrote nothing.
    """
    revisions = list(newer_revisions(entry).order_by("created_at", "pk"))
    previous = _baseline(entry)
    authors = set()
    for revision in revisions:
        if revision.user_id is not None and (previous is None or not says_the_same(previous, revision)):
            authors.add(revision.user_id)
        previous = revision
    return authors


def newer_revisions(entry: Any) -> Any:
    """Revisions of an entry after the last that was approved or went live."""
    baseline = _baseline(entry)
    revisions = Revision.objects.for_instance(entry)
    if baseline is None:
        return revisions
    return revisions.filter(created_at__gte=baseline.created_at).exclude(pk=baseline.pk)


def _baseline(entry: Any) -> Revision | None:
    approved = WorkflowState.objects.for_instance(entry).filter(status=WorkflowState.STATUS_APPROVED)
    last = approved.aggregate(last=Max("current_task_state__revision"))["last"]
    known = [pk for pk in (entry.live_revision_id, last) if pk]
    return Revision.objects.for_instance(entry).filter(pk__in=known).order_by("-created_at", "-pk").first()


def says_the_same(one: Revision, other: Revision) -> bool:
    """Whether two revisions differ in nothing that a citizen would read."""
    return text_of(one.content) == text_of(other.content)


def text_of(content: dict[str, Any]) -> dict[str, Any]:
    """A revision's content without circumstances; streams are compared as values, not as JSON text."""
    return {name: _parsed(value) for name, value in content.items() if name not in _NOT_TEXT}


def _parsed(value: Any) -> Any:
    if not isinstance(value, str) or not value.startswith(("[", "{")):
        return value or None
    try:
        return json.loads(value) or None
    except ValueError:
        return value
