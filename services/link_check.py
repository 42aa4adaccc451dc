"""Follow one address, politely and without being led into the city's own network.

HEAD is asked, and GET where HEAD is refused; no body is read. A host is asked one question at a time, with a
pause between two. Connections are those of ``services.reaching``: none leads to an address that is not public.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import httpx

from services.reaching.addresses import Allowed, is_public
from services.reaching.connecting import Deadline, NotAllowed, transport, why_not_connected

Problem = Literal["", "gone", "error", "silent", "unknown_host", "certificate", "loop", "written", "internal"]

CONNECT_SECONDS = 10.0
READ_SECONDS = 15.0
#: For an address with all its redirects; a server that answers a letter at a time does not hold it up for longer.
WHOLE_SECONDS = 40.0
PAUSE_SECONDS = 2.0
MOST_REDIRECTS = 8
_TRIES = 2
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
#: Who answers so is there: it wants a login, or no robots.
_THERE = frozenset({401, 402, 403, 405, 407, 416, 429, 451, 999})
_GONE = frozenset({404, 410})
_WORTH_ANOTHER_TRY: frozenset[Problem] = frozenset({"error", "silent"})


@dataclass(frozen=True)
class Checked:
    """What became of an address. ``problem`` is empty if it opens; ``moved``: it leads elsewhere for good."""

    problem: Problem = ""
    status: int | None = None
    final_url: str = ""
    moved: bool = False
    last_modified: str = ""


class Turns:
    """One question at a time to a host, and a pause between two. For all threads of a round."""

    def __init__(self, *, pause: float = PAUSE_SECONDS) -> None:
        self.pause = pause
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._last: dict[str, float] = {}

    @contextmanager
    def of(self, host: str) -> Iterator[None]:
        """A turn of one's own."""
        with self._guard:
            lock = self._locks[host]
        with lock:
            last = self._last.get(host)
            if last is not None:
                time.sleep(max(0.0, last + self.pause - time.monotonic()))
            try:
                yield
            finally:
                self._last[host] = time.monotonic()


class Checker:
    """Follows addresses; one for all threads of a round."""

    def __init__(
        self, *, agent: str, turns: Turns, allowed: Allowed = is_public, seconds: float = WHOLE_SECONDS
    ) -> None:
        self._headers = {"User-Agent": agent, "Accept": "*/*", "Accept-Language": "pt-BR, pt;q=0.9, *;q=0.5"}
        self._turns = turns
        self._allowed = allowed
        self._seconds = seconds

    def check(self, url: str) -> Checked:
        """Follow an address; what fails for a moment is tried once more. Never raises for what a server does."""
        found = Checked()
        for _try in range(_TRIES):
            found = self._follow(url, deadline=Deadline(self._seconds))
            if found.problem not in _WORTH_ANOTHER_TRY:
                break
        return found

    def _follow(self, url: str, *, deadline: Deadline) -> Checked:
        try:
            here = _without_fragment(httpx.URL(url))
            with self._client(deadline) as client:
                return self._hops(client, here)
        except NotAllowed:
            return Checked("internal")
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
            return Checked("written")
        except httpx.ConnectError as error:
            return Checked(why_not_connected(error))
        except httpx.HTTPError:
            return Checked("silent")

    def _client(self, deadline: Deadline) -> httpx.Client:
        timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
        # A proxy of the environment would resolve names by itself.
        return httpx.Client(
            headers=self._headers, timeout=timeout, transport=transport(self._allowed, deadline), trust_env=False
        )

    def _hops(self, client: httpx.Client, here: httpx.URL) -> Checked:
        first, for_good = here, True
        for _hop in range(MOST_REDIRECTS + 1):
            if here.scheme not in ("http", "https") or not here.host:
                raise httpx.UnsupportedProtocol(f"{here.scheme}:")
            answer = self._ask(client, here)
            if answer.status_code not in _REDIRECTS or "location" not in answer.headers:
                moved = for_good and here != first
                return _judged(answer, final_url=str(here), moved=moved)
            for_good &= answer.status_code in _FOR_GOOD
            here = _without_fragment(here.join(answer.headers["location"]))
        return Checked("loop", final_url=str(here))

    def _ask(self, client: httpx.Client, url: httpx.URL) -> httpx.Response:
        try:
            answer = self._once(client, "HEAD", url)
        except (httpx.ReadError, httpx.RemoteProtocolError, httpx.ReadTimeout):
            # Some know only GET, and hang up on all else.
            return self._once(client, "GET", url)
        return answer if answer.status_code < 400 else self._once(client, "GET", url)

    def _once(self, client: httpx.Client, method: str, url: httpx.URL) -> httpx.Response:
        with self._turns.of(url.host), client.stream(method, url) as answer:
            return answer


def _judged(answer: httpx.Response, *, final_url: str, moved: bool) -> Checked:
    status = answer.status_code
    problem: Problem = "" if status < 400 or status in _THERE else "gone" if status in _GONE else "error"
    modified = answer.headers.get("last-modified", "")[:64]
    return Checked(problem, status, final_url[:2048], moved, modified)


def _without_fragment(url: httpx.URL) -> httpx.URL:
    return url.copy_with(fragment=None)
