"""Addresses, menus and panels of the newsroom."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import (
    LockedPagesPanel,
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from services.body_permissions import visible_to
from services.models import Absence
from services.newsroom.act_views import TakeDownView, UrgentView
from services.newsroom.inbox import InboxPanel
from services.newsroom.inbox_views import InboxView
from services.newsroom.menu_pages import MenuPages
from services.newsroom.page_tree import TreeViewSet
from services.newsroom.places import read_address
from services.newsroom.reading_views import HistoryView, ReadView
from services.newsroom.report_views import AtOnceReport, UndoView, UrgentReport
from services.newsroom.standing import sees_all, standing


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLResolver]:
    """Below the admin's own address."""
    patterns = [
        path("caixa/", InboxView.as_view(), name="inbox"),
        path("urgente/<int:content_type>/<str:pk>/", UrgentView.as_view(), name="urgent"),
        path("tirar-do-ar/<int:content_type>/<str:pk>/", TakeDownView.as_view(), name="take_down"),
        path("ler/<int:content_type>/<str:pk>/", HistoryView.as_view(), name="history"),
        path("ler/<int:content_type>/<str:pk>/<int:revision>/", ReadView.as_view(), name="read"),
        path("relatorios/urgentes/", UrgentReport.as_view(), name="urgent_report"),
        path("relatorios/sem-aprovacao-previa/", AtOnceReport.as_view(), name="at_once"),
        path("relatorios/sem-aprovacao-previa/<int:entry>/desfazer/", UndoView.as_view(), name="undo"),
    ]
    return [path("conecta/redacao/", include((patterns, "conecta_newsroom")))]


class AbsenceViewSet(ModelViewSet):
    """Who is away, and who stands in."""

    model = Absence
    name = "conecta_absences"
    url_prefix = "ausencias"
    icon = "calendar-alt"
    menu_label = _("Ausências")
    menu_order = 600
    add_to_settings_menu = True
    list_display = ["user", "starts", "ends", "deputy"]
    form_fields = ["user", "starts", "ends", "deputy"]
    inspect_view_enabled = False


@hooks.register("register_admin_viewset")
def absences() -> AbsenceViewSet:
    """In the settings."""
    return AbsenceViewSet()


@hooks.register("register_admin_viewset", order=1)
def tree() -> TreeViewSet:
    """After Wagtail's own, whose place it takes."""
    return TreeViewSet()


@hooks.register("construct_admin_api")
def menu_pages(router: WagtailAPIRouter) -> None:
    """In place of Wagtail's own."""
    router.register_endpoint("pages", MenuPages)


class _SetUpItem(MenuItem):
    """Where the newsroom is set up."""

    def is_shown(self, request: HttpRequest) -> bool:
        return standing(request.user).is_set_up


class _ReportItem(MenuItem):
    """For those who see all bodies."""

    def is_shown(self, request: HttpRequest) -> bool:
        return standing(request.user).is_set_up and sees_all(request.user)


@hooks.register("register_admin_menu_item")
def inbox_item() -> MenuItem:
    """Beside the services."""
    return _SetUpItem(_("Minha caixa"), reverse("conecta_newsroom:inbox"), icon_name="mail", order=80)


@hooks.register("register_reports_menu_item")
def urgent_item() -> MenuItem:
    """Among the reports."""
    address = reverse("conecta_newsroom:urgent_report")
    return _ReportItem(_("Publicações urgentes"), address, icon_name="warning", order=20)


@hooks.register("register_reports_menu_item")
def at_once_item() -> MenuItem:
    """Among the reports."""
    address = reverse("conecta_newsroom:at_once")
    return _ReportItem(_("Publicado sem aprovação prévia"), address, icon_name="time", order=30)


@hooks.register("construct_homepage_panels", order=10)
def inbox_panel(request: HttpRequest, home_panels: list[Any]) -> None:
    """In place of Wagtail's panels, which ask the database once for each text or show what nobody waits for."""
    if standing(request.user).is_set_up:
        wagtails_own = (
            WorkflowObjectsToModeratePanel,
            UserObjectsInWorkflowModerationPanel,
            RecentEditsPanel,
            LockedPagesPanel,
        )
        home_panels[:] = [panel for panel in home_panels if not isinstance(panel, wagtails_own)]
        home_panels.append(InboxPanel())


@hooks.register("construct_homepage_summary_items", order=100)
def no_totals(request: HttpRequest, summary_items: list[Any]) -> None:
    """How many images there are is nobody's work, and counting takes a third of the page's queries."""
    if standing(request.user).is_set_up:
        summary_items.clear()


@hooks.register("construct_page_chooser_queryset")
def only_what_may_be_known(pages: Any, request: HttpRequest) -> Any:
    """Nobody comes to know of another body's drafts by choosing."""
    return visible_to(request.user, pages)


@hooks.register("register_page_listing_more_buttons")
def read_button(page: Page, user: Any, next_url: str | None = None) -> Any:
    """For those who read all and change nothing."""
    if user.is_superuser or page.depth == 1 or page_permission_policy.user_has_permission(user, "change"):
        return
    if standing(user).is_set_up and sees_all(user):
        yield Button(_("Rascunho e histórico"), read_address(page.specific_deferred), icon_name="history", priority=5)


@hooks.register("register_snippet_listing_buttons")
def read_snippet_button(snippet: Any, user: Any, next_url: str | None = None) -> Any:
    """For those who read all and change nothing."""
    policy = type(snippet).snippet_viewset.permission_policy
    if user.is_superuser or not hasattr(snippet, "latest_revision_id") or policy.user_has_permission(user, "change"):
        return
    if standing(user).is_set_up and sees_all(user):
        yield Button(_("Rascunho e histórico"), read_address(snippet), icon_name="history", priority=5)
