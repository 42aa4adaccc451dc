"""Queries that take long are logged: their text with placeholders, never the values that were asked for."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.backends.signals import connection_created
from django.dispatch import receiver

logger = logging.getLogger("conecta.slow_query")
LONGEST = 2_000


def watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run a query, and log it if it took longer than ``CONECTA_SLOW_QUERY_MS``."""
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        taken = (time.perf_counter() - began) * 1000
        if taken >= settings.CONECTA_SLOW_QUERY_MS:
            logger.warning("slow query", extra={"ms": round(taken, 1), "sql": " ".join(str(sql).split())[:LONGEST]})


@receiver(connection_created)
def watch_connection(connection: Any, **_kwargs: Any) -> None:
    """Whenever a connection is opened; it may be the same one again."""
    if settings.CONECTA_SLOW_QUERY_MS and watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(watch)
