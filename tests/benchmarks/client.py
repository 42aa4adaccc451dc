"""A plain client that keeps its connections: it costs some 0.05 ms a request, for ours and stock's alike."""

import socket
import statistics
import time
from collections.abc import Callable, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

CONNECTIONS = 4


class BadAnswer(Exception):
    """An answer that was none of success; the message says which address."""


@dataclass(frozen=True)
class Reply:
    """An answer: its headers by lower-case name, its body, and the seconds until it was whole."""

    headers: dict[str, str]
    body: bytes
    seconds: float


class Connection:
    """A connection to a server on this machine."""

    def __init__(self, port: int, *, encoding: str = "identity") -> None:
        """``encoding`` is what answers may be compressed with, as browsers tell: ``br``."""
        self._encoding = encoding
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._host = f"127.0.0.1:{port}"

    def get(self, path: str) -> Reply:
        """Ask for a path; raises ``BadAnswer`` unless it is there."""
        told = f"Host: {self._host}\r\nAccept: */*\r\nAccept-Encoding: {self._encoding}\r\n"
        return self._answer(path, f"GET {path} HTTP/1.1\r\n{told}\r\n".encode(), {"200"})

    def post(self, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Send a body; raises ``BadAnswer`` unless it was taken."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\n{lines}Content-Length: {len(body)}\r\n\r\n"
        return self._answer(path, head.encode() + body, {"200", "201", "302"})

    def _answer(self, path: str, request: bytes, taken: Set[str]) -> Reply:
        started = time.perf_counter()
        self._socket.sendall(request)
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more()
        first, *lines = received[:end].decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _colon, value in (line.partition(": ") for line in lines)}
        parts, missing = [received[end + 4 :]], int(headers.get("content-length", 0)) - len(received) + end + 4
        while missing > 0:
            parts.append(self._more())
            missing -= len(parts[-1])
        seconds = time.perf_counter() - started
        if first.split(" ")[1] not in taken:
            raise BadAnswer(f"{path}: {first}")
        return Reply(headers, b"".join(parts), seconds)

    def close(self) -> None:
        """End the connection."""
        self._socket.close()

    def _more(self) -> bytes:
        data = self._socket.recv(262_144)
        if not data:
            raise BadAnswer("the server closed the connection")
        return data


def throughput(port: int, paths: Sequence[str], *, encoding: str = "identity") -> float:
    """Requests a second over a few connections at once, each path asked for once."""

    def ask(share: Sequence[str]) -> None:
        connection = Connection(port, encoding=encoding)
        for path in share:
            connection.get(path)
        connection.close()

    shares = [paths[number::CONNECTIONS] for number in range(CONNECTIONS)]
    started = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(ask, shares))
    return len(paths) / (time.perf_counter() - started)


def in_turn(rounds: int, *measures: Callable[[int], float]) -> list[float]:
    """The median of each measure over rounds in which they take turns: noise hits all alike."""
    values: list[list[float]] = [[] for _measure in measures]
    for number in range(rounds):
        for kept, measure in zip(values, measures, strict=True):
            kept.append(measure(number))
    return [statistics.median(kept) for kept in values]
