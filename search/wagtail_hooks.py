"""The search in Wagtail's admin."""

from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permission_policies.base import ModelPermissionPolicy

from search import missed  # noqa: F401 - tells the dashboard
from search.assigning_views import AssignView
from search.entry_chooser import EntryChooserViewSet, entry_chooser
from search.query_counts import QueryCount
from search.report_views import AskedReportView
from search.rule_viewsets import SearchGroup


class ReportMenuItem(MenuItem):
    """For those who may read it."""

    def is_shown(self, request: object) -> bool:
        """By the permission to view counts."""
        return bool(ModelPermissionPolicy(QueryCount).user_has_permission(request.user, "view"))  # type: ignore[attr-defined]


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLResolver]:
    """Below the admin's own address."""
    patterns = [
        path("", AskedReportView.as_view(), name="asked"),
        path("resultados/", AskedReportView.as_view(results_only=True), name="asked_results"),
        path("escrever/", AssignView.as_view(), name="assign"),
    ]
    return [path("conecta/buscas/", include((patterns, "conecta_search_admin")))]


@hooks.register("register_admin_viewset")
def rules() -> SearchGroup:
    """Synonyms and the rest, in one menu."""
    return SearchGroup()


@hooks.register("register_admin_viewset")
def chooser() -> EntryChooserViewSet:
    """Of what is published."""
    return entry_chooser


@hooks.register("register_reports_menu_item")
def report_item() -> MenuItem:
    """Among the reports."""
    return ReportMenuItem(
        _("O que as pessoas procuram"), reverse("conecta_search_admin:asked"), icon_name="search", order=10
    )


@hooks.register("register_permissions")
def permissions() -> object:
    """The right to read the report, for groups."""
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(content_type__app_label="conecta_search", codename="view_querycount")


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    """The few rules of our own screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("conecta_search/admin.css"))
