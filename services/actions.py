"""Every Wagtail action that can change what is public runs in one transaction with the records.

Wagtail's views, workflows, schedules and code all go through action classes, and most are not
atomic. Wrapping ``execute`` where it is defined covers every route; a test walks the classes,
so that an upgrade which adds one is noticed.
"""

import functools
from collections.abc import Callable, Iterable, Iterator
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
from wagtail.models import DraftStateMixin, Page, PageViewRestriction, TaskState, Workflow, WorkflowState
from wagtail.query import PageQuerySet

from services.gate import require_complete, saves_judged
from services.leave import require_down, require_leave
from services.models import Sourced
from services.publishing import entry_of, mark, mark_below, publishing

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

#: Other doors of Wagtail that write rows before they come to publish, or that are no actions.
#: Each is (class, method): what runs inside takes the log's row first and is one transaction with the records.
DOORS = (
    (PageQuerySet, "delete"),
    (PageViewRestriction, "delete"),
    (PageViewRestriction, "save"),
    (TaskState, "approve"),
    (TaskState, "cancel"),
    (Workflow, "start"),
    (WorkflowState, "finish"),
    (WorkflowState, "resume"),
)


def install() -> None:
    """Wrap them, once."""
    for action in WRAPPED:
        _wrap(action, "execute", _action_in_publishing)
    for owner, method in DOORS:
        _wrap(owner, method, _in_publishing)
    _wrap(Page, "_update_descendant_url_paths", _marking_below)


def _wrap(owner: Any, method: str, wrapper: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    found = getattr(owner, method)
    if not hasattr(found, "_conecta"):
        wrapped = functools.wraps(found)(wrapper(found))
        wrapped._conecta = True  # type: ignore[attr-defined]
        setattr(owner, method, wrapped)


def _in_publishing(method: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        with publishing():
            return method(*args, **kwargs)

    return wrapped


def _marking_below(update_addresses: Callable[..., Any]) -> Callable[..., Any]:
    """Wagtail calls it where a slug or a move gave other addresses to all that is below a page."""

    def wrapped(page: Page, *args: Any, **kwargs: Any) -> Any:
        with publishing():
            result = update_addresses(page, *args, **kwargs)
            mark_below(page)
            return result

    return wrapped


def _action_in_publishing(execute: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(self: Any, *args: Any, **kwargs: Any) -> Any:
        subject = _subject(self)
        # The lock is needed for pages, below which there may be entries; other models only if they are one.
        if not isinstance(subject, Sourced | Page):
            return execute(self, *args, **kwargs)
        with publishing():
            if isinstance(self, UnpublishAction | UnpublishPageAction):
                require_leave(subject, self.user)
            elif isinstance(self, DeleteAction | DeletePageAction) and isinstance(subject, DraftStateMixin):
                require_down(subject, self.user)
            for content in _published_by(self):
                require_leave(content, self.user)
                require_complete(content)
            with saves_judged():
                result = execute(self, *args, **kwargs)
            # Some actions write single columns, which save() rightly keeps quiet about.
            if entry := entry_of(_subject(self)):
                mark(*entry)
            return result

    return wrapped


def _subject(action: Any) -> Any:
    return getattr(action, "object", None) or getattr(action, "page", None) or action.instance


def _published_by(action: Any) -> Iterator[Sourced | Page]:
    """The pages and entries whose own content an action makes public."""
    pages: Iterable[Any] = ()
    if isinstance(action, PublishRevisionAction):
        pages = [action.object]
    elif isinstance(action, ConvertAliasPageAction):
        pages = [action.page]
    elif isinstance(action, CopyPageAction) and action.keep_live:
        below = action.page.get_descendants().live().specific() if action.recursive else ()
        pages = [action.page, *below]
    for page in pages:
        entry = getattr(page, "specific", page)
        if isinstance(entry, Sourced | Page) and (isinstance(action, PublishRevisionAction) or entry.live):  # type: ignore[union-attr]
            yield entry
