"""Django's cache on Redis, for one that may go away: then it holds nothing, takes everything, and holds up nobody."""

import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.cache.backends import redis

logger = logging.getLogger(__name__)

#: Redis's own client waits for ever for a server that is silent.
PATIENCE = {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}
#: Seconds for which one that failed is left alone: a page asks it several times.
PAUSE = 1.0
#: What is said in the server's place: nothing is there, and whoever adds is the first to do so.
_OTHERWISE: dict[str, Any] = {
    "add": True,
    "clear": False,
    "delete": False,
    "delete_many": None,
    "get_many": {},
    "has_key": False,
    "set": None,
    "set_many": None,
    "touch": False,
}
#: Of all threads of this process, by server: each has a client of its own.
_left_alone_until: dict[tuple[str, ...], float] = {}


class ForgivingClient:
    """Django's client, whose trouble is nobody's."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        import redis as library

        self._client = redis.RedisCacheClient(servers, **{**PATIENCE, **options})
        self._server = tuple(servers)
        self._trouble = (library.RedisError, OSError)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Any of its methods."""
        return partial(self._try, name)

    def _try(self, name: str, *arguments: Any) -> Any:
        if time.monotonic() >= _left_alone_until.get(self._server, 0.0):
            try:
                return getattr(self._client, name)(*arguments)
            except self._trouble as error:
                _left_alone_until[self._server] = time.monotonic() + PAUSE
                logger.warning("the cache of all processes does not answer: %s", type(error).__name__)
        if name == "incr":
            raise ValueError(f"Key {arguments[0]!r} not found.")
        return arguments[1] if name == "get" else _OTHERWISE[name]


class RedisCache(redis.RedisCache):
    """The site's, if ``CONECTA_CACHE_URL`` names a Redis."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient
