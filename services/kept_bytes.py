"""Bytes that took long to make, kept so long: in the cache of all processes, or a few MiB in this one's memory.

Django's cache in memory counts entries and not bytes: whoever asked for the poster of each service would fill it with
hundreds of MiB.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache

#: Bytes in each process.
CAPACITY = 6 * 2**20


class KeptBytes:
    """The least lately asked for is forgotten first. Safe for threads; two may make the same at once."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._size = 0

    def get(self, key: str, make: Callable[[], bytes], *, seconds: float) -> bytes:
        """What is kept under a key, else what ``make`` makes, which is kept then."""
        if not settings.CACHES["default"]["BACKEND"].endswith("LocMemCache"):
            shared: bytes | None = cache.get(key)
            if shared is None:
                shared = make()
                cache.set(key, shared, seconds)
            return shared
        with self._lock:
            until, known = self._kept.get(key, (0.0, b""))
            if until > time.monotonic():
                self._kept.move_to_end(key)
                return known
        made = make()
        with self._lock:
            self._size += len(made) - len(self._kept.pop(key, (0.0, b""))[1])
            self._kept[key] = time.monotonic() + seconds, made
            while self._size > self._capacity:
                self._size -= len(self._kept.popitem(last=False)[1][1])
        return made

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()
            self._size = 0
