"""Wagtail's tree of pages in the admin, shown in at most thirty queries however many rows and roles there are."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.pages.listing import ExplorableIndexView, GenericPageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

_WITH_A_PARENT = ("locale", "latest_revision", "live_revision")


class TreeFilterSet(GenericPageFilterSet):
    """Without the choice of a site: one installation is one city, and ``manage.py check`` refuses a second."""

    site = None


class TreeView(ExplorableIndexView):
    """What hangs below a page."""

    base_filterset_class = TreeFilterSet
    # All rows have one parent: Wagtail asks for it with the column that it then leaves out.
    base_columns = [column for column in ExplorableIndexView.base_columns if column.name != "parent"]

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponseBase:
        """As Wagtail's own, which asks for the parent's language, schedule and draft one by one."""
        self._find(parent_page_id)
        root = self.permission_policy.explorable_root_instance(request.user)
        if not (self.parent_page.pk == root.pk or self.parent_page.is_descendant_of(root)):
            return redirect(self.index_url_name, root.pk)
        self.permissions = self.parent_page.permissions_for_user(request.user)
        below_the_root = self.i18n_enabled and not self.parent_page.is_root()
        self.locale = self.parent_page.locale if below_the_root else None
        self.translations = self.get_translations() if below_the_root else []
        response: HttpResponseBase = IndexView.get(self, request)
        return response

    def _find(self, parent_page_id: int | None) -> None:
        pages = Page.objects.select_related(*_WITH_A_PARENT).prefetch_workflow_states()
        asked = {"pk": parent_page_id} if parent_page_id else {"depth": 1}
        found = get_object_or_404(pages.annotate_approved_schedule(), **asked)
        self.parent_page = found.specific
        for name in _WITH_A_PARENT:
            setattr(self.parent_page, name, getattr(found, name))
        scheduled = self.parent_page.approved_schedule
        self.scheduled_page = self.parent_page.get_scheduled_revision_as_object() if scheduled else None

    def annotate_queryset(self, pages: Any) -> Any:
        """With the rows' languages; of their types and sites ``ContentType`` and one annotation know."""
        pages = pages.defer_streamfields().specific().select_related("locale", for_specific_subqueries=True)
        pages = pages.prefetch_workflow_states().annotate_has_untranslated_locale()
        return pages.annotate_site_root_state().annotate_approved_schedule()

    def get_side_panels(self) -> MediaContainer:
        """Wagtail's, about a draft that knows its revisions."""
        panels = super().get_side_panels()
        for panel in panels:
            panel.object.latest_revision = self.parent_page.latest_revision
            panel.object.live_revision = self.parent_page.live_revision
        return panels


class TreeViewSet(PageViewSet):
    """Pages of every type."""

    model = Page
    index_view_class = TreeView
    filterset_class = TreeFilterSet
