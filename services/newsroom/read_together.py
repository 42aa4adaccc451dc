"""What Wagtail's lists ask for row by row, asked for once: whether each is in review, what refers to it, its parent."""

import functools
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.admin.views.chooser import BrowseView
from wagtail.models import Page, WorkflowMixin, WorkflowState
from wagtail.models.audit_log import LogEntryQuerySet, ModelLogEntryManager
from wagtail.models.pages import PageLogEntryManager
from wagtail.models.reference_index import ReferenceGroups


def install() -> None:
    """Wrap them. Called once."""
    _wrap(LogEntryQuerySet, "with_instances", _with_their_reviews)
    _wrap(PageLogEntryManager, "viewable_by_user", _once_a_request)
    _wrap(ModelLogEntryManager, "viewable_by_user", _once_a_request)
    _wrap(ReferenceGroups, "__iter__", _by_kind)
    _wrap(BrowseView, "filter_object_list", _with_their_parent)


def _wrap(owner: Any, method: str, wrapper: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    found = getattr(owner, method)
    setattr(owner, method, functools.wraps(found)(wrapper(found)))


def _with_their_reviews(with_instances: Callable[..., Any]) -> Callable[..., Any]:
    """A history asks of each entry whether this person may edit it, and that depends on its review."""

    def wrapped(self: Any) -> Iterator[tuple[Any, Any]]:
        # In one query what Wagtail prefetches in three; content types are known to the process.
        acts = self.prefetch_related(None).select_related("user__wagtail_userprofile")
        pairs = list(with_instances(acts))
        for act, _entry in pairs:
            if act.content_type_id is not None:
                act.content_type = ContentType.objects.get_for_id(act.content_type_id)
        _tell_reviews([entry for _act, entry in pairs if isinstance(entry, WorkflowMixin)])
        yield from pairs

    return wrapped


def _tell_reviews(entries: list[Any]) -> None:
    """Of entries of any kinds in one query, where Wagtail's own prefetching asks for each kind."""
    by_kind = defaultdict(set)
    for entry in entries:
        by_kind[ContentType.objects.get_for_model(entry, for_concrete_model=False).pk].add(str(entry.pk))
    if not by_kind:
        return
    asked = Q()
    for content_type, ids in by_kind.items():
        asked |= Q(content_type=content_type, object_id__in=ids)
    states = defaultdict(list)
    for state in WorkflowState.objects.active().filter(asked).select_related("current_task_state__task"):
        states[state.content_type_id, state.object_id].append(state)
    for entry in entries:
        key = ContentType.objects.get_for_model(entry, for_concrete_model=False).pk, str(entry.pk)
        entry._current_workflow_states = states[key]


def _once_a_request(viewable_by_user: Callable[..., Any]) -> Callable[..., Any]:
    """The site's history asks three times for the acts that somebody may see."""

    def wrapped(self: Any, user: Any) -> Any:
        kept = user.__dict__.setdefault("_conecta_seen_acts", {})
        if self.model not in kept:
            kept[self.model] = viewable_by_user(self, user)
        return kept[self.model].all()

    return wrapped


def _by_kind(_iter: Callable[..., Any]) -> Callable[..., Any]:
    """What refers to an entry: each kind of source in one query, in Wagtail's order."""

    def wrapped(self: ReferenceGroups) -> Iterator[tuple[Any, list[Any]]]:
        groups: dict[tuple[int, str], list[Any]] = defaultdict(list)
        for reference in self.qs:
            groups[reference.base_content_type_id, reference.object_id].append(reference)
        ids = defaultdict(list)
        for content_type, object_id in groups:
            ids[content_type].append(object_id)
        sources = {}
        for content_type, object_ids in ids.items():
            model: Any = ContentType.objects.get_for_id(content_type).model_class()
            for source in model._base_manager.filter(pk__in=object_ids):
                sources[content_type, str(source.pk)] = source
        for key, references in groups.items():
            # An index that was not told of a deletion names what is gone.
            if key in sources:
                yield sources[key], references

    return wrapped


def _with_their_parent(filter_object_list: Callable[..., Any]) -> Callable[..., Any]:
    """All that is browsed at a time hangs below one page."""

    def wrapped(self: BrowseView, pages: Any) -> Any:
        rows = filter_object_list(self, pages)
        rows = rows.prefetch_workflow_states().annotate_approved_schedule()
        rows._iterable_class = _below(self.parent_page, rows._iterable_class)
        return rows

    return wrapped


def _below(parent: Page, iterable: Any) -> Any:
    class Each(iterable):
        def __iter__(self) -> Iterator[Any]:
            for page in super().__iter__():
                page._cached_parent_obj = parent
                yield page

    return Each
