"""The index that a question is put to: the site's server while it is well, and always this machine's own."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self, TypeVar

from search.engines.base import Engine, EngineError
from search.follower import EMBEDDED, FIRST_BUILD_SECONDS, Follower, follower
from search.guard import Guard, guard
from services import changes

logger = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Index:
    """What answers one request. Its words are those of this machine's index, which is kept at the head."""

    _following: Follower
    _server: Guard | None
    _head: str

    @classmethod
    def of(cls, engine: str | None) -> Self:
        """A named engine alone, or what serves the site; at the log's head of a moment ago, with a query at most.

        Raises ``EngineError`` if no index can be had.
        """
        head = changes.cursor(*changes.recent_head())
        server = guard() if engine is None else None
        following = follower(engine or EMBEDDED)
        try:
            _keep_up(following, head)
        except EngineError:
            if server is None or not server.is_ready(head):
                raise
            logger.exception("search: this machine has no index of its own")
            return cls(server.following, server, head)
        return cls(following, server, head)

    @property
    def engine(self) -> Engine:
        """Where the words are read."""
        return self._following.engine

    def answer(self, question: Callable[[Engine], T]) -> tuple[T, bool]:
        """The answer, and whether it is this machine's in place of the server's. Raises ``EngineError``."""
        answer = self._server.ask(question, head=self._head) if self._server else None
        if answer is not None:
            return answer, False
        return question(self.engine), self._server is not None

    def mend(self) -> None:
        """This machine's index, which opens and yet can not be read, is replaced. Raises ``EngineError``."""
        if self._following is not follower(EMBEDDED):
            raise EngineError("the server does not answer, and this machine has no index of its own")
        self._following.rebuild(wait=FIRST_BUILD_SECONDS)


def _keep_up(following: Follower, head: str) -> None:
    """Bring the index to the head; where that fails, yesterday's index is better than none."""
    try:
        following.keep_up(head=head)
    except EngineError:
        if following.engine.cursor() is None:
            raise
        logger.exception("search: the index can not be brought to the head")
