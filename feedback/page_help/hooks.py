"""“Esta página ajudou?” below each entry, and in the admin what readers found wrong."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Window
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from feedback.models import PageError
from feedback.page_help.admin_views import ErrorListView, ErrorView
from feedback.page_help.owning import REOPENED, errors_for, may_settle
from feedback.page_help.sections import section_of
from services.dashboard.work import FIRST, Line, Work
from services.record import Record


# After the rating of a service. Links alone: a page that is kept for all holds nothing made for one.
@hooks.register("conecta_article_section", order=200)
def page_help_section(record: Record) -> str:
    """Below each entry that has a page."""
    if not record.url:
        return ""
    return render_to_string("conecta_feedback/page_help_section.html", {"record": record})


@hooks.register("register_admin_urls")
def page_error_urls() -> list[URLResolver]:
    """Below the admin's own address."""
    patterns = [
        path("", ErrorListView.as_view(), name="list"),
        path("resultados/", ErrorListView.as_view(results_only=True), name="list_results"),
        path("<int:pk>/", ErrorView.as_view(), name="one"),
    ]
    return [path("conecta/erros-apontados/", include((patterns, "conecta_page_errors")))]


@hooks.register("register_log_actions")
def error_acts(actions: Any) -> None:
    """Errors that were opened again."""

    @actions.register_action(REOPENED)
    class Reopened(LogFormatter):
        label = gettext_lazy("Erro apontado aberto de novo")

        def format_message(self, log_entry: Any) -> str:
            return _("Erro apontado aberto de novo.")


class _ErrorsItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        """For those whose pages they are."""
        return may_settle(request.user)


@hooks.register("register_participation_menu_item")
def errors_item() -> MenuItem:
    """Beside the reviews: it is work, not a report."""
    return _ErrorsItem(
        gettext_lazy("Erros apontados"), reverse("conecta_page_errors:list"), icon_name="warning", order=96
    )


@hooks.register("conecta_dashboard_panel", order=15)
def errors_on_own_pages(request: HttpRequest, _at: datetime) -> Work | None:
    """The oldest first: who found it has waited longest."""
    user: Any = request.user
    if not may_settle(user):
        return None
    errors = errors_for(user).filter(state=PageError.State.OPEN, set_aside=False)
    rows = list(errors.annotate(total=Window(Count("*"))).order_by("received_at", "pk")[:FIRST])
    lines = [
        Line(
            error.title or error.path,
            reverse("conecta_page_errors:one", args=[error.pk]),
            str(section_of(error.kind, error.section).label),
        )
        for error in rows
    ]
    total = rows[0].total if rows else 0
    return Work(_("Erros apontados nas suas páginas"), "warning", total, lines, reverse("conecta_page_errors:list"))
