"""The spreadsheet in Wagtail's admin: its address, its place in the menu, and how the history tells of it."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from services.drafting import may_draft
from services.sheets.sheet_views import PlanView, ServicesView, SheetView, TemplateView
from services.sheets.writing_drafts import ACTION


@hooks.register("register_admin_urls")
def sheet_urls() -> list[URLResolver]:
    """Below the admin's own address."""
    patterns = [
        path("", SheetView.as_view(), name="index"),
        path("modelo.xlsx", TemplateView.as_view(), name="template"),
        path("servicos.xlsx", ServicesView.as_view(), name="services"),
        path("<uuid:sheet>/", PlanView.as_view(), name="plan"),
    ]
    return [path("conecta/planilha/", include((patterns, "conecta_sheets")))]


class _SheetItem(MenuItem):
    """For those who may write."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_draft(request.user)


@hooks.register("register_admin_menu_item")
def sheet_item() -> MenuItem:
    """Beside the pages."""
    return _SheetItem(
        gettext_lazy("Planilha"), reverse("conecta_sheets:index"), name="planilha", icon_name="table", order=150
    )


@hooks.register("register_log_actions")
def sheet_acts(actions: Any) -> None:
    """A draft that came out of a spreadsheet."""

    @actions.register_action(ACTION)
    class Draft(LogFormatter):
        label = _("Rascunho pela planilha")

        def format_message(self, log_entry: Any) -> str:
            return str(_("Rascunho gravado pela planilha"))
