"""One or more nodes of an Elasticsearch: what is asked of them, and how long that may take."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import elastic_transport
import elasticsearch
import urllib3
from elastic_transport.client_utils import DEFAULT

from search.engines.base import EngineError
from search.engines.elasticsearch_access import Access, Refused

#: What the client raises, and what reading an answer raises that is not what was asked for.
BROKEN = (elastic_transport.TransportError, OSError, LookupError, TypeError, ValueError)
#: The client asks for its own major version's form of the protocol; this one both 8 and 9 speak.
_JSON = "application/vnd.elasticsearch+json; compatible-with=8"
_LINES = "application/vnd.elasticsearch+x-ndjson; compatible-with=8"
_CONNECTIONS = 32


@contextmanager
def saying_so() -> Iterator[None]:
    """Raise ``EngineError`` for what the server and the way to it can do, and for answers that are nonsense."""
    try:
        yield
    except elasticsearch.ApiError as error:
        raise Refused(f"Elasticsearch: {error}", error.status_code) from error
    except BROKEN as error:
        # The client wraps what happened in the names of its own errors, more than once.
        raise EngineError(f"Elasticsearch: {error.__cause__ or error}") from error


class Server:
    """Asks whichever node answers. Safe for threads."""

    def __init__(self, access: Access) -> None:
        self.access = access

    @cached_property
    def _hurried(self) -> elasticsearch.Elasticsearch:
        access = self.access
        client = elasticsearch.Elasticsearch(
            list(access.hosts),
            api_key=access.api_key or None,
            ca_certs=access.ca_file or DEFAULT,
            connections_per_node=_CONNECTIONS,
            max_retries=1,
            retry_on_timeout=len(access.hosts) > 1,
        )
        return client.options(request_timeout=_timeout(access.connect, access.read))

    @cached_property
    def _patient(self) -> elasticsearch.Elasticsearch:
        return self._hurried.options(request_timeout=_timeout(self.access.write, self.access.write))

    def ask(self, method: str, path: str, body: Any = None, *, patient: bool = False) -> Any:
        """The answer's JSON; a ``body`` that is a list goes as lines. Raises ``EngineError``."""
        headers = {"accept": _JSON, "content-type": _LINES if isinstance(body, list) else _JSON}
        with saying_so():
            client = self._patient if patient else self._hurried
            return client.perform_request(method, path, headers=headers, body=body).body


def _timeout(connect: float, read: float) -> Any:
    # The client knows one time for all; the library below it tells connecting from reading.
    return urllib3.Timeout(connect=connect, read=read)
