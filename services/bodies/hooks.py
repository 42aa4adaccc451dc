"""Renaming and merging in Wagtail's admin: addresses, buttons of a body, and how they are told in its history."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from services.bodies.body_views import MergeView, RenameView
from services.languages import source_locale
from services.mapping import locale_of
from services.models import SecretariatPage
from services.newsroom.acts import TAKING_DOWN_ROLES
from services.newsroom.standing import holds, standing


@hooks.register("register_admin_urls")
def body_urls() -> list[URLResolver]:
    """Below the admin's own address."""
    patterns = [
        path("<int:body_id>/nome/", RenameView.as_view(), name="rename"),
        path("<int:body_id>/juntar/", MergeView.as_view(), name="merge"),
    ]
    return [path("conecta/orgaos/", include((patterns, "conecta_bodies")))]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def body_buttons(page: Page, user: Any, **_kwargs: Any) -> Iterator[Button]:
    """Beside a body's other buttons."""
    if page.specific_class is not SecretariatPage or page.alias_of_id or locale_of(page) != source_locale():
        return
    if _offered(user, page):
        yield Button(_("Mudar o nome"), reverse("conecta_bodies:rename", args=[page.pk]), icon_name="edit", priority=45)
        yield Button(
            _("Juntar a outro órgão"),
            reverse("conecta_bodies:merge", args=[page.pk]),
            icon_name="folder-open-inverse",
            priority=46,
        )


def _offered(user: Any, body: Page) -> bool:
    """As ``may_rename``, without asking again for each row of a list; the pages behind ask again."""
    if standing(user).is_set_up:
        return bool(user.is_superuser) or holds(user, *TAKING_DOWN_ROLES)
    return bool(body.permissions_for_user(user).can_publish())


@hooks.register("register_log_actions")
def body_acts(actions: Any) -> None:
    """How the two are told."""

    @actions.register_action("conecta.bodies.rename")
    class Rename(LogFormatter):
        label = _("Mudar o nome do órgão")

        def format_message(self, log_entry: Any) -> str:
            names: dict[str, str] = log_entry.data["title"]
            return _("O órgão “%(old)s” passou a se chamar “%(new)s”") % names

    @actions.register_action("conecta.bodies.merge")
    class Merge(LogFormatter):
        label = _("Juntar órgãos")

        def format_message(self, log_entry: Any) -> str:
            names = {name: log_entry.data[name]["title"] for name in ("ending", "staying")}
            return _("O órgão “%(ending)s” passou a fazer parte de “%(staying)s”") % names
