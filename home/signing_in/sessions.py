"""How long a session holds: so many hours in all, so many minutes without an act, and until its person ends it.

A session notes when it began and when something was last done in it. A person's sessions end together at a changed
password (Django), at a role taken away, at deactivation, and by "sair de todos os aparelhos" (``Door``).
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model, logout
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from wagtail.admin import messages

from home.signing_in.models import Door

BEGAN, SEEN = "conecta_began", "conecta_seen"
#: Seconds between two notes that something was done.
_NOTES = 60
#: What an open page asks by itself, whether somebody sits before it or not.
_BY_ITSELF = "wagtailadmin_editing_sessions"


def end_sessions(user_id: int) -> None:
    """Whoever is signed in as this person, anywhere, signs in anew."""
    Door.objects.update_or_create(user_id=user_id, defaults={"sessions_from": datetime.fromtimestamp(time.time(), UTC)})


@receiver(user_logged_in)
def note_beginning(request: HttpRequest, **_kwargs: Any) -> None:
    """A session begins; Django has given it a new key."""
    request.session[BEGAN] = request.session[SEEN] = time.time()


@receiver(m2m_changed, sender=get_user_model().groups.through)
def end_with_the_role(instance: Any, action: str, reverse: bool, pk_set: Any, **_kwargs: Any) -> None:
    """Who loses a role signs in anew: what is open on a screen was shown to somebody else."""
    if action == "pre_clear":
        ended = instance.user_set.values_list("pk", flat=True) if reverse else [instance.pk]
    elif action == "post_remove" and pk_set:
        ended = pk_set if reverse else [instance.pk]
    else:
        return
    for user_id in list(ended):
        end_sessions(user_id)


@receiver(post_save, sender=get_user_model())
def end_with_the_account(instance: Any, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    """Who is let in again some day begins anew."""
    if not (created or raw or instance.is_active):
        end_sessions(instance.pk)


class SessionRulesMiddleware:
    """Stands behind who knows the user, and before whoever asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """A session that is over has no user; in the admin its person is told why."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        user = request.user
        request.user = SimpleLazyObject(lambda: _still(request, user))  # type: ignore[assignment]
        in_admin = request.path.startswith(reverse("wagtailadmin_home"))
        if in_admin:
            was_somebody = user.is_authenticated
            if was_somebody and not request.user.is_authenticated:
                _say_why(request)
        response = self.get_response(request)
        if in_admin:
            _note_act(request)
        return response


def _still(request: HttpRequest, user: Any) -> Any:
    if not user.is_authenticated or _holds(request, user):
        return user
    # Who asks for the user meanwhile would ask here again.
    request.user = user
    logout(request)
    return request.user


def _holds(request: HttpRequest, user: Any) -> bool:
    now, began = time.time(), request.session.get(BEGAN)
    if began is None or now - began > settings.CONECTA_SESSION_HOURS * 3600:
        return False
    if now - request.session.get(SEEN, began) > settings.CONECTA_SESSION_IDLE_MINUTES * 60:
        return False
    # Read with the user (home/signing_in/backend.py).
    door = getattr(user, "conecta_door", None)
    return door is None or began > door.sessions_from.timestamp()


def _say_why(request: HttpRequest) -> None:
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        return
    said = _("Sua sessão terminou. Entre de novo para continuar.")
    if request.method == "POST":
        said = _(
            "Sua sessão terminou, e o último envio não foi gravado. Entre de novo: os rascunhos estão como foram "
            "salvos pela última vez."
        )
    messages.warning(request, said)


def _note_act(request: HttpRequest) -> None:
    match, seen = request.resolver_match, request.session.get(SEEN)
    if seen is None or (match is not None and _BY_ITSELF in match.namespaces):
        return
    if time.time() - seen > _NOTES:
        request.session[SEEN] = time.time()
