"""The register in Wagtail's admin: its address, its place among the reports, the right to read it."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from services.acts.register_views import ActsView, may_read_acts


class ActsMenuItem(MenuItem):
    """For those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By the permission to view history entries."""
        return may_read_acts(request.user)


@hooks.register("register_admin_urls")
def acts_urls() -> list[URLResolver]:
    """Below the admin's own address."""
    patterns = [
        path("", ActsView.as_view(), name="index"),
        path("resultados/", ActsView.as_view(results_only=True), name="results"),
    ]
    return [path("conecta/atos/", include((patterns, "conecta_acts")))]


@hooks.register("register_reports_menu_item")
def acts_item() -> MenuItem:
    """Among the reports."""
    return ActsMenuItem(_("Registro de atos"), reverse("conecta_acts:index"), icon_name="history", order=990)


@hooks.register("construct_reports_menu")
def one_history(request: HttpRequest, menu_items: list[Any]) -> None:
    """Who has the register needs no second list of the same."""
    if may_read_acts(request.user):
        menu_items[:] = [item for item in menu_items if item.name != "site-history"]


@hooks.register("register_permissions")
def acts_permissions() -> QuerySet[Permission]:
    """The right to read the register, for groups; there is none to change it."""
    return Permission.objects.filter(content_type__app_label="wagtailcore", codename="view_pagelogentry")
