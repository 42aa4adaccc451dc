"""Holding an answer back until something is published: for a while, and for few at once."""

import threading
import time

from django.db import connection

from services import changes

#: Each waits on a thread that answers nobody else meanwhile; who comes when all places are taken is answered at once.
PLACES = 2
#: How often the log's head is looked at while somebody waits.
LOOK = 0.5

_free = threading.BoundedSemaphore(PLACES)


def wait_for_change(after: str, seconds: float) -> None:
    """Return when the log has gone on from a cursor, after so many seconds, or at once if others wait already."""
    if seconds <= 0 or changes.cursor(*changes.head()) != after or not _free.acquire(blocking=False):
        return
    try:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            # A connection that only waits is worth more to others.
            if not connection.in_atomic_block:
                connection.close()
            time.sleep(min(LOOK, left))
            if changes.cursor(*changes.recent_head()) != after:
                return
    finally:
        _free.release()
