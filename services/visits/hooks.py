"""The report of visits in the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from services.visits.report_views import VisitsReportView


@hooks.register("register_admin_urls")
def visits_urls() -> list[URLPattern | URLResolver]:
    """The report, whole and as its list alone."""
    patterns = [
        path("", VisitsReportView.as_view(), name="report"),
        path("resultados/", VisitsReportView.as_view(results_only=True), name="report_results"),
    ]
    return [path("conecta/visitas/", include((patterns, "conecta_visits")))]


class _VisitsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("conecta_services.view_visitcount"))


@hooks.register("register_reports_menu_item")
def visits_item() -> MenuItem:
    """Among the reports."""
    return _VisitsItem(_("Visitas aos serviços"), reverse("conecta_visits:report"), icon_name="view", order=6)
