"""A demonstration's logins have a password that all know: outside ``CONECTA_DEMO`` nothing starts beside them."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from home.demonstration import traces

_HINT = "Take the demonstration away: manage.py load_demo --remove. Or begin with an empty database."


@register(Tags.database)
def check_no_demonstration(app_configs: Sequence[AppConfig] | None = None, **_options: Any) -> list[CheckMessage]:
    """Asked by ``manage.py migrate`` and ``check --database default``."""
    found = _found()
    return [Error(f"In production there is {found}.", hint=_HINT, id="conecta_home.E001")] if found else []


def refuse_demonstration() -> None:
    """Asked where a web server or the worker starts. Raises ``ImproperlyConfigured``."""
    found = _found()
    if found:
        raise ImproperlyConfigured(f"In production there is {found}. {_HINT}")


def _found() -> str:
    if settings.CONECTA.demo:
        return ""
    try:
        return " and ".join(traces())
    except DatabaseError:
        # No tables yet, or no server for now: neither holds a demonstration, and a start must not wait for a server.
        return ""
