"""Links in Wagtail's admin: the report's addresses and its line in the menu."""

from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy

from services.links.views import LinkReportView


class _ReportItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        """For those who write or publish pages."""
        return bool(page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"}))


@hooks.register("register_admin_urls")
def link_urls() -> list[URLResolver]:
    """Below the admin's own address."""
    patterns = [
        path("", LinkReportView.as_view(), name="report"),
        path("resultados/", LinkReportView.as_view(results_only=True), name="report_results"),
    ]
    return [path("conecta/links/", include((patterns, "conecta_links")))]


@hooks.register("register_reports_menu_item")
def report_item() -> MenuItem:
    """Among the reports."""
    return _ReportItem(_("Links que não abrem"), reverse("conecta_links:report"), icon_name="link", order=20)
