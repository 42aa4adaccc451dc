"""Booklets in Wagtail's admin: addresses, a place among the reports, the rights of groups."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from services.booklet import admin_views as views


@hooks.register("register_admin_urls")
def booklet_urls() -> list[URLResolver]:
    """Below the admin's own address."""
    patterns = [
        path("", views.BookletsView.as_view(), name="index"),
        path("gerar/", views.MakeView.as_view(), name="make"),
        path("quadro-geral/", views.GeneralTableView.as_view(), name="general_table"),
        path("guardar/<slug:code>/", views.KeepView.as_view(), name="keep"),
    ]
    return [path("conecta/carta-em-pdf/", include((patterns, "conecta_booklets")))]


@hooks.register("register_reports_menu_item")
def booklets_item() -> MenuItem:
    """They hold what is public, so everybody in the admin has them."""
    return MenuItem(_("Carta em PDF"), reverse("conecta_booklets:index"), icon_name="doc-full-inverse", order=980)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """The rights to have booklets made and to keep them, for groups."""
    names = ["add_bookletedition", "change_bookletedition"]
    return Permission.objects.filter(content_type__app_label="conecta_services", codename__in=names)
