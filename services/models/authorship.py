"""Who wrote any part of a draft since it was last approved: they may not approve it."""

import json
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.db.models import Max, Q
from wagtail.models import Revision, WorkflowState

from services.models.entry import BOOKKEEPING

#: Content type and number: what an entry is called where many kinds meet.
Key = tuple[int, str]
#: What a revision keeps of its circumstances. Comments are no part of what citizens will read.
_NOT_TEXT = BOOKKEEPING | {"depth", "expired", "live", "owner", "path", "url_path", "wagtail_admin_comments"}


def key_of(entry: Any) -> Key:
    """What an entry is called in revisions and workflow states."""
    return entry.get_base_content_type().pk, str(entry.pk)


def authors_of(entry: Any) -> set[int]:
    """Ids of those who changed anything in the revisions after the last approved one.

    Code and imports are nobody. Who saved without changing anything but comments wrote nothing.
    """
    return authors_of_many([entry])[key_of(entry)]


def authors_of_many(entries: Iterable[Any], *, among: set[int] | None = None) -> dict[Key, set[int]]:
    """The authors of each of many entries, in five queries.

    Texts are compared only where somebody of ``among`` has saved: elsewhere all who saved count.
    """
    keyed = {key_of(entry): entry for entry in entries}
    revisions = _newer_revisions(keyed)
    doubtful = [key for key, found in revisions.items() if among is None or {user for _pk, user in found[1:]} & among]
    texts = _texts({pk for key in doubtful for pk, _user in revisions[key] if pk is not None})
    authors = {key: {user for _pk, user in found[1:] if user is not None} for key, found in revisions.items()}
    for key in doubtful:
        found = revisions[key]
        steps = pairwise(found)
        authors[key] = {
            user
            for (before, _author), (pk, user) in steps
            if user is not None and (before is None or texts[before] != texts[pk])
        }
    return authors


def _newer_revisions(keyed: dict[Key, Any]) -> dict[Key, list[tuple[int | None, int | None]]]:
    """Number and user of each entry's revisions, in their order: the last approved one, or none, comes first."""
    named = Q()
    for content_type in {key[0] for key in keyed}:
        named |= Q(base_content_type=content_type, object_id__in=[key[1] for key in keyed if key[0] == content_type])
    if not named:
        return {}
    approved = WorkflowState.objects.filter(named, status=WorkflowState.STATUS_APPROVED)
    last = approved.values_list("base_content_type", "object_id").annotate(Max("current_task_state__revision"))
    passed = {pk for *_key, pk in last} | {entry.live_revision_id for entry in keyed.values()}
    found: dict[Key, list[tuple[int | None, int | None]]] = {key: [(None, None)] for key in keyed}
    rows = Revision.objects.filter(named).order_by("created_at", "pk")
    for content_type, object_id, pk, user in rows.values_list("base_content_type", "object_id", "pk", "user"):
        key = (content_type, object_id)
        if pk in passed:
            found[key] = []
        found[key].append((pk, user))
    return found


def _texts(pks: set[int]) -> dict[int | None, dict[str, Any]]:
    return {pk: text_of(content) for pk, content in Revision.objects.filter(pk__in=pks).values_list("pk", "content")}


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
