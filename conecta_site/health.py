"""Whether this process can serve, for whatever sends requests to it."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from services import changes

#: What was once applied stays applied for as long as this code runs.
_migrated = False


@require_safe
@never_cache
def ready(_request: HttpRequest) -> JsonResponse:
    """200 if the database answers and has this code's tables, else 503; how far each search index is behind the log.

    A ``lag`` is in changes; null without an index, or while its server does not answer. It makes nobody
    unready: this machine's own index answers, and is built where there is none.
    """
    try:
        waiting = _waiting_migrations()
        followers = {} if waiting else {name: {"lag": lag} for name, lag in changes.lags().items()}
    except DatabaseError:
        return JsonResponse({"status": "unready", "database": "unreachable"}, status=503)
    if waiting:
        told = {"status": "unready", "database": "ok", "migrations": waiting}
        return JsonResponse(told, status=503)
    return JsonResponse({"status": "ready", "database": "ok", "migrations": [], "followers": followers})


def _waiting_migrations() -> list[str]:
    """Migrations of this code that the database has not seen."""
    global _migrated
    if _migrated:
        return []
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    _migrated = not plan
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]
