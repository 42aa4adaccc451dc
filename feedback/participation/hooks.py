"""Participation in Wagtail's admin: its addresses, its place in the menu, its right."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from feedback.models.participation import WRITES
from feedback.participation import admin_views as views
from feedback.participation import open_now, wanting, work  # noqa: F401 - they register themselves
from feedback.participation.answer_views import EXPORTED, AnswersView, ExportView


@hooks.register("register_admin_urls")
def participation_urls() -> list[URLResolver]:
    """Below the admin's own address."""
    patterns = [
        path("", views.ListView.as_view(), name="index"),
        path("relatorio/", views.BeginReportView.as_view(), name="report"),
        path("consulta/", views.BeginConsultationView.as_view(), name="consultation"),
        path("conselho/", views.BeginCouncilView.as_view(), name="council"),
        path("respostas/<int:page_id>/", AnswersView.as_view(), name="answers"),
        path("respostas/<int:page_id>/planilha/", ExportView.as_view(), name="export"),
    ]
    return [path("conecta/participacao/", include((patterns, "conecta_participation")))]


class _Item(MenuItem):
    """For those who may write there."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(WRITES)


@hooks.register("register_participation_menu_item")
def participation_item() -> MenuItem:
    """After the pages."""
    return _Item(
        _("Relatórios, consultas e conselho"),
        reverse("conecta_participation:index"),
        name="participacao-paginas",
        icon_name="group",
        order=190,
    )


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """For groups."""
    names = ("write_participation", "moderate_answers")
    return Permission.objects.filter(content_type__app_label="conecta_feedback", codename__in=names)


@hooks.register("register_log_actions")
def answer_acts(actions: Any) -> None:
    """Answers that left the house."""

    @actions.register_action(EXPORTED)
    class Exported(LogFormatter):
        label = gettext("Respostas baixadas")

        def format_message(self, log_entry: Any) -> str:
            count = int(log_entry.data.get("count", 0))
            said = ngettext("%d resposta baixada em planilha", "%d respostas baixadas em planilha", count)
            return said % count
