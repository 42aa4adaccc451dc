"""The indices as followers of the log: what the worker brings to the head, and what is told of each."""

import logging

from search.engines.base import EngineError
from search.engines.elasticsearch_access import is_configured
from search.follower import ELASTICSEARCH, EMBEDDED, FIRST_BUILD_SECONDS, follower
from search.guard import guard
from services import changes
from services.changes import Registered

logger = logging.getLogger(__name__)


def kept() -> list[str]:
    """The engines whose indices this site keeps; the first one answers, and the last one when it can not."""
    return [ELASTICSEARCH, EMBEDDED] if is_configured() else [EMBEDDED]


def register() -> None:
    """Have the worker keep this machine's index, and the server's if the site has one."""
    changes.register_follower(EMBEDDED, Registered(_converge_embedded, _cursor_of_embedded))
    if is_configured():
        changes.register_follower(ELASTICSEARCH, Registered(_converge_server, _cursor_of_server))


def _converge_embedded() -> None:
    try:
        follower().keep_up(wait=FIRST_BUILD_SECONDS)
    except EngineError:
        logger.exception("search: the embedded index can not be brought to the head")


def _cursor_of_embedded() -> str | None:
    engine = follower().engine
    engine.refresh()
    return engine.cursor()


def _converge_server() -> None:
    if guarded := guard():
        guarded.tend()


def _cursor_of_server() -> str | None:
    guarded = guard()
    return guarded.cursor() if guarded else None
