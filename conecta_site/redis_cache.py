"""Django's cache on Redis, for one that may go away: then it holds nothing, takes everything, and holds up nobody."""

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.core.cache.backends import redis

logger = logging.getLogger(__name__)

T = TypeVar("T")

#: Redis's own client waits for ever for a server that is silent.
PATIENCE = {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}
#: Seconds for which one that failed is left alone: a page asks it several times.
PAUSE = 1.0


#: Its types are those of whichever client library is installed.
_Client: Any = redis.RedisCacheClient


class RedisCacheClient(_Client):
    """Whoever asks finds nothing while the server is away, and whoever adds is the first to do so."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        super().__init__(servers, **{**PATIENCE, **options})
        self._trouble: tuple[type[Exception], ...] = (self._lib.RedisError, OSError)

    def add(self, key: str, value: Any, timeout: int | None) -> bool:
        """Whether there was none."""
        return _trying(self, lambda: super(RedisCacheClient, self).add(key, value, timeout), True)

    def get(self, key: str, default: Any) -> Any:
        """What is there, or the default."""
        return _trying(self, lambda: super(RedisCacheClient, self).get(key, default), default)

    def set(self, key: str, value: Any, timeout: int | None) -> None:
        """Keep."""
        _trying(self, lambda: super(RedisCacheClient, self).set(key, value, timeout), None)

    def touch(self, key: str, timeout: int | None) -> bool:
        """Whether there is one that is kept for longer now."""
        return _trying(self, lambda: super(RedisCacheClient, self).touch(key, timeout), False)

    def delete(self, key: str) -> bool:
        """Whether there was one."""
        return _trying(self, lambda: super(RedisCacheClient, self).delete(key), False)

    def get_many(self, keys: Iterable[str]) -> dict[str, Any]:
        """Those that are there."""
        return _trying(self, lambda: super(RedisCacheClient, self).get_many(keys), {})

    def has_key(self, key: str) -> bool:
        """Whether there is one."""
        return _trying(self, lambda: super(RedisCacheClient, self).has_key(key), False)

    def incr(self, key: str, delta: int) -> int:
        """The new number. Raises ``ValueError`` where there is none."""
        number: int | None = _trying(self, lambda: super(RedisCacheClient, self).incr(key, delta), None)
        if number is None:
            raise ValueError(f"Key {key!r} not found.")
        return number

    def set_many(self, data: Mapping[str, Any], timeout: int | None) -> None:
        """Keep."""
        _trying(self, lambda: super(RedisCacheClient, self).set_many(data, timeout), None)

    def delete_many(self, keys: Iterable[str]) -> None:
        """Forget."""
        _trying(self, lambda: super(RedisCacheClient, self).delete_many(keys), None)

    def clear(self) -> bool:
        """Forget all."""
        return _trying(self, lambda: super(RedisCacheClient, self).clear(), False)


class RedisCache(redis.RedisCache):
    """The site's, if ``CONECTA_CACHE_URL`` names a Redis."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = RedisCacheClient


#: Of all threads of this process, by server: each has a client of its own.
_left_alone_until: dict[tuple[str, ...], float] = {}


def _trying(client: RedisCacheClient, ask: Callable[[], T], otherwise: T) -> T:
    """The server's answer, or what is said in its place."""
    servers = tuple(client._servers)
    if time.monotonic() < _left_alone_until.get(servers, 0.0):
        return otherwise
    try:
        return ask()
    except client._trouble as error:
        _left_alone_until[servers] = time.monotonic() + PAUSE
        logger.warning("the cache of all processes does not answer: %s", type(error).__name__)
        return otherwise
