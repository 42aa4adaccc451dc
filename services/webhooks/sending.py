"""One request to a subscriber's address: what it answered, and how long that took."""

import ssl
import time
from dataclasses import dataclass
from typing import Literal

import httpx
from django.conf import settings
from wagtail.admin.utils import get_admin_base_url

from services.reaching.addresses import Allowed, is_any, is_public
from services.reaching.connecting import Deadline, NotAllowed, transport, why_not_connected

Problem = Literal[
    "", "status", "gone", "redirect", "silent", "unknown_host", "certificate", "written", "internal", "key"
]
CONNECT_SECONDS = 5.0
WHOLE_SECONDS = 15.0
#: What is left to an answer's text once it has been said whether the message was taken.
TEXT_SECONDS = 1.0
MOST_BYTES = 500
_GONE = 410


@dataclass(frozen=True)
class Answer:
    """What became of a message; ``problem`` is empty if it was taken."""

    problem: Problem = ""
    status: int | None = None
    #: The first bytes.
    text: str = ""
    milliseconds: int = 0
    #: Seconds for which the receiver asked to be left alone.
    wait: int = 0


def allows_private_addresses() -> bool:
    """Whether messages may go to the city's own network."""
    return bool(getattr(settings, "CONECTA_WEBHOOK_PRIVATE_ADDRESSES", False))


class Sender:
    """Sends messages; one for all threads of a round. Without ``allowed``, the installation's rule holds."""

    def __init__(
        self,
        *,
        allowed: Allowed | None = None,
        certificates: ssl.SSLContext | None = None,
        seconds: float = WHOLE_SECONDS,
    ) -> None:
        self._allowed = allowed or (is_any if allows_private_addresses() else is_public)
        self._certificates = certificates
        self._seconds = seconds

    def send(self, url: str, headers: dict[str, str], body: str) -> Answer:
        """Post a message. Never raises for what a server does; a redirect is not followed."""
        started = time.monotonic()
        problem, status, text, wait = self._posted(url, headers, body)
        return Answer(problem, status, text, round((time.monotonic() - started) * 1000), wait)

    def _posted(self, url: str, headers: dict[str, str], body: str) -> tuple[Problem, int | None, str, int]:
        deadline = Deadline(self._seconds)
        try:
            with (
                self._client(deadline) as client,
                client.stream("POST", url, headers=headers, content=body.encode()) as answer,
            ):
                status = answer.status_code
                return _judged(answer), status, _beginning(answer, deadline), _wait(answer)
        except NotAllowed:
            return "internal", None, "", 0
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
            return "written", None, "", 0
        except httpx.ConnectError as error:
            return why_not_connected(error), None, "", 0
        except httpx.HTTPError:
            return "silent", None, "", 0

    def _client(self, deadline: Deadline) -> httpx.Client:
        return httpx.Client(
            headers={
                "User-Agent": f"Conecta (webhooks; +{get_admin_base_url() or 'https://conecta.invalid'})",
                "Content-Type": "application/json",
                # What is shown of an answer is shown as it came.
                "Accept-Encoding": "identity",
            },
            timeout=httpx.Timeout(self._seconds, connect=CONNECT_SECONDS),
            transport=transport(self._allowed, deadline, certificates=self._certificates),
            follow_redirects=False,
            # A proxy of the environment would resolve names by itself.
            trust_env=False,
        )


def _judged(answer: httpx.Response) -> Problem:
    if answer.is_success:
        return ""
    if answer.status_code == _GONE:
        return "gone"
    return "redirect" if answer.is_redirect else "status"


def _beginning(answer: httpx.Response, deadline: Deadline) -> str:
    """Its first bytes as text, as far as they came in time: whether the message was taken is known without them."""
    deadline.hasten(TEXT_SECONDS)
    found = b""
    try:
        for part in answer.iter_raw():
            found += part
            if len(found) >= MOST_BYTES:
                break
    except httpx.HTTPError:
        pass
    # No database holds a NUL in a text.
    return found[:MOST_BYTES].decode("utf-8", "replace").replace("\0", "\ufffd")


def _wait(answer: httpx.Response) -> int:
    asked = answer.headers.get("retry-after", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
