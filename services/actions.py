"""Every Wagtail action that can change what is public runs in one transaction with the records.

Wagtail's views, workflows, schedules and code all go through action classes, and most are not
atomic. Wrapping ``execute`` where it is defined covers every route; a test walks the classes,
so that an upgrade which adds one is noticed.
"""

import functools
from collections.abc import Callable
from typing import Any

from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_for_translation import CopyForTranslationAction, CopyPageForTranslationAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create import CreateAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.delete import DeleteAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.edit import EditAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.revert_to_revision import RevertToRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction

from services import completeness
from services.mapping import own_record
from services.models import Sourced
from services.publishing import gate_is_open, mark, publishing

#: The classes whose own ``execute`` is wrapped.
WRAPPED = (
    ConvertAliasPageAction,
    CopyForTranslationAction,
    CopyPageAction,
    CopyPageForTranslationAction,
    CreateAction,
    CreatePageAliasAction,
    DeleteAction,
    DeletePageAction,
    EditAction,
    MovePageAction,
    PublishRevisionAction,
    RevertToRevisionAction,
    UnpublishAction,
    UnpublishPageAction,
)
#: Those that need no transaction of ours, and why.
EXEMPT = {"BaseAction": "abstract: raises NotImplementedError"}

#: Where each class that publishes content keeps what it publishes.
_PUBLISHED_BY = {PublishRevisionAction: "object", CopyPageAction: "page"}


def install() -> None:
    """Wrap them, once."""
    for action in WRAPPED:
        if not hasattr(action.execute, "__wrapped__"):
            action.execute = _in_publishing(action.execute, _PUBLISHED_BY.get(action))


def _in_publishing(execute: Callable[..., Any], published: str | None) -> Callable[..., Any]:
    @functools.wraps(execute)
    def wrapped(self: Any, *args: Any, **kwargs: Any) -> Any:
        if not _touches_an_entry(self):
            return execute(self, *args, **kwargs)
        with publishing():
            if published and getattr(self, "keep_live", True):
                _require_complete(getattr(self, published))
            result = execute(self, *args, **kwargs)
            # Some actions write single columns, which save() rightly keeps quiet about.
            subject = _subject(self)
            if isinstance(subject, Sourced) and subject.record_id:
                mark(subject.kind, subject.record_id)
            return result

    return wrapped


def _subject(action: Any) -> Any:
    return getattr(action, "object", None) or getattr(action, "page", None) or action.instance


def _touches_an_entry(action: Any) -> bool:
    """Whether the log's lock is needed: pages may have entries below them, other models only if they are one."""
    subject = _subject(action)
    return isinstance(subject, Sourced) or hasattr(subject, "get_descendants")


def _require_complete(subject: Any) -> None:
    entry = getattr(subject, "specific", subject)
    if isinstance(entry, Sourced) and not gate_is_open():
        completeness.require(own_record(entry))
