"""Browsers in which somebody has signed in before are counted apart from the rest of the world.

Whoever knows a login and fails on purpose keeps only strangers out: its owner, at their own desk, does not wait.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

COOKIE = "conecta_known"
_SALT = "conecta.known-browser"
#: Seconds.
_HOLDS = 180 * 86_400


def mark(request: HttpRequest, name: str) -> str:
    """What this browser was given when ``name`` signed in here, or ``""``."""
    try:
        whose, given = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_HOLDS)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(given) if whose == name else ""


def remember(request: HttpRequest, response: HttpResponseBase, name: str) -> None:
    """Give the browser a mark of this account, or renew the one that it has."""
    given = mark(request, name) or secrets.token_hex(16)
    response.set_cookie(
        COOKIE,
        signing.dumps([name, given], salt=_SALT),
        max_age=_HOLDS,
        path=reverse("wagtailadmin_home"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
