"""A server may fail, and a search may not: a breaker between them, and how it closes again.

Requests only ask the server, never write to it, and never for longer than a set time. The first failure opens
the breaker: from then on this machine's own index answers. A thread beside the requests then brings the
server's index to the head of the log, building it anew if it is gone, and asks it something; when that has
gone well the breaker closes. The worker does the same.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Lock, Thread
from typing import TypeVar

from django.db import connections

from search.engines.base import Engine, EngineError, TooMuch
from search.engines.elasticsearch_access import configured, is_configured
from search.follower import ELASTICSEARCH, Follower, follower
from search.plan import Plan

logger = logging.getLogger(__name__)

T = TypeVar("T")

#: How soon a server that failed is tried again, and one whose index another process is writing to.
_RETRY_SECONDS = 1.0
_PAUSE_SECONDS = 0.2
#: An index further behind than this is no better than none: something keeps it from following.
_MOST_SECONDS_BEHIND = 10.0
_MOST_AT_ONCE = 32
_PROBE = Plan("", everything=True)


class Guard:
    """Stands before one server. Safe for threads."""

    def __init__(self, following: Follower, *, seconds: float) -> None:
        """``seconds`` is how long a request may wait for the server, whatever the server does."""
        self.following = following
        self._seconds = seconds
        #: None until it was tried.
        self._closed: bool | None = None
        self._tend_at = 0.0
        self._behind_since: float | None = None
        self._tending = Lock()
        self._askers = ThreadPoolExecutor(_MOST_AT_ONCE, thread_name_prefix="elasticsearch")

    def ask(self, question: Callable[[Engine], T], *, head: str) -> T | None:
        """The server's answer; None if it is not well, or not soon enough. ``head`` is that of the log."""
        until = time.monotonic() + self._seconds
        if not self.is_ready(head):
            return None
        try:
            asked = self._askers.submit(question, self.following.engine)
            return asked.result(max(until - time.monotonic(), 0))
        except TooMuch as error:
            logger.warning("search: a query was too much for the server: %s", error)
        except (EngineError, TimeoutError) as error:
            self._open(str(error) or f"no answer within {self._seconds} s")
        return None

    def is_ready(self, head: str) -> bool:
        """Whether the server is well; if not, or if it is behind the log, that is seen to beside the request."""
        if self._closed and self.following.is_at(head):
            return True
        if time.monotonic() >= self._tend_at and self._tending.acquire(blocking=False):
            thread = Thread(target=self._mend_and_go, daemon=True)
            thread.start()
            if self._closed is not False:
                # Mostly it takes a moment to take in what was just published: the answer had better know it.
                thread.join(self._seconds / 2)
        return self._closed is True

    def tend(self) -> None:
        """Bring the server's index to the head, and close or open the breaker by how that goes."""
        with self._tending:
            self._mend()

    def cursor(self) -> str | None:
        """The place in the log up to which the server's index knows now; None if it does not say."""
        try:
            self._askers.submit(self.following.engine.refresh).result(self._seconds)
        except (EngineError, TimeoutError):
            return None
        return self.following.engine.cursor()

    def _mend_and_go(self) -> None:
        try:
            self._mend()
        finally:
            self._tending.release()
            connections.close_all()

    def _mend(self) -> None:
        try:
            self.following.engine.refresh()
            at_head = self.following.keep_up()
            self.following.engine.search(_PROBE, filters={}, size=1)
        except EngineError as error:
            self._open(str(error))
            return
        now = time.monotonic()
        if at_head:
            self._behind_since = None
            self._close()
            return
        self._tend_at = now + _PAUSE_SECONDS
        self._behind_since = self._behind_since or now
        if now - self._behind_since > _MOST_SECONDS_BEHIND:
            self._open("its index does not follow the log")

    def _open(self, reason: str) -> None:
        self._tend_at = time.monotonic() + _RETRY_SECONDS
        if self._closed is not False:
            self._closed = False
            logger.warning("search: the embedded index answers in place of the server: %s", reason)

    def _close(self) -> None:
        if self._closed is False:
            logger.warning("search: the server answers again")
        self._closed = True


@cache
def _guard(following: Follower, seconds: float) -> Guard:
    return Guard(following, seconds=seconds)


def guard() -> Guard | None:
    """This process's guard of the site's server; None for a site that has none."""
    if not is_configured():
        return None
    access = configured()
    return _guard(follower(ELASTICSEARCH), access.connect + access.read)
