"""Private links in Wagtail's admin, for those who may make them."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from feedback.ways.batch_views import MADE, PERMISSION, BatchView, told


@hooks.register("register_admin_urls")
def rating_link_urls() -> list[URLResolver]:
    """Below the admin's own address."""
    patterns = [path("", BatchView.as_view(), name="index")]
    return [path("conecta/links-de-avaliacao/", include((patterns, "conecta_rating_links")))]


class _LinksItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


@hooks.register("register_participation_menu_item")
def rating_links_item() -> MenuItem:
    """Beside the rest of what people say."""
    return _LinksItem(_("Links de avaliação"), reverse("conecta_rating_links:index"), icon_name="link", order=130)


@hooks.register("register_log_actions")
def rating_link_actions(actions: Any) -> None:
    """What the register says of a batch."""

    @actions.register_action(MADE)
    class Made(LogFormatter):
        label = _("Fazer links de avaliação")

        def format_message(self, entry: Any) -> str:
            return told(entry.data)


@hooks.register("register_permissions")
def rating_link_permissions() -> QuerySet[Permission]:
    """The right to make links, for groups."""
    app_label, _dot, codename = PERMISSION.partition(".")
    return Permission.objects.filter(content_type__app_label=app_label, codename=codename)
