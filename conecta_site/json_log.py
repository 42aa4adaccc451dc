"""Log lines as JSON, each an object: what programs that collect logs read, without people's data."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError

from conecta_site.request_log import readable_path, request_id

#: What of a record is told beside its message.
_TOLD = ("method", "path", "status", "ms", "sql", "status_code", "account")
#: Whose messages tell of the system and not of what somebody wrote.
_OF_THE_SYSTEM = (OSError, OperationalError, InterfaceError, ImproperlyConfigured)


class JsonFormatter(logging.Formatter):
    """A line a record: ``time``, ``level``, ``logger``, ``message``, ``request`` and what the record tells besides."""

    def format(self, record: logging.LogRecord) -> str:
        """As JSON."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if given := request_id.get():
            told["request"] = given
        told |= {name: vars(record)[name] for name in _TOLD if name in vars(record)}
        if record.exc_info and record.exc_info[0]:
            told["error"] = _error(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False, default=str)


def _message(record: logging.LogRecord) -> str:
    """The sentence; of Django's own, which end with the path that was asked for, with as much of it as may be told."""
    if record.name.startswith("django.request") and record.args:
        arguments = tuple(
            readable_path(each) if isinstance(each, str) and "/" in each else each for each in record.args
        )
        return str(record.msg % arguments)
    return record.getMessage()


def _error(error: BaseException | None) -> dict[str, Any]:
    """Its type and where it happened. What it says may hold what somebody wrote, but for errors of the system."""
    if error is None:
        return {}
    frames = traceback.extract_tb(error.__traceback__)
    told: dict[str, Any] = {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    }
    if isinstance(error, _OF_THE_SYSTEM):
        told["says"] = str(error)
    return told
