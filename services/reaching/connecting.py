"""Connections for httpx to addresses that were looked at, before a deadline.

Each name is resolved once, each of its addresses looked at, and the connection made to one that was looked at: so
neither a name, nor a redirect, nor an answer of the DNS that changed leads to an address that is not allowed.
"""

import functools
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any, Literal

import httpcore
import httpx

from services.reaching.addresses import Address, Allowed

NotConnected = Literal["certificate", "unknown_host", "silent"]


class NotAllowed(Exception):
    """A name that leads, also, to an address that is not allowed."""


class Deadline:
    """A moment of the monotonic clock beyond which nothing is waited for."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def hasten(self, seconds: float) -> None:
        """From now on wait for no more than so many seconds."""
        self._at = min(self._at, time.monotonic() + seconds)

    def left(self, timeout: float | None) -> float:
        """How long may still be waited. Raises ``httpcore.ReadTimeout``."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole took too long")
        return left if timeout is None else min(left, timeout)


def transport(
    allowed: Allowed, deadline: Deadline, *, certificates: ssl.SSLContext | None = None
) -> httpx.HTTPTransport:
    """httpx's own, on connections that are made by our rules; ``certificates`` instead of those that all trust."""
    return _Transport(_Backend(allowed, deadline), certificates or _certificates())


def why_not_connected(error: httpx.ConnectError) -> NotConnected:
    """What stood in the way of a connection."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return "certificate"
        if isinstance(cause, socket.gaierror):
            return "unknown_host"
        cause = cause.__cause__ or cause.__context__
    return "silent"


@functools.cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()


class _Transport(httpx.HTTPTransport):
    def __init__(self, backend: "_Backend", certificates: ssl.SSLContext) -> None:
        super().__init__(verify=certificates, trust_env=False)
        # httpx has no argument for it; httpcore, below it, does.
        self._pool = httpcore.ConnectionPool(ssl_context=certificates, network_backend=backend)


class _Backend(httpcore.SyncBackend):
    """Resolves a name, looks at each of its addresses, and connects to one that was looked at, before a deadline."""

    def __init__(self, allowed: Allowed, deadline: Deadline) -> None:
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
        """A connection to an allowed address; raises ``NotAllowed``."""
        failure: Exception | None = None
        for address in self._addresses(host, port):
            try:
                stream = super().connect_tcp(
                    str(address), port, self._deadline.left(timeout), local_address, socket_options
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

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """As of the stream."""
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """As of the stream."""
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        """As of the stream."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """As of the stream; the name is the one that was asked for."""
        left = self._deadline.left(timeout)
        return _Hurried(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """As of the stream."""
        return self._stream.get_extra_info(info)
