"""Whether this process can serve, for whatever sends requests to it."""

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from home.state.machine import LEAST_ROOM, room, waiting_migrations
from services import changes


@require_safe
@never_cache
def live(_request: HttpRequest) -> JsonResponse:
    """200 while this process answers at all: whoever sees none should start another."""
    return JsonResponse({"status": "live"})


@require_safe
@never_cache
def ready(_request: HttpRequest) -> JsonResponse:
    """200 if the database answers, has this code's tables and there is room to write, else 503.

    And how far each search index is behind the log.

    A ``lag`` is in changes; null without an index, or while its server does not answer. It makes nobody
    unready: this machine's own index answers, and is built where there is none.
    """
    try:
        waiting = waiting_migrations()
        followers = {} if waiting else {name: {"lag": lag} for name, lag in changes.lags().items()}
    except DatabaseError:
        return JsonResponse({"status": "unready", "database": "unreachable"}, status=503)
    disk = "ok" if room() >= LEAST_ROOM else "full"
    if waiting or disk == "full":
        told = {"status": "unready", "database": "ok", "migrations": waiting, "disk": disk}
        return JsonResponse(told, status=503)
    return JsonResponse({"status": "ready", "database": "ok", "migrations": [], "disk": disk, "followers": followers})
