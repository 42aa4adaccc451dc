"""The side panel "Completude" of an entry's form: the score and each gap, live as somebody types.

Wagtail has no hook for side panels, so the method that lists them is wrapped where its views define it.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.create import CreateView as CreatePageView
from wagtail.admin.views.pages.edit import EditView as EditPageView
from wagtail.models import Page
from wagtail.snippets.views.snippets import CreateView as CreateSnippetView
from wagtail.snippets.views.snippets import EditView as EditSnippetView

from services.assessment import Assessment, assess, is_assessed

#: Each form to which the panel is added. A test opens them all, so that an upgrade which renames one is noticed.
FORMS = (CreatePageView, EditPageView, CreateSnippetView, EditSnippetView)


class CompletenessSidePanel(BaseSidePanel):
    """What is missing in the entry of a form."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """With the number of gaps that keep the entry from going public."""

        aria_label = _("Mostrar ou esconder o que falta")
        icon_name = "clipboard-list"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            """The number with which the form opens."""
            count = len(self.panel.found.required)
            return {**super().get_context_data(parent_context), "count": count}

    name = "completeness"
    title = _("Completude")
    template_name = "conecta_services/admin/completeness_panel.html"
    order = 50

    def __init__(self, entry: Any, request: Any, *, parent: Page | None) -> None:
        super().__init__(entry, request)
        self.parent = parent

    @functools.cached_property
    def found(self) -> Assessment:
        """How the entry stands as the form opens."""
        return assess(self.object, parent=self.parent)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The assessment, where to ask for the next, and whether a publication was just refused for it."""
        form = parent_context.get("form")
        return {
            **super().get_context_data(parent_context),
            "found": self.found,
            "address": _address(self.object, self.parent),
            "refused": bool(form is not None and form.is_bound and form.errors and self.found.required),
        }


def install() -> None:
    """Add the panel to the forms, once."""
    for view in FORMS:
        if not hasattr(view.get_side_panels, "_conecta"):
            view.get_side_panels = _with_panel(view.get_side_panels)


def _with_panel(get_side_panels: Callable[[Any], Any]) -> Callable[[Any], Any]:
    @functools.wraps(get_side_panels)
    def wrapped(view: Any) -> Any:
        panels = get_side_panels(view)
        entry = view.form.instance
        # Answers to scripts renew what a save changes; this panel renews itself.
        silent = getattr(view, "expects_json_response", False) or getattr(view, "hydrate_create_view", False)
        if silent or not is_assessed(type(entry)):
            return panels
        parent = getattr(view, "parent_page", None) if not entry.pk else None
        status, *others = panels
        return MediaContainer([status, CompletenessSidePanel(entry, view.request, parent=parent), *others])

    wrapped._conecta = True  # type: ignore[attr-defined]
    return wrapped


def _address(entry: Any, parent: Page | None) -> str:
    """Where the form is assessed as it stands."""
    if not isinstance(entry, Page):
        arguments = [entry.kind, entry.pk] if entry.pk else [entry.kind]
        return reverse("conecta_completeness:" + ("snippet" if entry.pk else "new_snippet"), args=arguments)
    if entry.pk:
        return reverse("conecta_completeness:page", args=[entry.pk])
    names = [entry._meta.app_label, entry._meta.model_name, parent.pk if parent else 0]
    return reverse("conecta_completeness:new_page", args=names)
