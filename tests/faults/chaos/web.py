"""A plain way to ask a server on this machine, each time on a connection of its own, as through a balancer."""

import http.client
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

#: Seconds that anybody waits for an answer.
LONGEST = 20.0
Failure = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def text(self) -> str:
        """The body as words."""
        return self.body.decode()


def ask(
    port: int,
    path: str,
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float = LONGEST,
) -> Answer:
    """GET, or POST of a body, as one of the city's many people. Raises one of ``Failure``."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    address = ".".join(["10", *(str(random.randrange(256)) for _ in range(3))])
    who = {"User-Agent": "Mozilla/5.0 (Linux; Android 10)", "X-Forwarded-For": address}
    try:
        connection.request(
            "GET" if body is None else "POST", quote(path, safe="/?=&%"), body, {**who, **(headers or {})}
        )
        response = connection.getresponse()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
    finally:
        connection.close()
