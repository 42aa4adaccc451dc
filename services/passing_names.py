"""Names for who asks, that hold for a day: to count without knowing whom.

A name is made of the client's address and a secret that is thrown away each day: from what is kept nobody finds the
address, and nobody is the same tomorrow.

While the cache is away nobody is counted, and all go on: counting is for floods, and must not be one.
"""

import hashlib
import hmac
import logging
import secrets

from django.core.cache import cache

logger = logging.getLogger(__name__)

DAY = 86_400


def passing_name(purpose: str, who: str, *, now: float) -> str:
    """The name of ``who`` for a purpose, at a moment in seconds since 1970: 32 hexadecimal characters."""
    return hmac.new(_secret_of(int(now // DAY)), f"{purpose} {who}".encode(), hashlib.sha256).hexdigest()[:32]


def count_of(name: str, *, seconds: int) -> int:
    """How often this was asked of a name, this time included, since the first time or for so many seconds."""
    counter = f"conecta-count-{name}"
    try:
        cache.add(counter, 0, seconds)
        return int(cache.incr(counter))
    except ValueError:
        # It was thrown out to make room.
        return 1
    except Exception:
        # Each cache has errors of its own.
        logger.exception("the cache is away: nobody is counted")
        return 1


def _secret_of(day: int) -> bytes:
    made = secrets.token_bytes(32)
    try:
        return cache.get_or_set(f"conecta-secret-of-{day}", made, 2 * DAY) or made
    except Exception:
        logger.exception("the cache is away: names hold for one request")
        return made
