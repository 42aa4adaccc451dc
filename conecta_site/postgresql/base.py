"""Django's PostgreSQL, with health checks that cost a busy connection no round trip."""

import math
import select
import time

from django.db.backends.postgresql import base

#: Seconds for which the server's last answer is trusted while the connection is silent.
TRUSTED_SECONDS = 5.0


class DatabaseWrapper(base.DatabaseWrapper):
    """With ``CONN_HEALTH_CHECKS`` Django asks ``SELECT 1`` in each request: half of the queries of a search.

    A server that ends a connection says so on it, and the system knows without asking. Only a server
    that vanished without a word is noticed up to ``TRUSTED_SECONDS`` late.
    """

    _trusted_until = -math.inf

    def is_usable(self) -> bool:
        """Whether the connection can be used; after an error the server itself is asked."""
        if not self.errors_occurred and time.monotonic() < self._trusted_until and self._is_silent():
            return True
        usable: bool = super().is_usable()
        self._trusted_until = time.monotonic() + TRUSTED_SECONDS if usable else -math.inf
        return usable

    def _is_silent(self) -> bool:
        if self.connection is None or self.connection.closed:
            return False
        socket = select.poll()
        socket.register(self.connection.fileno(), select.POLLIN)
        return not socket.poll(0)
