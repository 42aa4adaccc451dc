"""The charter's snippets in the admin: a body's people see and change what is their body's."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import DraftStateMixin, TranslatableMixin, WorkflowMixin
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import CopyView, CreateView, EditView, SnippetViewSet

from services.body_permissions import OF_A_BODY, OfItsBody, OfTheCity, visible_to
from services.languages import in_one_language, source_locale
from services.newsroom.telling import alone, keep_as_a_draft


class OwnOnly:
    """Before any view of an instance: is it in this person's reach?"""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Raises ``PermissionDenied`` for another body's."""
        entry = getattr(self, "object", None)
        asked = getattr(self, "permission_required", None)
        actions = {asked} if asked else set(getattr(self, "any_permission_required", None) or ())
        policy = getattr(self, "permission_policy", None)
        mine = (
            entry is None
            or not entry.pk
            or not actions
            or not isinstance(policy, OfItsBody | OfTheCity)
            or policy.user_has_any_permission_for_instance(request.user, actions, entry)
            or self._reviews(entry)
        )
        if not mine:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def _reviews(self, entry: Any) -> bool:
        """A deputy reads what is to be decided."""
        task = entry.current_workflow_task if isinstance(entry, WorkflowMixin) else None
        return task is not None and task.user_can_access_editor(entry, self.request.user)  # type: ignore[attr-defined]


class _VisibleOnly:
    def get_object_list(self) -> Any:
        """What is public, and one's own drafts."""
        return visible_to(self.request.user, super().get_object_list())  # type: ignore[attr-defined, misc]


class _Choose(_VisibleOnly, ChooseView):
    pass


class _ChooseResults(_VisibleOnly, ChooseResultsView):
    pass


class VisibleChooser(SnippetChooserViewSet):
    """Choosing a unit or a form."""

    choose_view_class = _Choose
    choose_results_view_class = _ChooseResults


def kept_as_a_draft(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view that publishes nothing of the source language past the newsroom."""

    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.GET.get("locale") in (None, source_locale()):
            keep_as_a_draft(request)
        return view(request, *args, **kwargs)

    return wrapped


class _Copy(CopyView):
    """The panel beside tells how the original is reviewed: Wagtail gives its link no address."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = dict(super().get_context_data(**kwargs))
        if issubclass(self.model, WorkflowMixin):
            name = self.model.snippet_viewset.get_url_name("workflow_history")
            context["workflow_history_url"] = reverse(name, args=[self.kwargs["pk"]])
        return context


class CharterViewSet(SnippetViewSet):
    """A snippet of the charter."""

    copy_view_class = _Copy
    chooser_viewset_class = VisibleChooser
    #: What a list shows of other tables: read with its rows, not row by row.
    with_each: tuple[str, ...] = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        policy = OfItsBody if self.model in OF_A_BODY else OfTheCity
        register_permission_policy(self.model, policy(self.model))

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        """Every view asks whose the instance is, and tells in a sentence what is refused."""
        view = super().construct_view(type(view_class.__name__, (OwnOnly, view_class), {}), **kwargs)
        drafted = issubclass(self.model, DraftStateMixin) and issubclass(view_class, CreateView | EditView)
        return alone(kept_as_a_draft(view) if drafted else view)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Only what this person may at least read, in one language."""
        policy = self.permission_policy
        rows = self.model._default_manager.all()
        if isinstance(policy, OfItsBody):
            rows = policy.instances_user_has_any_permission_for(request.user, {"add", "change", "delete", "view"})
        if issubclass(self.model, TranslatableMixin):
            rows = in_one_language(rows, request.GET)
        return rows.select_related(*self.with_each) if self.with_each else rows
