"""The first day in Wagtail's admin: its screens, its place among the settings, what the register of acts says of it."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.first_day import log_actions  # noqa: F401 - registers itself
from home.first_day.backup_views import BackupKeysView
from home.first_day.calendar_views import CalendarView
from home.first_day.invitation_views import InvitationsView, RenewView, RevokeView
from home.first_day.inviting import may_invite
from home.first_day.list_views import BodiesView, DistrictsView
from home.first_day.panel import FirstDayPanel
from home.first_day.views import LeaveOutView, ListView, TrialMailView


@hooks.register("register_admin_urls")
def first_day_urls() -> list[URLPattern | URLResolver]:
    """Below the admin's own address."""
    patterns = [
        path("", ListView.as_view(), name="list"),
        path("passo/<slug:key>/", LeaveOutView.as_view(http_method_names=["post"]), name="leave_out"),
        path("email/", TrialMailView.as_view(http_method_names=["post"]), name="mail"),
        path("calendario/", CalendarView.as_view(), name="calendar"),
        path("distritos/", DistrictsView.as_view(), name="districts"),
        path("orgaos/", BodiesView.as_view(), name="bodies"),
        path("chaves/", BackupKeysView.as_view(), name="backup_keys"),
        path("convites/", InvitationsView.as_view(), name="invitations"),
        path("convites/<int:pk>/enviar/", RenewView.as_view(), name="renew"),
        path("convites/<int:pk>/cancelar/", RevokeView.as_view(), name="revoke"),
    ]
    return [path("conecta/primeiros-passos/", include((patterns, "conecta_first_day")))]


class _Item(MenuItem):
    """For those who invite people."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_invite(request.user)


@hooks.register("register_settings_menu_item")
def invitations_item() -> MenuItem:
    """Beside the users."""
    return _Item(_("Convidar pessoas"), reverse("conecta_first_day:invitations"), icon_name="group", order=590)


@hooks.register("register_settings_menu_item")
def first_day_item() -> MenuItem:
    """First among the settings."""
    return _Item(_("Primeiros passos"), reverse("conecta_first_day:list"), icon_name="tasks", order=10)


@hooks.register("construct_homepage_panels")
def first_day_panel(_request: HttpRequest, panels: list[Any]) -> None:
    """Above everything, while something is left."""
    panels.append(FirstDayPanel())
