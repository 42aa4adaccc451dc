"""A receiver of webhooks on loopback, which does all that a receiver may do to who sends."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Message:
    """As it came over the wire."""

    path: str
    headers: dict[str, str]
    body: str
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def record(self) -> tuple[str, str, str]:
        change = self.data["data"]
        return change["kind"], change["id"], change["locale"]


class Receiver(ThreadingHTTPServer):
    """``received`` holds what came, ``taken`` what was answered with 200; ``behaviour`` is what it does next."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int = 0, certificate: Path | None = None) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.scheme = "http"
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)
            self.scheme = "https"
        self.received: list[Message] = []
        self.taken: list[Message] = []
        self.behaviour: str | Callable[[Message], str] = "ok"
        self.ending = threading.Event()
        self.guard = threading.Lock()

    def url(self, path: str = "/", *, host: str = "127.0.0.1") -> str:
        """An address on it."""
        return f"{self.scheme}://{host}:{self.server_port}{path}"

    def handle_error(self, *_args: object) -> None:
        """A handshake that the other side broke off is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def log_message(self, *_args: object) -> None:
        pass

    def do_POST(self) -> None:
        receiver = self.server
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        headers = {name.lower(): value for name, value in self.headers.items()}
        message = Message(self.path, headers, body, json.loads(body))
        with receiver.guard:
            receiver.received.append(message)
            behaviour = receiver.behaviour if isinstance(receiver.behaviour, str) else receiver.behaviour(message)
        try:
            getattr(self, f"_{behaviour}")(message)
        except OSError:
            self.close_connection = True

    def _answer(self, status: int, text: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def _ok(self, message: Message) -> None:
        with self.server.guard:
            self.server.taken.append(message)
        self._answer(200, b"obrigado\0")

    def _error(self, _message: Message) -> None:
        self._answer(500, b"<h1>erro interno</h1>" + b"x" * 5_000)

    def _busy(self, _message: Message) -> None:
        self._answer(503, Retry_After="120")

    def _gone(self, _message: Message) -> None:
        self._answer(410)

    def _round(self, _message: Message) -> None:
        self._answer(307, Location=self.path)

    def _hangs(self, _message: Message) -> None:
        self.server.ending.wait(30)

    def _drips(self, message: Message) -> None:
        """It took the message, and says so one letter at a time."""
        with self.server.guard:
            self.server.taken.append(message)
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not self.server.ending.wait(0.05):
            self.wfile.write(b"x")

    def _dies(self, _message: Message) -> None:
        """It read the message, and nobody knows what became of it."""
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def _slow(self, message: Message) -> None:
        time.sleep(0.3)
        self._ok(message)


@contextmanager
def receiving(port: int = 0, certificate: Path | None = None) -> Iterator[Receiver]:
    """A receiver that answers while the block lasts."""
    receiver = Receiver(port, certificate)
    thread = threading.Thread(target=receiver.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.ending.set()
        receiver.shutdown()
        receiver.server_close()
