"""What the door forgets by itself."""

from datetime import datetime
from importlib import import_module

from django.conf import settings

from home.signing_in import attempts


def forget_old(at: datetime) -> None:
    """Counts, their secrets, and sessions that are over."""
    attempts.forget(at)
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
