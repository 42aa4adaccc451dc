"""Where to report a weakness, as RFC 9116 has programs and people look for it."""

from datetime import UTC, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

ADDRESS = ".well-known/security.txt"
#: Section 2.5.5: less than a year. It is made anew each day, so it ends half a year after the site does.
_HOLDS = timedelta(days=180)


@require_safe
@cache_control(public=True, max_age=86_400)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Plain text with ``Contact``, ``Expires``, ``Preferred-Languages`` and ``Canonical``; no query."""
    expires = (timezone.now() + _HOLDS).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.CONECTA.security_contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: pt, es, en",
        f"Canonical: {settings.CONECTA.base_url}/{ADDRESS}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
