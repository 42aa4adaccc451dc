"""A change that holds for what is public and for the draft, and leaves the draft's other changes a draft."""

from collections.abc import Callable
from typing import Any

from wagtail.models import ReferenceIndex, Revision

from services.publishing import publishing


def publish_change(entry: Any, change: Callable[[Any], None], *, user: Any) -> None:
    """Change an entry in its public version and in its draft, each by a new revision.

    ``change`` sets fields of the object that it gets. An entry that is not public gets a draft only.
    Raises ``Incomplete`` and ``PublishingBusy``.
    """
    with publishing():
        public = type(entry)._default_manager.get(pk=entry.pk)
        draft = public.latest_revision if public.has_unpublished_changes or not public.live else None
        if public.live:
            change(public)
            revision = public.save_revision(user=user, changed=True, clean=False, log_action=True)
            revision.publish(user=user, skip_permission_checks=True)
        if draft is not None:
            found = draft.as_object()
            change(found)
            found.save_revision(user=user, changed=True, clean=False, log_action=not public.live)


def keep_books(entry: Any, values: dict[str, Any]) -> None:
    """Set columns that are about an entry and not its text, on its row and in the revisions that may be its row.

    No revision is made: nobody reads the text again for them, and a review goes on. Inside ``publishing()``.
    """
    type(entry)._default_manager.filter(pk=entry.pk).update(**values)
    for name, value in values.items():
        setattr(entry, name, value)
    stored = {name: _as_stored(entry, name) for name in values}
    for revision in _revisions(entry):
        revision.content |= stored
        revision.save(update_fields=["content"])
    ReferenceIndex.create_or_update_for_object(entry)


def replace_reference(entry: Any, name: str, *, old: Any, new: Any) -> None:
    """Have an entry that names one other name another, in whichever of row and revisions does. As ``keep_books``."""
    if getattr(entry, f"{name}_id") == old.pk:
        type(entry)._default_manager.filter(pk=entry.pk).update(**{name: new})
        setattr(entry, name, new)
        ReferenceIndex.create_or_update_for_object(entry)
    for revision in _revisions(entry):
        if revision.content.get(name) == old.pk:
            revision.content[name] = new.pk
            revision.save(update_fields=["content"])


def _revisions(entry: Any) -> Any:
    return Revision.objects.filter(pk__in={entry.latest_revision_id, entry.live_revision_id} - {None})


def _as_stored(entry: Any, name: str) -> Any:
    """As a revision's JSON holds it: numbers of others as numbers, dates as text."""
    field = entry._meta.get_field(name)
    value = getattr(entry, field.attname)
    return value if value is None or field.is_relation else field.value_to_string(entry)
