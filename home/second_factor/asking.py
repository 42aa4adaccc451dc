"""Who is asked for a second factor, and what they see before they show it: nothing of the admin, and of the portal
what the public sees."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from home.second_factor.devices import telephone
from home.second_factor.models import Authenticator
from services.models import Absence, RoleGroup

#: Those who approve, keep accounts, or see who people are.
ROLES = ("revisao", "comunicacao", "ouvidoria", "administracao")
#: In a session: when a code was last shown, in seconds since 1970.
SHOWN = "conecta_second_factor"


@receiver(user_logged_in)
def ask_anew(request: HttpRequest, **_kwargs: Any) -> None:
    """Whoever gives the password again gives a code again."""
    request.session.pop(SHOWN, None)


def must_have(user: Any, on: date) -> bool:
    """Whether somebody's role asks for it; a deputy's for as long as they stand in."""
    if user.is_superuser:
        return True
    absence = "group__user__conecta_absences"
    stands_in = Q(**{f"{absence}__deputy": user.pk, f"{absence}__starts__lte": on, f"{absence}__ends__gte": on})
    return RoleGroup.objects.filter(Q(group__user=user.pk) | stands_in, role__in=ROLES).exists()


def still_without(on: date) -> QuerySet[Any]:
    """People whose role asks for a second factor, today as a deputy too, and who have linked no telephone."""
    groups = RoleGroup.objects.filter(role__in=ROLES).values("group")
    away = Absence.objects.filter(starts__lte=on, ends__gte=on, user__groups__in=groups)
    users: Any = get_user_model()._default_manager
    asked: QuerySet[Any] = users.filter(
        Q(is_superuser=True) | Q(groups__in=groups) | Q(pk__in=away.values("deputy")), is_active=True
    )
    return asked.exclude(pk__in=Authenticator.objects.filter(confirmed=True).values("user")).distinct()


def is_asked(request: HttpRequest, user: Any) -> bool:
    """Whether a signed-in person has still to show, or to link, a telephone."""
    if not settings.CONECTA_SECOND_FACTOR or not user.is_authenticated or request.session.get(SHOWN):
        return False
    return telephone(user) is not None or must_have(user, timezone.localdate())


class SecondFactorMiddleware:
    """Stands behind the rules of sessions, and before whoever asks for the user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """To the screen of the code, and nowhere else. Raises ``PermissionDenied`` for what a script asks."""
        if not settings.CONECTA_SECOND_FACTOR or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        user = request.user
        if not request.path.startswith(reverse("wagtailadmin_home")):
            request.user = SimpleLazyObject(  # type: ignore[assignment]
                lambda: AnonymousUser() if is_asked(request, user) else user
            )
        elif not request.path.startswith(_open_addresses()) and is_asked(request, user):
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                raise PermissionDenied
            there = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
            return redirect(f"{reverse('conecta_second_factor:show')}?{urlencode({'next': there})}")
        return self.get_response(request)


def _open_addresses() -> tuple[str, ...]:
    return tuple(
        reverse(name)
        for name in (
            "conecta_second_factor:show",
            "conecta_second_factor:link",
            "wagtailadmin_logout",
            "wagtailadmin_login",
            "wagtailadmin_password_reset",
            "wagtailadmin_javascript_catalog",
            "wagtailadmin_sprite",
        )
    )
