"""Who wrote any part of a draft since it was last approved: they may not approve it."""

import hashlib
import json
import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.db.models import Max, Q
from wagtail.fields import StreamField
from wagtail.models import Revision, WorkflowState

from services.models.entry import BOOKKEEPING

#: Content type and number: what an entry is called where many kinds meet.
Key = tuple[int, str]
#: What a revision keeps of its circumstances. Comments are no part of what citizens will read.
_NOT_TEXT = BOOKKEEPING | {"depth", "expired", "live", "owner", "path", "url_path", "wagtail_admin_comments"}
#: The editor of rich text numbers its paragraphs.
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')

#: How it writes that there is none.
_NOTHING = frozenset({"", "<p></p>", "<p><br/></p>"})


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


def _texts(pks: set[int]) -> dict[int | None, str]:
    rows = Revision.objects.filter(pk__in=pks).select_related("content_type")
    return {revision.pk: text_of(revision) for revision in rows}


def text_of(revision: Revision) -> str:
    """A digest of what a citizen would read in a revision: its circumstances apart, however a form has written it."""
    model = revision.content_type.model_class()
    fields = {field.name: field for field in model._meta.get_fields()}
    content = {
        name: _of_field(fields.get(name), value) for name, value in revision.content.items() if name not in _NOT_TEXT
    }
    whole = json.dumps({name: value for name, value in content.items() if value}, sort_keys=True, default=str)
    return hashlib.sha256(whole.encode()).hexdigest()


def _of_field(field: Any, value: Any) -> Any:
    if isinstance(field, StreamField):
        return _plain(field.stream_block.get_prep_value(field.to_python(value)))
    if value is not None and not value and isinstance(value, int) and getattr(field, "null", False):
        # Where nothing may be said, "no" and nought are said.
        return repr(value)
    return _plain(value)


def _plain(value: Any) -> Any:
    """Without what is empty, and what a form puts around texts."""
    if isinstance(value, dict):
        # A block's own number says nothing.
        named = {"type", "value"} <= value.keys()
        parts = {name: _plain(part) for name, part in value.items() if not (named and name == "id")}
        return {name: part for name, part in parts.items() if part} or None
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value] or None
    if isinstance(value, str):
        written = _BLOCK_KEY.sub("", value.replace("\r\n", "\n")).strip()
        return None if written in _NOTHING else written
    return value or None
