"""Follow one address, politely and without being led into the city's own network.

HEAD is asked, and GET where HEAD is refused; no body is read. A host is asked one question at a time, with a
pause between two. Each name is resolved once, each of its addresses looked at, and the connection made to one
that was looked at: so neither a name nor a redirect leads to an address that is not on the public internet.
"""

import functools
import ipaddress
import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import httpcore
import httpx

Problem = Literal["", "gone", "error", "silent", "unknown_host", "certificate", "loop", "written", "internal"]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
#: Whether an address may be connected to.
Allowed = Callable[[Address], bool]

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
#: RFC 6052: an IPv4 address is its last four bytes.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_WORTH_ANOTHER_TRY: frozenset[Problem] = frozenset({"error", "silent"})


@dataclass(frozen=True)
class Checked:
    """What became of an address. ``problem`` is empty if it opens; ``moved``: it leads elsewhere for good."""

    problem: Problem = ""
    status: int | None = None
    final_url: str = ""
    moved: bool = False
    last_modified: str = ""


class NotAllowed(Exception):
    """A name that leads, also, to an address that is not public."""


def is_public(address: Address) -> bool:
    """Whether an address is on the public internet, and not one within another address."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


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
            found = self._follow(url, deadline=time.monotonic() + self._seconds)
            if found.problem not in _WORTH_ANOTHER_TRY:
                break
        return found

    def _follow(self, url: str, *, deadline: float) -> Checked:
        try:
            here = _without_fragment(httpx.URL(url))
            with self._client(deadline) as client:
                return self._hops(client, here)
        except NotAllowed:
            return Checked("internal")
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
            return Checked("written")
        except httpx.ConnectError as error:
            return Checked(_why_not_connected(error))
        except httpx.HTTPError:
            return Checked("silent")

    def _client(self, deadline: float) -> httpx.Client:
        timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
        transport = _Transport(_Backend(self._allowed, deadline))
        # A proxy of the environment would resolve names by itself.
        return httpx.Client(headers=self._headers, timeout=timeout, transport=transport, trust_env=False)

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


def _why_not_connected(error: httpx.ConnectError) -> Problem:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return "certificate"
        if isinstance(cause, socket.gaierror):
            return "unknown_host"
        cause = cause.__cause__ or cause.__context__
    return "silent"


def _without_fragment(url: httpx.URL) -> httpx.URL:
    return url.copy_with(fragment=None)


@functools.cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()


class _Transport(httpx.HTTPTransport):
    """httpx's own, on connections that are made by our rules."""

    def __init__(self, backend: "_Backend") -> None:
        super().__init__(verify=_certificates(), trust_env=False)
        # httpx has no argument for it; httpcore, below it, does.
        self._pool = httpcore.ConnectionPool(ssl_context=_certificates(), network_backend=backend)


class _Backend(httpcore.SyncBackend):
    """Resolves a name, looks at each of its addresses, and connects to one that was looked at, before a deadline."""

    def __init__(self, allowed: Allowed, deadline: float) -> None:
        self._allowed = allowed
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to a public address; raises ``NotAllowed``."""
        failure: Exception | None = None
        for address in self._addresses(host, port):
            try:
                stream = super().connect_tcp(
                    str(address), port, _left(self._deadline, timeout), local_address, socket_options
                )
                return _Hurried(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(host)

    def _addresses(self, host: str, port: int) -> list[Address]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore.ConnectError(host) from error
        addresses = list(dict.fromkeys(ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))
        if not all(self._allowed(address) for address in addresses):
            raise NotAllowed(host)
        return addresses


class _Hurried(httpcore.NetworkStream):
    """A connection on which nothing is waited for beyond a deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """As of the stream."""
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """As of the stream."""
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        """As of the stream."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """As of the stream; the name is the one that was asked for."""
        left = _left(self._deadline, timeout)
        return _Hurried(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """As of the stream."""
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the whole took too long")
    return left if timeout is None else min(left, timeout)
