"""The inbox in Wagtail's admin: addresses, menu, permissions, keyboard.

Other parts of the room "Participação" stand below it through the hook ``register_participation_menu_item``.
"""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from feedback.inbox_admin import dashboard, log_actions, page_panel  # noqa: F401 - the first two register themselves
from feedback.inbox_admin.comment_views import CommentView
from feedback.inbox_admin.export_views import export
from feedback.inbox_admin.list_views import InboxView
from feedback.inbox_admin.manifestation_views import (
    ActView,
    AttachmentView,
    ContactView,
    ManifestationView,
    RequestActView,
)
from feedback.reading import Reader
from feedback.roles import EVERYTHING

PARTICIPATION = Menu(register_hook_name="register_participation_menu_item")
page_panel.install()


class _InboxItem(MenuItem):
    """For those who may read any of it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return Reader.of(request.user).opens


@hooks.register("register_admin_urls")
def inbox_urls() -> list[URLResolver]:
    """Below the admin's own address."""
    patterns = [
        path("", InboxView.as_view(), name="inbox"),
        path("exportar/", export, name="export"),
        path(
            "manifestacao/<int:pk>/", ManifestationView.as_view(http_method_names=["get", "head"]), name="manifestation"
        ),
        path("manifestacao/<int:pk>/contato/", ContactView.as_view(), name="contact"),
        path("manifestacao/<int:pk>/<slug:act>/", ActView.as_view(), name="act"),
        path("pedido/<int:request_pk>/<slug:act>/", RequestActView.as_view(), name="request_act"),
        path("anexo/<int:pk>/", AttachmentView.as_view(), name="attachment"),
        path("comentario/<int:pk>/", CommentView.as_view(http_method_names=["get", "head"]), name="comment"),
        path(
            "comentario/<int:pk>/<slug:act>/",
            CommentView.as_view(http_method_names=["post"]),
            name="comment_act",
        ),
    ]
    return [path("conecta/caixa-de-entrada/", include((patterns, "conecta_inbox")))]


@hooks.register("register_admin_menu_item")
def participation() -> MenuItem:
    """Beside one's own tray."""
    return SubmenuMenuItem(_("Participação"), PARTICIPATION, name="what-people-say", icon_name="group", order=90)


@hooks.register("register_participation_menu_item")
def inbox_item() -> MenuItem:
    """The first of the room."""
    return _InboxItem(_("Caixa de entrada"), reverse("conecta_inbox:inbox"), icon_name="mail", order=10)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """What a group may be given."""
    return Permission.objects.filter(content_type__app_label="conecta_feedback", codename__in=EVERYTHING)


@hooks.register("insert_global_admin_css")
def inbox_css() -> str:
    """Of the list, of a page's panel, and of the dashboard."""
    return format_html('<link rel="stylesheet" href="{}">', static("conecta_feedback/inbox.css"))
