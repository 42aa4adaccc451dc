"""The door in Wagtail's admin: its addresses, and its places in a person's account and in the list of people."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from home.second_factor.reset_views import ResetView, may_reset
from home.second_factor.views import LinkView, MineView, ShowView
from home.signing_in import log_actions  # noqa: F401 - registers itself
from home.signing_in.account_views import SignOutEverywhereView


@hooks.register("register_admin_urls")
def door_urls() -> list[URLResolver]:
    """Below the admin's own address."""
    second_factor = [
        path("codigo/", ShowView.as_view(), name="show"),
        path("ligar/", LinkView.as_view(), name="link"),
        path("minha/", MineView.as_view(), name="mine"),
        path("zerar/<int:user_id>/", ResetView.as_view(), name="reset"),
    ]
    door = [path("todos-os-aparelhos/", SignOutEverywhereView.as_view(), name="sign_out_everywhere")]
    return [
        path("conecta/segundo-fator/", include((second_factor, "conecta_second_factor"))),
        path("conecta/sair/", include((door, "conecta_door"))),
    ]


@hooks.register("register_account_menu_item")
def second_factor_item(_request: HttpRequest) -> dict[str, str] | None:
    """In somebody's account."""
    if not settings.CONECTA_SECOND_FACTOR:
        return None
    return {
        "url": reverse("conecta_second_factor:mine"),
        "label": _("Segundo fator"),
        "help_text": _("O celular que dá o código ao entrar, e os códigos de recuperação."),
    }


@hooks.register("register_account_menu_item")
def sign_out_item(_request: HttpRequest) -> dict[str, str]:
    """In somebody's account."""
    return {
        "url": reverse("conecta_door:sign_out_everywhere"),
        "label": _("Sair de todos os aparelhos"),
        "help_text": _("Para quem deixou a conta aberta em outro lugar, ou perdeu um aparelho."),
    }


@hooks.register("register_user_listing_buttons")
def reset_button(user: Any, request_user: Any) -> Iterator[Button]:
    """Beside a colleague's name."""
    if settings.CONECTA_SECOND_FACTOR and may_reset(request_user, user):
        url = reverse("conecta_second_factor:reset", args=[user.pk])
        yield Button(_("Zerar o segundo fator"), url=url, icon_name="lock-open", priority=40)


@hooks.register("insert_global_admin_js")
def session_script() -> str:
    """Who signed in anew in another tab goes on writing in this one."""
    address = static("conecta_home/signed_in_again.js")
    return format_html('<script src="{}" data-cookie="{}" defer></script>', address, settings.CSRF_COOKIE_NAME)
